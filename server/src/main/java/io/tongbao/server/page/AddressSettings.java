package io.tongbao.server.page;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the platform is reached.
 *
 * @param baseUrl its address as merchants and payers reach it, such as {@code
 *     https://pay.example.com}; where it is not set, this machine's own. Production needs it, with
 *     https: tokens stand in such addresses
 */
@ConfigurationProperties(prefix = "tongbao.files", ignoreUnknownFields = false)
public record AddressSettings(@Nullable URI baseUrl) {}
