package io.tongbao.server.vault;

import io.tongbao.server.boot.DataFolder;
import io.tongbao.wire.crypto.AtRest;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens the vault with the master key that the settings name. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VaultSettings.class)
class VaultConfiguration {

  @Bean
  Vault vault(VaultSettings settings, DataFolder folder, JdbcClient jdbc) {
    Vault vault = new Vault(master(settings, folder), new DataKeys(jdbc));
    vault.rewrap();
    return vault;
  }

  private static AtRest master(VaultSettings settings, DataFolder folder) {
    if (settings.masterKey() != null) {
      return MasterKey.read(settings.masterKey().reveal());
    }
    if (settings.masterKeyFile() != null) {
      return MasterKey.of(settings.masterKeyFile(), settings.create());
    }
    return MasterKey.of(folder.path().resolve("master.key"), settings.create());
  }
}
