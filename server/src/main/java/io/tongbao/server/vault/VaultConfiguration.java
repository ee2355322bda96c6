package io.tongbao.server.vault;

import io.tongbao.wire.crypto.AtRest;
import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens the vault with the master key that the settings name. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VaultSettings.class)
class VaultConfiguration {

  @Bean
  Vault vault(VaultSettings settings, Environment environment, JdbcClient jdbc) {
    Vault vault = new Vault(master(settings, environment), new DataKeys(jdbc));
    vault.rewrap();
    return vault;
  }

  private static AtRest master(VaultSettings settings, Environment environment) {
    if (settings.masterKey() != null) {
      return MasterKey.read(settings.masterKey().reveal());
    }
    if (settings.masterKeyFile() != null) {
      return MasterKey.of(settings.masterKeyFile(), settings.create());
    }
    Path folder = Path.of(environment.getProperty("tongbao.data.folder", "data"));
    return MasterKey.of(folder.resolve("master.key"), settings.create());
  }
}
