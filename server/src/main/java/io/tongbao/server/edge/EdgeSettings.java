package io.tongbao.server.edge;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits at the door.
 *
 * @param trustedProxies networks (CIDR) whose X-Forwarded-For and -Proto are believed; none by
 *     default
 * @param concurrent messages in work at a time; one more is told that we are busy
 * @param concurrentPerMerchant the same for one merchant, counted once he has proved who he is
 */
@ConfigurationProperties(prefix = "tongbao.edge", ignoreUnknownFields = false)
record EdgeSettings(
    @DefaultValue List<String> trustedProxies,
    @DefaultValue("512") int concurrent,
    @DefaultValue("64") int concurrentPerMerchant) {}
