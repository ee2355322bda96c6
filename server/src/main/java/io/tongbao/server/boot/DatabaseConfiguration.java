package io.tongbao.server.boot;

import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/** Wires the data folder and the database. The owner's connections stay inside this package. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DataSettings.class, DatabaseSettings.class})
class DatabaseConfiguration {

  @Bean
  Profile profile(Environment environment) {
    return Profile.of(environment);
  }

  @Bean
  SettingNames settingNames(ApplicationContext context, ConfigurableEnvironment environment) {
    return new SettingNames(context, environment);
  }

  @Bean(destroyMethod = "close")
  @DependsOn("profile")
  DataFolder dataFolder(DataSettings settings) {
    return DataFolder.open(settings.folder());
  }

  @Bean(destroyMethod = "close")
  Database database(DatabaseSettings settings, DataFolder folder) {
    DatabaseAddress address = settings.address();
    if (address == null) {
      return Database.in(folder, settings.connections());
    }
    return Database.at(address, settings.connections());
  }

  @Bean(destroyMethod = "")
  DataSource dataSource(Database database) {
    return database.dataSource();
  }
}
