package io.tongbao.server.channel;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which channels are closed for maintenance, on all nodes. */
@Component
public final class Maintenance {
  private final JdbcClient database;

  Maintenance(JdbcClient database) {
    this.database = database;
  }

  public boolean on(String channel) {
    return database
        .sql("SELECT count(*) FROM channel_maintenance WHERE channel = ?")
        .param(channel)
        .query((row, _) -> row.getInt(1) > 0)
        .single();
  }

  /** Closes a channel, or opens it again. */
  public void set(String channel, boolean on) {
    String sql =
        on
            ? "INSERT INTO channel_maintenance (channel) VALUES (?) ON CONFLICT DO NOTHING"
            : "DELETE FROM channel_maintenance WHERE channel = ?";
    database.sql(sql).param(channel).update();
  }
}
