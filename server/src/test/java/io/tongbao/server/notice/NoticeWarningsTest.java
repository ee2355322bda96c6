package io.tongbao.server.notice;

import static io.tongbao.server.notice.NoticeBench.MERCHANT;
import static io.tongbao.server.notice.NoticeBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Contacts;
import io.tongbao.server.member.Mail;
import io.tongbao.server.member.Mailer;
import io.tongbao.server.member.TestContacts;
import io.tongbao.server.merchant.Merchant;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A merchant gets a mail before its notices are given up (THREATS W-14), and not one for each. */
class NoticeWarningsTest {
  private static final Box BOX = new Box();

  private NoticeBench bench;
  private Receiver receiver;
  private NoticeSender sender;
  private Contacts contacts;

  @BeforeEach
  void open() throws IOException {
    bench = new NoticeBench();
    bench.database.sql("TRUNCATE contact, mail_message, data_key").update();
    receiver = new Receiver();
    receiver.answer(500);
    sender = bench.node();
    contacts = TestContacts.over(bench.database, bench.ledger, BOX);
    contacts.replace(MERCHANT, List.of("13900000001"), List.of("a@shop.test", "b@shop.test"), NOON);
  }

  @AfterEach
  void close() throws Exception {
    sender.destroy();
    receiver.close();
    bench.close();
  }

  @Test
  void tellsEachMailboxWhenOneAttemptIsLeft() {
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    sender.run(MERCHANT, NOON);
    for (int attempt = 1; attempt <= 7; attempt++) {
      assertThat(warnings().run(MERCHANT, bench.nextAt(id))).isZero();
      assertThat(mails()).as("after %d attempts", attempt - 1).isEmpty();
      sender.run(MERCHANT, bench.nextAt(id));
    }
    Instant now = bench.attempts(id).getLast().endedAt();
    assertThat(warnings().run(MERCHANT, now)).isEqualTo(1);
    assertThat(mails()).hasSize(2);
    assertThat(mails().getFirst())
        .contains("http://127.0.0.1:" + receiver.port(), " 1 条", "2026-03-03 ");
    assertThat(warnings().run(MERCHANT, now.plus(Duration.ofHours(14)))).isZero();

    sender.run(MERCHANT, bench.nextAt(id));
    assertThat(bench.notice(id).state()).isEqualTo(Notice.State.EXHAUSTED);
    assertThat(bench.notices.resend(1, id, now)).isTrue();
    sender.run(MERCHANT, now);
    assertThat(warnings().run(MERCHANT, now.plus(Duration.ofDays(2)))).isZero();
    assertThat(mails()).hasSize(2);
  }

  @Test
  void tellsOnceAnHourHoweverManyThereAre() {
    for (int i = 0; i < 30; i++) {
      bench.news(receiver.url("/back"), i, "{}", NOON);
    }
    lastChances();
    assertThat(warnings().run(MERCHANT, NOON)).isEqualTo(1);
    assertThat(mails()).hasSize(2).allMatch(words -> words.contains(" 30 条"));

    for (int i = 30; i < 35; i++) {
      bench.news(receiver.url("/back"), i, "{}", NOON);
    }
    lastChances();
    Instant hourLater = NOON.plus(NoticeWarnings.PAUSE);
    assertThat(warnings().run(MERCHANT, hourLater.minusSeconds(1))).isZero();
    assertThat(mails()).hasSize(2);
    assertThat(warnings().run(MERCHANT, hourLater)).isEqualTo(1);
    assertThat(mails()).hasSize(4);
    assertThat(warnings().run(MERCHANT, hourLater.plus(NoticeWarnings.PAUSE))).isZero();
  }

  @Test
  void twoNodesTellOnce() throws Exception {
    bench.news(receiver.url("/back"), 7, "{}", NOON);
    lastChances();
    NoticeWarnings warnings = warnings();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> runs =
          IntStream.range(0, 16)
              .mapToObj(_ -> threads.submit(() -> warnings.run(MERCHANT, NOON)))
              .toList();
      int told = 0;
      for (Future<Integer> run : runs) {
        told += run.get();
      }
      assertThat(told).isEqualTo(1);
    }
    assertThat(mails()).hasSize(2);
  }

  /** Who comes later hears of what still waits, and of nothing that arrived meanwhile. */
  @Test
  void waitsForSomebodyToTell() {
    contacts.replace(MERCHANT, List.of("13900000001"), List.of(), NOON);
    long id = bench.news(receiver.url("/back"), 7, "{}", NOON);
    lastChances();
    assertThat(warnings().run(MERCHANT, NOON)).isZero();
    contacts.replace(MERCHANT, List.of(), List.of("a@shop.test"), NOON);
    receiver.answer(200);
    sender.run(MERCHANT, bench.nextAt(id));
    assertThat(bench.notice(id).state()).isEqualTo(Notice.State.DELIVERED);
    warnings().run(MERCHANT, NOON);
    assertThat(mails()).isEmpty();

    receiver.answer(500);
    bench.news(receiver.url("/back"), 8, "{}", NOON);
    lastChances();
    assertThat(warnings().run(MERCHANT, NOON)).isEqualTo(1);
    assertThat(mails()).hasSize(1);
  }

  /** A result that is not written warns nobody: the attempt is made again. */
  @Test
  void aLostLeaseWarnsNobody() {
    bench.news(receiver.url("/back"), 7, "{}", NOON);
    bench.gather();
    bench.database.sql("UPDATE notice SET attempts = 6").update();
    receiver.script =
        _ -> {
          bench.expireLeases();
          bench.rows.sweep(1);
          receiver.answer(200);
          return new Receiver.Reply(500, "", Map.of());
        };
    sender.run(MERCHANT, NOON.plusSeconds(5));
    assertThat(receiver.got).hasSize(2);
    assertThat(bench.database.sql("SELECT * FROM notice_warning").query().listOfRows()).isEmpty();
  }

  /** Lets each waiting notice fail for the last time but one. */
  private void lastChances() {
    assertThat(bench.gather()).isPositive();
    bench
        .database
        .sql("UPDATE notice SET attempts = 6, next_at = happened_at WHERE attempts < 6")
        .update();
    bench.database.sql("UPDATE notice_endpoint SET next_due = '-infinity'").update();
    sender.run(MERCHANT, NOON);
  }

  private NoticeWarnings warnings() {
    return new NoticeWarnings(bench.database, bench.ledger, contacts, BOX);
  }

  private List<String> mails() {
    return bench
        .database
        .sql("SELECT words FROM mail_message")
        .query((row, _) -> String.valueOf(row.getString(1)))
        .list();
  }

  /** Keeps mails in the clear. */
  private static final class Box implements Mailer {
    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public List<RowWrite> writes(Merchant merchant, Mail mail) {
      return List.of(
          RowWrite.of(
              "mail",
              """
              INSERT INTO mail_message
                (merchant_id, id, address_index, address, title, words, sent_at)
              VALUES (?, ?, ?, ?, ?, ?, ?)
              """,
              merchant.id(),
              Ids.next(),
              new byte[0],
              Bytes.utf8(mail.address().reveal()).toArray(),
              mail.title(),
              mail.words(),
              mail.sentAt()));
    }
  }
}
