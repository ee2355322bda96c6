package io.tongbao.server.boot;

import io.tongbao.kernel.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which database to use and how much of it.
 *
 * @param url {@code jdbc:postgresql://host:port/name} or {@code
 *     postgresql://user:password@host:port/name}; absent means a PostgreSQL of our own in the data
 *     folder
 * @param user the owner of the tables, who may create roles
 * @param connections how many connections the application holds at most
 */
@ConfigurationProperties(prefix = "tongbao.database", ignoreUnknownFields = false)
record DatabaseSettings(
    @Nullable String url,
    @Nullable String user,
    @Nullable Secret password,
    @DefaultValue("12") int connections) {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseSettings.class);

  /** As libpq reads it, where java.net.URI is stricter: hosts may have an underscore. */
  private static final Pattern URI =
      Pattern.compile(
          "postgres(ql)?://((?<login>[^@/?#]*)@)?(?<hosts>[^@/?#]*)(?<path>(/[^?#]*)?([?][^#]*)?)");

  DatabaseSettings {
    if (connections < 4 || connections > 12) {
      throw new StartRefused(
          "tongbao.database.connections is " + connections, "choose a number from 4 to 12");
    }
  }

  /** The external database that these settings name, or null for our own. */
  @Nullable DatabaseAddress address() {
    if (url == null || url.isBlank()) {
      return null;
    }
    DatabaseAddress address = read(url);
    try {
      LOG.debug("The database is {}", address.owner().getDatabaseName());
    } catch (IllegalArgumentException e) {
      throw refused();
    }
    return address;
  }

  private DatabaseAddress read(String text) {
    if (text.startsWith("jdbc:postgresql:")) {
      return new DatabaseAddress(text, user, password);
    }
    Matcher parts = URI.matcher(text);
    if (!parts.matches()) {
      throw refused();
    }
    String login = parts.group("login");
    String path = parts.group("path");
    String jdbc = "jdbc:postgresql://" + parts.group("hosts") + (path.isEmpty() ? "/" : path);
    if (login == null) {
      return new DatabaseAddress(jdbc, user, password);
    }
    int colon = login.indexOf(':');
    if (colon < 0) {
      return new DatabaseAddress(jdbc, decoded(login), password);
    }
    return new DatabaseAddress(
        jdbc, decoded(login.substring(0, colon)), new Secret(decoded(login.substring(colon + 1))));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refused();
    }
  }

  /** Without the text itself, which may hold a password. */
  private static StartRefused refused() {
    return new StartRefused(
        "The database URL is not one of PostgreSQL",
        "write jdbc:postgresql://host:port/name or postgresql://user:password@host:port/name,"
            + " with @ : / ? # % in a user or password as %40 %3A %2F %3F %23 %25");
  }
}
