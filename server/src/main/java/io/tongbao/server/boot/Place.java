package io.tongbao.server.boot;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database that somebody else runs, and what its operator does where it cannot be used. Never
 * says a password: neither the address's own nor one among its parameters.
 */
final class Place {
  /** SQLSTATE of what a role may not do. */
  static final String FORBIDDEN = "42501";

  private static final Pattern QUERY = Pattern.compile("\\?.*");
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");
  private static final Pattern LABEL = Pattern.compile("^(FATAL|ERROR): |\\.?\\s*$");

  private final String url;
  private final String name;
  private final String user;

  Place(PGSimpleDataSource owner) {
    this.url = QUERY.matcher(owner.getUrl()).replaceFirst("");
    this.name = quoted(owner.getDatabaseName());
    String ofTheSystem = System.getProperty("user.name", "");
    this.user = quoted(Objects.requireNonNullElse(owner.getUser(), ofTheSystem));
  }

  /** What to do about a connection that failed. */
  StartRefused refused(SQLException e) {
    String why = LABEL.matcher(firstLine(e.getMessage())).replaceAll("");
    return new StartRefused(this + " cannot be used (" + why + ")", remedy(e));
  }

  private String remedy(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return switch (state) {
      case "28P01", "28000", "08004" ->
          "mend the user or the password in the URL, where @ : / ? # % are written as"
              + " %40 %3A %2F %3F %23 %25, or what pg_hba.conf says of them";
      case "3D000" -> "make it: CREATE DATABASE " + name + " OWNER " + user;
      case "53300" -> "raise its max_connections, or lower tongbao.database.connections";
      case "57P03" -> "wait until it has started, and start again";
      default ->
          e.getCause() instanceof UnknownHostException
              ? "mend the host in the URL: nobody knows it"
              : "see that it runs, and that it listens at this host and port";
    };
  }

  StartRefused notUtf8() {
    return new StartRefused(
        this + " is not in UTF-8",
        "make another: CREATE DATABASE … OWNER " + user + " ENCODING 'UTF8' TEMPLATE template0");
  }

  StartRefused ofAnother() {
    return new StartRefused(
        "The user " + user + " does not own " + url,
        "let a superuser say: ALTER DATABASE " + name + " OWNER TO " + user);
  }

  StartRefused withoutRole() {
    String role = Database.ROLE;
    return new StartRefused(
        "The user " + user + " may neither make the role " + role + " nor put it on",
        "let a superuser say: CREATE ROLE %s NOLOGIN (unless there is one); GRANT %s TO %s"
            .formatted(role, role, user));
  }

  private static String firstLine(@Nullable String text) {
    return String.valueOf(text).lines().findFirst().orElse("");
  }

  private static String quoted(@Nullable String name) {
    String text = String.valueOf(name);
    return PLAIN.matcher(text).matches() ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public String toString() {
    return "The database at " + url;
  }
}
