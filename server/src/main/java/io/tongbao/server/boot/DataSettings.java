package io.tongbao.server.boot;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the platform keeps what it must not lose.
 *
 * @param folder the database, the keys and the files; made on the first start
 */
@ConfigurationProperties(prefix = "tongbao.data", ignoreUnknownFields = false)
record DataSettings(@DefaultValue("data") Path folder) {}
