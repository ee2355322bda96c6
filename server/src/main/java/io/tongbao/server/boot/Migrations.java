package io.tongbao.server.boot;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What the owner of the tables does before the application comes: looks whether the database is one
 * that we can live in, makes the role {@value Database#ROLE} and brings the tables up to this
 * version.
 */
final class Migrations {
  private static final String[] PLACES = {"classpath:db/ledger", "classpath:db/server"};

  /** Its statements answer with what a row was before. */
  private static final int OLDEST = 18;

  private static final String OWN =
      """
      SELECT WHERE has_schema_privilege('public', 'CREATE')
               AND has_database_privilege(current_database(), 'CREATE')
      """;

  private Migrations() {}

  static void run(DatabaseAddress address) {
    PGSimpleDataSource owner = address.owner();
    Place place = new Place(owner);
    prepare(owner, place);
    try {
      Flyway.configure().dataSource(owner).locations(PLACES).load().migrate();
    } catch (FlywayValidateException e) {
      throw new StartRefused(
          "The database was made by a build whose migrations differ from this one's",
          "use the build that made it, or another --data or --database-url");
    } catch (FlywayException e) {
      if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
        throw new StartRefused(
            place + " has tables of others", "name an empty one that is for Tongbao alone");
      }
      throw new IllegalStateException("the database could not be migrated", e);
    }
  }

  private static void prepare(PGSimpleDataSource owner, Place place) {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      require(connection, statement, place);
      ensureRole(statement, place);
      letLookIntoSessions(statement);
    } catch (SQLException e) {
      throw place.refused(e);
    }
  }

  private static void require(Connection connection, Statement statement, Place place)
      throws SQLException {
    requireVersion(connection.getMetaData().getDatabaseMajorVersion(), place);
    if (!exists(statement, "SELECT WHERE current_setting('server_encoding') = 'UTF8'")) {
      throw place.notUtf8();
    }
    if (!exists(statement, OWN)) {
      throw place.ofAnother();
    }
  }

  static void requireVersion(int major, Place place) {
    if (major < OLDEST) {
      throw new StartRefused(
          place + " is PostgreSQL " + major,
          "name one of version " + OLDEST + " or newer, or none: this build brings its own");
    }
  }

  /** The operator may have made it, for an owner who may not make roles. */
  private static void ensureRole(Statement statement, Place place) throws SQLException {
    String role = Database.ROLE;
    try {
      if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = '" + role + "'")) {
        statement.execute("CREATE ROLE " + role + " NOLOGIN");
      }
      if (!exists(statement, "SELECT WHERE pg_has_role(current_user, '" + role + "', 'SET')")) {
        statement.execute("GRANT " + role + " TO CURRENT_USER WITH SET TRUE");
      }
    } catch (SQLException e) {
      if (Place.FORBIDDEN.equals(e.getSQLState())) {
        throw place.withoutRole();
      }
      throw e;
    }
  }

  private static void letLookIntoSessions(Statement statement) throws SQLException {
    statement.execute(
        """
        DO $$ BEGIN
          GRANT pg_read_all_stats TO %1$s;
        EXCEPTION WHEN insufficient_privilege THEN
          NULL; -- the day's cut then waits for sessions it cannot look into
        END $$
        """
            .formatted(Database.ROLE));
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }
}
