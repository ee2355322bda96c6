package io.tongbao.server.escrow.merchant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Accounts;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Movement.Post;
import io.tongbao.ledger.Outcome;
import io.tongbao.server.TestServer;
import io.tongbao.server.boot.DataFolder;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.recon.DayFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The file says what the journal says, appears whole, and only its merchant can fetch it. */
@TestServer
class CheckFileTest {
  @Autowired private CheckFile book;
  @Autowired private DayFiles files;
  @Autowired private GetCheckAccountFile operation;
  @Autowired private Merchants merchants;
  @Autowired private Scheduler scheduler;
  @Autowired private Ledger ledger;
  @Autowired private JdbcClient database;
  @Autowired private DataFolder folder;

  private Merchant merchant;
  private LocalDate day;
  private long payer;
  private long receiver;
  private long outside;
  private int number;

  /** Each test has days of its own: the clock goes two days further each time. */
  @BeforeEach
  void openAnotherDay() {
    merchant = merchants.find(Face.ESCROW, "100000000001").orElseThrow();
    day = BeijingTime.dayOf(merchants.now(merchant)).plusDays(2);
    merchant = merchants.setClock(merchant, at("09:00:00"));
    payer = account(0);
    receiver = account(0);
    outside = account(Accounts.NO_FLOOR);
  }

  @Test
  void tellsTheDayAsTheJournalDoes() throws Exception {
    order("DEPOSIT", 1_000, at("10:00:00"), new Leg(outside, -1_000), new Leg(payer, 1_000));
    order(
        "PURCHASE",
        500,
        at("10:00:01"),
        new Leg(outside, -200),
        new Leg(payer, -300),
        new Leg(receiver, 500),
        new Leg(receiver, -100),
        new Leg(payer, 100));
    order(
        "WITHDRAWAL",
        400,
        at("23:59:59"),
        new Leg(payer, -390),
        new Leg(outside, 390),
        new Leg(payer, -10),
        new Leg(receiver, 10));
    order("COLLECTION", 50, at("12:00:00"), new Leg(payer, -50), new Leg(outside, 50));
    order("BATCH_DISBURSEMENT", 60, at("13:00:00"), new Leg(outside, -60), new Leg(payer, 60));
    order("DISBURSEMENT", 60, at("13:00:00"), new Leg(outside, -60), new Leg(payer, 60));
    order(
        "REFUND",
        70,
        at("14:00:00"),
        new Leg(receiver, -60),
        new Leg(outside, -10),
        new Leg(payer, 70),
        new Leg(payer, -70),
        new Leg(outside, 70));
    Instant midnight = BeijingTime.startOf(day.plusDays(1));
    order("DEPOSIT", 7, midnight, new Leg(outside, -7), new Leg(payer, 7));
    order("DEPOSIT", 8, midnight.minusMillis(1), new Leg(outside, -8), new Leg(payer, 8));

    List<String> lines = Files.readAllLines(made());

    String date = BeijingTime.day(day);
    assertThat(lines)
        .extracting(line -> line.substring(line.indexOf('|') + 1))
        .containsExactly(
            "充值|1000|0|" + date + " 10:00:00|n-" + number(8),
            "消费|500|0|" + date + " 10:00:01|n-" + number(7),
            "代收|50|0|" + date + " 12:00:00|n-" + number(5),
            "代付|60|0|" + date + " 13:00:00|n-" + number(4),
            "代付|60|0|" + date + " 13:00:00|n-" + number(3),
            "退款|70|0|" + date + " 14:00:00|n-" + number(2),
            "提现|400|0|" + date + " 23:59:59|n-" + number(6),
            "充值|8|0|" + date + " 23:59:59|n-" + number(0));
    assertThat(lines).allMatch(line -> line.startsWith("no-"));
    assertThat(Files.readString(made())).endsWith("\n").doesNotContain("\r");
  }

  @Test
  void isNotPublishedWhereTheJournalDiffers() {
    order("DEPOSIT", 5, at("10:00:00"), new Leg(outside, -5), new Leg(payer, 5));
    row("DEPOSIT", 9, at("11:00:00"), Ids.next());
    Instant next = BeijingTime.startOf(day.plusDays(1)).plus(Duration.ofHours(11));

    assertThatThrownBy(() -> files.make(book, merchant, day, next))
        .hasMessageContaining("充值 2 14")
        .hasMessageContaining("充值 1 5");

    assertThat(Files.exists(path(day))).isFalse();
    assertThat(folderOfMerchant()).noneMatch(name -> name.endsWith(".new"));
    database
        .sql("DELETE FROM orders WHERE number NOT IN (SELECT number FROM orders WHERE amount <> 9)")
        .update();
    files.make(book, merchant, day, next);
    assertThat(Files.exists(path(day))).isTrue();
  }

  @Test
  void isCutAtElevenOnTheNextDay() {
    order("DEPOSIT", 5, at("10:00:00"), new Leg(outside, -5), new Leg(payer, 5));
    merchant = merchants.setClock(merchant, at("10:59:00").plus(Duration.ofDays(1)));
    scheduler.runDue(merchant);
    assertThat(Files.exists(path(day))).isFalse();
    assertThatThrownBy(() -> ask(compact(day)))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.reason()).isEqualTo(Reason.FILE_NOT_READY));

    Instant eleven = at("11:00:00").plus(Duration.ofDays(1));
    assertThat(scheduler.runDueAfter(merchant, () -> merchants.setClock(merchant, eleven)))
        .contains("cut-files");
    assertThat(path(day)).exists();
    assertThat(scheduler.runDue(merchant)).doesNotContain("cut-files");
  }

  @Test
  void daysThatWereSleptThroughAreCutLater() {
    merchant = merchants.setClock(merchant, at("12:00:00").plus(Duration.ofDays(1)));
    scheduler.runDue(merchant);
    merchant = merchants.setClock(merchant, at("12:00:00").plus(Duration.ofDays(5)));
    scheduler.runDue(merchant);
    for (int i = 0; i < 5; i++) {
      assertThat(path(day.plusDays(i))).exists();
    }
  }

  @Test
  void whatWasBookedLateGetsIntoItsFile() throws Exception {
    merchant = merchants.setClock(merchant, at("12:00:00").plus(Duration.ofDays(1)));
    scheduler.runDue(merchant);
    assertThat(path(day)).isEmptyFile();
    order("DEPOSIT", 5, at("23:59:59"), new Leg(outside, -5), new Leg(payer, 5));
    merchant = merchants.setClock(merchant, at("12:00:00").plus(Duration.ofDays(2)));
    scheduler.runDue(merchant);
    assertThat(Files.readAllLines(path(day))).hasSize(1);
  }

  @Test
  void aLostFileIsMadeAgain() throws Exception {
    order("DEPOSIT", 5, at("10:00:00"), new Leg(outside, -5), new Leg(payer, 5));
    merchant = merchants.setClock(merchant, at("12:00:00").plus(Duration.ofDays(1)));
    String first = fetch(ask(compact(day))).body();
    Files.delete(path(day));
    assertThat(fetch(ask(compact(day))).body()).isEqualTo(first).contains("充值|5|0|");
    Files.writeString(path(day), "spoiled");
    assertThat(fetch(ask(compact(day))).body()).isEqualTo(first);
  }

  @Test
  void onlyTheAddressThatWasGivenFetchesIt() throws Exception {
    order("DEPOSIT", 5, at("10:00:00"), new Leg(outside, -5), new Leg(payer, 5));
    merchant = merchants.setClock(merchant, at("12:00:00").plus(Duration.ofDays(1)));
    String url = ask(compact(day));

    HttpResponse<String> good = fetch(url);
    assertThat(good.statusCode()).isEqualTo(200);
    assertThat(good.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(good.headers().firstValue("content-type")).hasValue("text/plain;charset=UTF-8");
    assertThat(good.headers().firstValue("content-disposition").orElseThrow())
        .contains("100000000001_" + compact(day) + "_allinpay.txt");

    String other = compact(day.minusDays(1));
    for (String wrong :
        List.of(
            url.replace(compact(day), other),
            url.replace("/files/", "/files/0"),
            url.replaceFirst("/files/.{64}", "/files/" + "0".repeat(64)),
            url.replaceFirst("/files/.{64}", "/files/x"),
            url.replaceFirst("[^/]+$", "..%2F..%2Fcredentials.json"),
            url + "/")) {
      assertThat(fetch(wrong).statusCode()).as(wrong).isIn(400, 404);
    }
    assertThat(ask(compact(day))).isNotEqualTo(url);

    Merchant elsewhere = merchants.changeSources(merchant, List.of("10.0.0.0/8"));
    assertThat(fetch(url).statusCode()).isEqualTo(404);
    merchants.changeSources(elsewhere, List.of());
    assertThat(fetch(url).statusCode()).isEqualTo(200);

    merchants.advance(merchant, Duration.ofMinutes(11));
    assertThat(fetch(url).statusCode()).isEqualTo(404);
  }

  @Test
  void refusesDaysThatAreNone() {
    for (String wrong : List.of("2026-03-01", "20260230", "2026031", "202603011", "２０２６０３０１")) {
      assertRefused(wrong, Reason.BAD_FIELD);
    }
    assertRefused(compact(day.minusDays(400)), Reason.BAD_FIELD);
    assertRefused(compact(day), Reason.FILE_NOT_READY);
    assertRefused(compact(day.plusDays(9)), Reason.FILE_NOT_READY);
  }

  private void assertRefused(String date, Reason reason) {
    assertThatThrownBy(() -> ask(date))
        .isInstanceOfSatisfying(
            Refusal.class,
            no -> {
              assertThat(no.reason()).as(date).isEqualTo(reason);
              assertThat(no.subject()).isEqualTo("date");
            });
  }

  private Path made() {
    files.make(book, merchant, day, BeijingTime.startOf(day.plusDays(1)));
    return path(day);
  }

  private String ask(String date) {
    Caller caller = new Caller(merchant, merchants.now(merchant), Bytes.EMPTY, "127.0.0.1");
    return operation.handle(caller, new GetCheckAccountFile.Request(date)).url();
  }

  private static HttpResponse<String> fetch(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private Path path(LocalDate of) {
    return folder
        .path()
        .resolve("files")
        .resolve(String.valueOf(merchant.id()))
        .resolve("100000000001_" + compact(of) + "_allinpay.txt");
  }

  private List<String> folderOfMerchant() {
    String[] names = path(day).resolveSibling("").toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  private Instant at(String time) {
    return BeijingTime.parseSeconds(BeijingTime.day(day) + " " + time);
  }

  private static String compact(LocalDate of) {
    return BeijingTime.compactDay(of);
  }

  /** The number of the order that was made {@code ago} orders ago. */
  private String number(int ago) {
    return BeijingTime.compactDay(day) + "-" + (number - ago);
  }

  private long account(long floor) {
    long id = Ids.next();
    commit(Change.at(at("00:00:01")).write(Accounts.opening(id, merchant.id(), id, "t", floor)));
    return id;
  }

  private void order(String kind, long fen, Instant at, Leg... legs) {
    long id = Ids.next();
    row(kind, fen, at, id);
    Change.Key key =
        new Change.Key(merchant.id(), lower(kind), "no-" + id, id, Bytes.utf8("x").sha256());
    commit(Change.at(at).key(key).move(new Post(withFunds(legs))));
  }

  /** Accounts of the tests may owe. */
  private List<Leg> withFunds(Leg... legs) {
    database
        .sql("UPDATE account SET floor = -1000000 WHERE id IN (?, ?)")
        .params(payer, receiver)
        .update();
    return new ArrayList<>(List.of(legs));
  }

  private void row(String kind, long fen, Instant at, long id) {
    number++;
    database
        .sql(
            """
            INSERT INTO orders (merchant_id, id, kind, number, order_no, state, member_id, account,
              amount, fee, confirmation, fingerprint, created_at, expires_at, finished_at)
            VALUES (?, ?, ?, ?, ?, 'SUCCEEDED', 1, ?, ?, 0, 'NONE', '', ?, ?, ?)
            """)
        .params(merchant.id(), id, kind, "n-" + number(0), "no-" + id, payer, fen)
        .params(Timestamp.from(at), Timestamp.from(at), Timestamp.from(at))
        .update();
  }

  private void commit(Change.Builder change) {
    assertThat(ledger.commit(change.build())).isInstanceOf(Outcome.Committed.class);
  }

  private static String lower(String kind) {
    return kind.toLowerCase(java.util.Locale.ROOT);
  }
}
