package io.tongbao.server.channel;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens {@link Maintenance} to the tests of other packages. */
public final class TestMaintenance {
  private TestMaintenance() {}

  public static Maintenance over(JdbcClient database) {
    return new Maintenance(database);
  }
}
