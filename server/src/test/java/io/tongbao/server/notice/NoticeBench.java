package io.tongbao.server.notice;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.PostingLedger;
import io.tongbao.server.boot.TestDatabase;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import java.io.IOException;
import java.net.InetAddress;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database with news in it, and senders over it as several nodes would have them. */
final class NoticeBench implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");

  /** Nobody waits for this long: only for what is to happen. */
  static final Duration LONG = Duration.ofMinutes(2);

  static final Merchant MERCHANT =
      new Merchant(
          1,
          Face.ESCROW,
          "100000000001",
          "测试商户",
          Map.of(),
          Map.of("webhook", new Secret("whsec_dGVzdC1zZWNyZXQtb2YtMzItYnl0ZXMtbG9uZyE=")),
          List.of(),
          Set.of(),
          Duration.ZERO);

  /** One database for all tests, emptied for each. */
  private static final TestDatabase SHARED = TestDatabase.create();

  final JdbcClient database;
  final Notices notices;
  final NoticeRows rows;
  private final HikariDataSource source;
  final PostingLedger ledger;

  /** What the newest node measures. */
  SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private final NoticeForms forms = new NoticeForms(provider());
  private final List<Postman> postmen = new ArrayList<>();

  NoticeBench() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(SHARED.url());
    config.setUsername(SHARED.user());
    config.setPassword(SHARED.password());
    config.setMaximumPoolSize(12);
    source = new HikariDataSource(config);
    database = JdbcClient.create(source);
    database
        .sql("TRUNCATE news, notice, notice_endpoint, notice_done, notice_attempt, notice_warning")
        .update();
    notices = new Notices(database, forms);
    rows = new NoticeRows(database);
    ledger = new PostingLedger(source, new SimpleMeterRegistry(), 1);
  }

  /** A sender whose round ends when all its letters have: however slow the machine is. */
  NoticeSender node() {
    return node(LONG);
  }

  /** A sender whose round waits no longer than this for receivers that keep silent. */
  NoticeSender node(Duration round) {
    Postman postman = new Postman(InetAddress::getAllByName, true, LONG);
    postmen.add(postman);
    meters = new SimpleMeterRegistry();
    NoticeSettings settings = new NoticeSettings(true, true, true);
    return new NoticeSender(
        rows,
        new ResultRows(database, ledger),
        forms,
        new NoticeUrls(settings),
        postman,
        settings,
        meters,
        round);
  }

  /** Something that happened at {@code at}, as an order's commit writes it. */
  long news(String url, long subject, String facts, Instant at) {
    long id = Ids.next();
    database
        .sql(
            """
            INSERT INTO news (id, merchant_id, event, subject, url, facts, happened_at)
            VALUES (?, 1, 'test', ?, ?, ?::jsonb, ?)
            """)
        .params(id, subject, url, facts, Timestamp.from(at))
        .update();
    return id;
  }

  Notice notice(long id) {
    return notices.find(1, id).orElseThrow();
  }

  /** When a pending notice is due. */
  Instant nextAt(long id) {
    Instant next = notice(id).nextAt();
    if (next == null) {
      throw new AssertionError("notice " + id + " is done");
    }
    return next;
  }

  List<Attempt> attempts(long id) {
    return notices.attempts(1, id);
  }

  /** Makes notices of the news; how many. */
  int gather() {
    return rows.gather(1, forms.byEvent());
  }

  NoticeForm form() {
    return new TestForm();
  }

  void expireLeases() {
    database
        .sql("UPDATE notice SET lease_until = now() - interval '1 s' WHERE state = 'L'")
        .update();
  }

  @Override
  public void close() throws IOException {
    for (Postman postman : postmen) {
      postman.close();
    }
    ledger.close();
    source.close();
  }

  private static ObjectProvider<NoticeForm> provider() {
    return new ObjectProvider<>() {
      @Override
      public Stream<NoticeForm> stream() {
        return Stream.of(new TestForm());
      }
    };
  }

  /** The facts as they are, with the sending time beside; done on 200. */
  private record TestForm() implements NoticeForm {
    @Override
    public String event() {
      return "test";
    }

    @Override
    public List<Duration> schedule() {
      return List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofHours(15));
    }

    @Override
    public Letter write(Merchant merchant, String facts, Instant now) {
      return Letter.json(facts + " at " + now.getEpochSecond());
    }

    @Override
    public boolean delivered(int status, String answer) {
      return status == 200;
    }
  }
}
