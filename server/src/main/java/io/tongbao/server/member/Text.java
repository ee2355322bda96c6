package io.tongbao.server.member;

import io.tongbao.kernel.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A text to a phone.
 *
 * @param code what the owner is to type, absent in a warning
 * @param subject the order or application that the code is for, or empty
 * @param expiresAt when the code dies
 */
public record Text(
    Secret phone,
    Purpose purpose,
    String subject,
    @Nullable Secret code,
    Instant sentAt,
    @Nullable Instant expiresAt) {}
