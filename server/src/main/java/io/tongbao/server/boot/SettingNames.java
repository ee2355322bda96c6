package io.tongbao.server.boot;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses settings that nobody reads: a misspelled name must not leave a default in force. Each
 * record refuses unknown names below its own prefix; this one looks for prefixes of nobody.
 */
final class SettingNames implements SmartInitializingSingleton {
  private static final String OURS = "tongbao.";

  private final ApplicationContext context;
  private final ConfigurableEnvironment environment;

  SettingNames(ApplicationContext context, ConfigurableEnvironment environment) {
    this.context = context;
    this.environment = environment;
  }

  @Override
  public void afterSingletonsInstantiated() {
    Set<String> known =
        ConfigurationPropertiesBean.getAll(context).values().stream()
            .map(bean -> bean.getAnnotation().prefix() + ".")
            .filter(prefix -> prefix.startsWith(OURS))
            .collect(Collectors.toCollection(TreeSet::new));
    for (PropertySource<?> source : environment.getPropertySources()) {
      // Other programs' variables live there too, in spellings of their own.
      if (source instanceof EnumerablePropertySource<?> enumerable
          && !source
              .getName()
              .startsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)) {
        check(enumerable, known);
      }
    }
  }

  private static void check(EnumerablePropertySource<?> source, Set<String> known) {
    for (String name : source.getPropertyNames()) {
      if (name.startsWith(OURS) && known.stream().noneMatch(name::startsWith)) {
        throw new StartRefused(
            "The setting " + name + " means nothing", "the names begin with one of " + known);
      }
    }
  }
}
