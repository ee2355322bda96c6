package io.tongbao.server.member;

import io.tongbao.kernel.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where production asks for what it cannot do itself. All but the mail gateway are needed: without
 * them production does not start; without that one nobody can be told by mail.
 *
 * @param sms takes {@code POST {"phone","text"}} and answers 2xx when it has taken the text over
 * @param identity takes {@code POST {"name","identityNo","cardNo"?,"phone"?,"validThru"?,
 *     "securityCode"?}} and answers 2xx with {@code {"agrees":true|false}}
 * @param mail takes {@code POST {"mail","title","text"}} and answers 2xx when it has taken it over
 * @param token sent to all as {@code Authorization: Bearer}
 */
@ConfigurationProperties(prefix = "tongbao.gateway", ignoreUnknownFields = false)
record GatewaySettings(
    @Nullable URI sms, @Nullable URI identity, @Nullable URI mail, @Nullable Secret token) {}
