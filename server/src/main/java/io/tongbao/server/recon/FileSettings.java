package io.tongbao.server.recon;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How files are handed out.
 *
 * @param baseUrl the platform's address as merchants reach it, such as {@code
 *     https://pay.example.com}; where it is not set, this machine's own
 */
@ConfigurationProperties(prefix = "tongbao.files", ignoreUnknownFields = false)
public record FileSettings(@Nullable URI baseUrl) {}
