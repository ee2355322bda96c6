package io.tongbao.server.escrow.password;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A browser's stay on a password page.
 *
 * @param page the name of the {@link PasswordPage}
 * @param member whose password it is about
 * @param order what is paid, on the page that pays
 * @param jumpUrl where the browser goes afterwards
 * @param backUrl where the notice goes
 */
record Visit(
    int merchant,
    String page,
    long member,
    @Nullable Long order,
    @Nullable String jumpUrl,
    @Nullable String backUrl,
    Instant expiresAt) {}
