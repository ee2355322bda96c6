package io.tongbao.bench;

import io.tongbao.kernel.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The PostgreSQL that a platform runs in its data folder, for whoever owns the folder.
 *
 * @param process the number of the server process, parent of all its others
 */
public record Postgres(long process, int port, Secret password) {
  private static final int PROCESS_LINE = 0;
  private static final int PORT_LINE = 3;
  private static final List<String> SAFE = List.of("fsync", "synchronous_commit");

  /** The one that runs in this data folder now. */
  public static Postgres in(Path data) {
    try {
      List<String> lines = Files.readAllLines(data.resolve("postgres/postmaster.pid"));
      return new Postgres(
          Long.parseLong(lines.get(PROCESS_LINE).strip()),
          Integer.parseInt(lines.get(PORT_LINE).strip()),
          new Secret(Files.readString(data.resolve("postgres.password")).strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connections of that user; {@code options} as the server takes them, such as a role. */
  PGSimpleDataSource source(String database, String user, String options) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/" + database);
    source.setUser(user);
    source.setPassword(password.reveal());
    source.setOptions(options);
    return source;
  }

  void create(String database, String owner) {
    drop(database);
    execute("CREATE DATABASE " + database + " OWNER " + owner);
  }

  void drop(String database) {
    execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
  }

  /** Brings all to the disk, so that no phase pays for the one before. */
  void settle() {
    execute("CHECKPOINT");
  }

  /** Version and settings in words; fails where an answered commit could be lost. */
  String describe() {
    List<String> words = new ArrayList<>();
    words.add("PostgreSQL " + show("server_version"));
    for (String name : SAFE) {
      String value = show(name);
      if (!value.equals("on")) {
        throw new BenchFailed(name + " is " + value + ": a rate of unsafe commits means nothing");
      }
      words.add(name + "=" + value);
    }
    words.add("shared_buffers=" + show("shared_buffers"));
    return String.join("  ", words);
  }

  /** How many transactions it has committed, in all databases together. */
  long commits() {
    return number("SELECT sum(xact_commit) FROM pg_stat_database");
  }

  /** How often it has brought its log to the disk. */
  long flushes() {
    return number("SELECT coalesce(sum(fsyncs), 0) FROM pg_stat_io WHERE object = 'wal'");
  }

  private long number(String sql) {
    try (Connection connection = source("postgres", "postgres", "").getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new BenchFailed("PostgreSQL does not say: " + sql, e);
    }
  }

  private String show(String name) {
    try (Connection connection = source("postgres", "postgres", "").getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + name)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new BenchFailed("PostgreSQL does not say " + name, e);
    }
  }

  private void execute(String sql) {
    try (Connection connection = source("postgres", "postgres", "").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new BenchFailed("PostgreSQL refuses: " + sql, e);
    }
  }
}
