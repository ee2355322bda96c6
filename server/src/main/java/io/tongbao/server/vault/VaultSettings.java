package io.tongbao.server.vault;

import io.tongbao.kernel.Secret;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the master key comes from.
 *
 * @param masterKey the key ring itself, as {@link MasterKey} writes it; for platforms that hand
 *     secrets to a process as configuration
 * @param masterKeyFile the file that has it; by default {@code master.key} in the data folder
 * @param create whether a missing file is made; production says no, because a new key cannot open
 *     what an old one sealed
 */
@ConfigurationProperties(prefix = "tongbao.vault", ignoreUnknownFields = false)
record VaultSettings(
    @Nullable Secret masterKey,
    @Nullable Path masterKeyFile,
    @DefaultValue("true") boolean create) {}
