package io.tongbao.server.member;

import io.tongbao.kernel.Secret;
import java.time.Instant;

/** A mail to somebody whom a merchant named. */
public record Mail(Secret address, String title, String words, Instant sentAt) {}
