package io.tongbao.server.boot;

import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a database is used for: the first start says it, and later ones must agree. */
final class Purpose {
  private Purpose() {}

  /** Says that {@code database} is for {@code profile}, or refuses because it is for the other. */
  static void claim(Database database, Profile profile) {
    JdbcClient jdbc = JdbcClient.create(database.dataSource());
    jdbc.sql("INSERT INTO platform (profile) VALUES (:profile) ON CONFLICT DO NOTHING")
        .param("profile", profile.name())
        .update();
    String claimed = jdbc.sql("SELECT profile FROM platform").query(String.class).single();
    if (!claimed.equals(profile.name())) {
      throw new StartRefused(
          "The database was made for the profile " + claimed.toLowerCase(Locale.ROOT),
          "start with that profile, or with another database or --data");
    }
  }
}
