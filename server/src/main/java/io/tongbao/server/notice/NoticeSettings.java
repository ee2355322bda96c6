package io.tongbao.server.notice;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where notices may go.
 *
 * @param loopback whether to this machine itself; never in production
 * @param plainHttp whether without TLS, also where the merchant's setting {@code notice.http} is
 *     off
 * @param keepBodies whether the log of attempts keeps what was sent, which names people; never in
 *     production
 */
@ConfigurationProperties(prefix = "tongbao.notice", ignoreUnknownFields = false)
public record NoticeSettings(boolean loopback, boolean plainHttp, boolean keepBodies) {}
