package io.tongbao.server.channel;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tongbao.kernel.Money;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.boot.TestDatabase;
import io.tongbao.server.channel.ChannelRequest.Act;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A database, a settlement that counts what it posts, and workers over them: what the tests of
 * channels stand on.
 */
public final class Bench implements AutoCloseable {
  public static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  public static final Merchant MERCHANT = merchant(Duration.ZERO);

  /** One database for all tests, emptied for each. */
  private static final TestDatabase SHARED = TestDatabase.create();

  public final JdbcClient database;
  public final ChannelRequests requests;
  public final Discrepancies discrepancies;
  public final Counting settlement;
  private final HikariDataSource source;

  public Bench() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(SHARED.url());
    config.setUsername(SHARED.user());
    config.setPassword(SHARED.password());
    config.setMaximumPoolSize(12);
    source = new HikariDataSource(config);
    database = JdbcClient.create(source);
    database
        .sql(
            "CREATE TABLE IF NOT EXISTS posting (request_id bigint NOT NULL, answer text NOT NULL)")
        .update();
    database
        .sql(
            """
            TRUNCATE posting, channel_request, channel_discrepancy, channel_maintenance, simbank.deal
            """)
        .update();
    requests = new ChannelRequests(database);
    discrepancies = new Discrepancies(database);
    settlement = new Counting(source);
  }

  /** The merchant of the tests with its clock moved ahead. */
  public static Merchant merchant(Duration clockOffset) {
    return new Merchant(
        1,
        Face.ESCROW,
        "100000000001",
        "测试商户",
        Map.of(),
        Map.of(),
        List.of(),
        Set.of(),
        clockOffset);
  }

  /** A worker as another node would have it. */
  public ChannelWorker worker(Channel... channels) {
    return new ChannelWorker(
        requests,
        discrepancies,
        all(List.of(channels)),
        all(List.of(settlement)),
        new SimpleMeterRegistry());
  }

  /** Writes a request as an order's commit would. */
  public ChannelRequest open(String channel, Act act, long fen) {
    ChannelRequest request =
        ChannelRequest.opened(
            MERCHANT.id(), channel, act, "test", 7, Money.ofFen(fen), Map.of(), NOON, NOON);
    settlement.commit(ChannelRequests.opening(request));
    return request;
  }

  public ChannelRequest state(ChannelRequest request) {
    return requests.find(MERCHANT.id(), request.id()).orElseThrow();
  }

  public List<String> postings(ChannelRequest request) {
    return database
        .sql("SELECT answer FROM posting WHERE request_id = ? ORDER BY ctid")
        .param(request.id())
        .query((row, _) -> row.getString(1))
        .list();
  }

  /** What a node's death leaves behind, after its lease has run out. */
  public void expireLeases() {
    database.sql("UPDATE channel_request SET lease_until = now() - interval '1 s'").update();
  }

  @Override
  public void close() {
    source.close();
  }

  static <T> ObjectProvider<T> all(List<? extends T> beans) {
    return new ObjectProvider<>() {
      @Override
      public Stream<T> stream() {
        return beans.stream().map(bean -> bean);
      }
    };
  }

  /** Closes the request and writes one posting, in one commit. */
  public static final class Counting implements Settlement {
    private final HikariDataSource source;

    Counting(HikariDataSource source) {
      this.source = source;
    }

    @Override
    public boolean handles(String owner) {
      return owner.equals("test");
    }

    @Override
    public Applied apply(ChannelRequest request, Answer.Final answer, Instant now) {
      RowWrite posting =
          RowWrite.of(
              "posting",
              "INSERT INTO posting (request_id, answer) VALUES (?, ?)",
              request.id(),
              answer.getClass().getSimpleName());
      boolean done = commit(ChannelRequests.closing(request, answer, now), posting);
      return done ? new Applied.Done() : new Applied.Repeated();
    }

    boolean commit(RowWrite... writes) {
      try (Connection connection = source.getConnection()) {
        connection.setAutoCommit(false);
        for (RowWrite write : writes) {
          if (run(connection, write) != 1) {
            connection.rollback();
            return false;
          }
        }
        connection.commit();
        return true;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private static int run(Connection connection, RowWrite write) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(write.sql())) {
        int index = 1;
        for (@Nullable Object parameter : write.parameters()) {
          Object value = parameter instanceof Instant instant ? Timestamp.from(instant) : parameter;
          statement.setObject(index++, value);
        }
        return statement.executeUpdate();
      }
    }
  }
}
