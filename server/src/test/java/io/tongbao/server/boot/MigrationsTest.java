package io.tongbao.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A database that an operator made, and the one line that says what it lacks. */
class MigrationsTest {
  private static final String PASSWORD = "unguessable";

  @BeforeAll
  static void makeOwners() {
    // The role is already there, made by the owner of other tests: these may neither make roles
    // nor give that one away.
    TestDatabase.create();
    for (String owner : new String[] {"ext_plain", "\"ext-odd\""}) {
      TestDatabase.execute("CREATE ROLE " + owner + " LOGIN PASSWORD '" + PASSWORD + "'");
    }
  }

  @Test
  void anOwnerWhoMayNotMakeRolesIsGivenOne() {
    TestDatabase.execute("CREATE DATABASE ext_given OWNER ext_plain");
    DatabaseAddress address = TestDatabase.address("ext_given", "ext_plain", PASSWORD);
    refuses(
        address,
        "may neither make the role tongbao_app nor put it on",
        "CREATE ROLE tongbao_app NOLOGIN (unless there is one); GRANT tongbao_app TO ext_plain");
    TestDatabase.execute("GRANT tongbao_app TO ext_plain");
    try (Database database = Database.at(address, 4)) {
      assertThat(roleOf(database)).isEqualTo("tongbao_app");
    }
    Migrations.run(address);
  }

  @Test
  void saysWhoseTheDatabaseMustBe() {
    TestDatabase.execute("CREATE DATABASE ext_foreign");
    refuses(
        TestDatabase.address("ext_foreign", "ext-odd", PASSWORD),
        "The user \"ext-odd\" does not own jdbc:postgresql://127.0.0.1:",
        "ALTER DATABASE ext_foreign OWNER TO \"ext-odd\"");
  }

  @Test
  void saysHowToMakeADatabaseThatIsMissing() {
    refuses(
        TestDatabase.address("ext_nowhere", "ext_plain", PASSWORD),
        "cannot be used (database \"ext_nowhere\" does not exist): make it:",
        "CREATE DATABASE ext_nowhere OWNER ext_plain");
  }

  @Test
  void saysWhichPasswordToMend() {
    refuses(
        TestDatabase.address("template_tongbao", "ext_plain", "guessed"),
        "(password authentication failed for user \"ext_plain\"): mend the user or the password",
        "%40");
  }

  @Test
  void saysWhoDoesNotAnswer() {
    refuses(
        new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/n", "o", new Secret(PASSWORD)),
        "127.0.0.1:1/n cannot be used (Connection to 127.0.0.1:1 refused",
        "see that it runs, and that it listens");
    refuses(
        new DatabaseAddress("jdbc:postgresql://no.such.invalid:1/n", "o", new Secret(PASSWORD)),
        "The database at jdbc:postgresql://no.such.invalid:1/n",
        "mend the host");
  }

  @Test
  void refusesALetterThatHasNoPlace() {
    TestDatabase.execute(
        "CREATE DATABASE ext_latin OWNER ext_plain ENCODING 'LATIN1'"
            + " LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0");
    refuses(
        TestDatabase.address("ext_latin", "ext_plain", PASSWORD),
        "is not in UTF-8",
        "ENCODING 'UTF8'");
  }

  @Test
  void refusesAServerThatIsTooOld() {
    PGSimpleDataSource old = new PGSimpleDataSource();
    old.setUrl("jdbc:postgresql://h/n?password=secret");
    Place place = new Place(old);
    Migrations.requireVersion(18, place);
    assertThatThrownBy(() -> Migrations.requireVersion(17, place))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("The database at jdbc:postgresql://h:5432/n is PostgreSQL 17:");
  }

  private static void refuses(DatabaseAddress address, String what, String remedy) {
    assertThatThrownBy(() -> Database.at(address, 4))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(what)
        .hasMessageContaining(remedy)
        .message()
        .doesNotContain(PASSWORD, "\n");
  }

  private static String roleOf(Database database) {
    try (Connection connection = database.dataSource().getConnection();
        var row = connection.createStatement().executeQuery("SELECT current_user")) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
