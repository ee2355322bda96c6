package io.tongbao.server.payout.verification;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who the platform is at Alipay. Where either is not set, auth-alipay is refused.
 *
 * @param appId the application's number
 * @param pid the platform's number as a partner, sixteen digits beginning with 2088
 */
@ConfigurationProperties(prefix = "tongbao.alipay", ignoreUnknownFields = false)
record AlipaySettings(@Nullable String appId, @Nullable String pid) {}
