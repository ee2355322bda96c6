package io.tongbao.server.edge;

import io.tongbao.kernel.Bytes;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;

/**
 * Who asks, when, and with which message.
 *
 * @param now the merchant's clock when the message came
 * @param digest SHA-256 of the message's canonical string: the idempotency key of calls that have
 *     no number of their own, and the fingerprint of those that have
 * @param source the address that the message came from
 */
public record Caller(Merchant merchant, Instant now, Bytes digest, String source) {}
