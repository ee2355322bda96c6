package io.tongbao.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both spellings of a database's address, and what is refused. */
class DatabaseSettingsTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          jdbc:postgresql://h:5433/n, jdbc:postgresql://h:5433/n, given, secret
          postgresql://h/n, jdbc:postgresql://h/n, given, secret
          postgres://o@h:5433/n, jdbc:postgresql://h:5433/n, o, secret
          postgresql://o:p%40ss:w@h:5433/n?sslmode=require, \
          jdbc:postgresql://h:5433/n?sslmode=require, o, p@ss:w
          postgresql://o%2F1:a+b%3A@my_db:5433/n, jdbc:postgresql://my_db:5433/n, o/1, a+b:
          postgresql://h:5433, jdbc:postgresql://h:5433/, given, secret
          """)
  void readsBothSpellings(String url, String jdbc, String user, String password) {
    DatabaseAddress address =
        new DatabaseSettings(url, "given", new Secret("secret"), 12).address();
    assertThat(address).isEqualTo(new DatabaseAddress(jdbc, user, new Secret(password)));
    assertThat(String.valueOf(address)).doesNotContain(password);
  }

  @Test
  void noneMeansOurOwn() {
    assertThat(new DatabaseSettings(null, null, null, 12).address()).isNull();
    assertThat(new DatabaseSettings(" ", null, null, 12).address()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://h/n",
        "jdbc:h2:mem:x",
        "h:5432/n",
        "postgresql://o:un@guessable@h/n",
        "postgresql://o:un%guessable@h/n",
        "postgresql://o:unguessable@h:port/n",
        "jdbc:postgresql://h:port/n?password=unguessable"
      })
  void refusesOtherDatabases(String url) {
    DatabaseSettings settings = new DatabaseSettings(url, null, null, 12);
    assertThatThrownBy(settings::address)
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("postgresql://user:password@host:port/name")
        .message()
        .doesNotContain("guessable");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 3, 13})
  void refusesTooFewAndTooManyConnections(int connections) {
    assertThatThrownBy(() -> new DatabaseSettings(null, null, null, connections))
        .isInstanceOf(StartRefused.class);
  }
}
