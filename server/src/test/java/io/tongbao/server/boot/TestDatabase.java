package io.tongbao.server.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A fresh, migrated database for one test class, and a data folder beside it. One PostgreSQL with
 * safe settings runs per JVM; each database is a copy of a template that was migrated once.
 *
 * @param url its JDBC address
 * @param user the owner of its tables
 * @param password the owner's
 * @param folder an empty folder
 */
public record TestDatabase(String url, String user, String password, Path folder) {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** Makes one. */
  public static TestDatabase create() {
    EmbeddedDatabase server = Shared.SERVER;
    String name = "test_" + NUMBER.incrementAndGet();
    execute("CREATE DATABASE " + name + " TEMPLATE template_tongbao OWNER tongbao");
    DatabaseAddress owner = server.owner(name);
    try {
      return new TestDatabase(
          owner.url(),
          String.valueOf(owner.user()),
          String.valueOf(owner.owner().getPassword()),
          Files.createDirectories(Shared.FOLDER.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens it without a server around it: for tests of one store. */
  public Database open() {
    return Database.at(address(), 12);
  }

  /** Where it is, for its owner. */
  public DatabaseAddress address() {
    return new DatabaseAddress(url, user, new io.tongbao.kernel.Secret(password));
  }

  /** The same server's database {@code name} as somebody else sees it. */
  static DatabaseAddress address(String name, String user, String password) {
    return new DatabaseAddress(
        Shared.SERVER.owner(name).url(), user, new io.tongbao.kernel.Secret(password));
  }

  /** Does something to the whole server, as its superuser. */
  static void execute(String sql) {
    try (Connection connection = Shared.SERVER.superuser("postgres").owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Started when the first test asks, stopped with the JVM. */
  private static final class Shared {
    static final Path FOLDER = folder();
    static final EmbeddedDatabase SERVER = start();

    private static EmbeddedDatabase start() {
      DataFolder folder = DataFolder.open(FOLDER);
      EmbeddedDatabase server = EmbeddedDatabase.start(folder);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
      Database.prepare(server, "template_tongbao");
      Migrations.run(server.owner("template_tongbao"));
      return server;
    }

    private static void stop(EmbeddedDatabase server, DataFolder folder) {
      server.close();
      folder.close();
      try (Stream<Path> files = Files.walk(FOLDER)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Path folder() {
      try {
        return Files.createTempDirectory("tongbao-test-");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
