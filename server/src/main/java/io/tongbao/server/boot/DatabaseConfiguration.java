package io.tongbao.server.boot;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Objects;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/** Wires the data folder and the database. The owner's connections stay inside this package. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DataSettings.class, DatabaseSettings.class})
class DatabaseConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseConfiguration.class);
  private static final int MOST_PORT = 65_535;

  @Bean
  Profile profile(Environment environment) {
    return Profile.of(environment);
  }

  @Bean
  SettingNames settingNames(ApplicationContext context, ConfigurableEnvironment environment) {
    return new SettingNames(context, environment);
  }

  @Bean(destroyMethod = "close")
  DataFolder dataFolder(DataSettings settings, Profile profile, ServerProperties server) {
    LOG.debug("Profile {}", profile);
    refuseUnusablePort(Objects.requireNonNullElse(server.getPort(), 0));
    return DataFolder.open(settings.folder());
  }

  /** The web server looks last of all; a person should not wait for the database to be told. */
  static void refuseUnusablePort(int port) {
    if (port < 0 || port > MOST_PORT) {
      throw new StartRefused("There is no port " + port, "choose one up to 65535 with --port");
    }
    try (ServerSocket socket = new ServerSocket(port)) {
      LOG.debug("Port {} is free", socket.getLocalPort());
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("denied")) {
        throw new StartRefused(
            "This user may not listen on port " + port, "choose one above 1023 with --port");
      }
      throw OneLineReporter.portInUse(port);
    }
  }

  @Bean(destroyMethod = "close")
  Database database(DatabaseSettings settings, DataFolder folder, Profile profile) {
    DatabaseAddress address = settings.address();
    Database database =
        address == null
            ? Database.in(folder, settings.connections())
            : Database.at(address, settings.connections());
    try {
      Purpose.claim(database, profile);
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  @Bean(destroyMethod = "")
  DataSource dataSource(Database database) {
    return database.dataSource();
  }
}
