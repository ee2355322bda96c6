package io.tongbao.server.boot;

import io.tongbao.kernel.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;
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
    if (url.startsWith("jdbc:postgresql:")) {
      return new DatabaseAddress(url, user, password);
    }
    if (url.startsWith("postgresql://") || url.startsWith("postgres://")) {
      return fromUri(URI.create(url));
    }
    throw new StartRefused(
        "The database URL is not one of PostgreSQL",
        "write jdbc:postgresql://host:port/name or postgresql://user:password@host:port/name");
  }

  private DatabaseAddress fromUri(URI uri) {
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String jdbc = "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query;
    String login = uri.getUserInfo();
    if (login == null) {
      return new DatabaseAddress(jdbc, user, password);
    }
    int colon = login.indexOf(':');
    if (colon < 0) {
      return new DatabaseAddress(jdbc, login, password);
    }
    return new DatabaseAddress(
        jdbc, login.substring(0, colon), new Secret(login.substring(colon + 1)));
  }
}
