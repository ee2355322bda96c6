package io.tongbao.server.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import io.tongbao.ledger.AuditReport;
import io.tongbao.server.TestServer;
import io.tongbao.server.channel.simulated.SimulatedBank;
import io.tongbao.server.recon.Audits;
import io.tongbao.server.recon.LineBook;
import io.tongbao.server.recon.LineFile;
import io.tongbao.server.recon.LineFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The files of a dealer's days: what they say, what later ones may change, and the journal. */
@TestServer
class PayoutFilesTest {
  private static final LocalDate DAY = BeijingTime.dayOf(Dealer.NOON);

  private static final long MOST_GROWTH = 32L << 20;

  @Autowired private ApplicationContext context;
  @Autowired private LineFiles files;
  @Autowired private Audits audits;

  private Map<String, LineBook> books;
  private Dealer dealer;

  @BeforeEach
  void openADealer() {
    books =
        context.getBeansOfType(LineBook.class).values().stream()
            .collect(Collectors.toMap(LineBook::kind, Function.identity()));
    dealer = new Dealer(context);
    for (PayoutChannel channel : PayoutChannel.values()) {
      dealer.topUp(channel, 10_000_000);
    }
  }

  @AfterEach
  void audit() {
    dealer.audit();
  }

  @Test
  void ordersAreWrittenAsPrinted() {
    pay(PayoutChannel.BANKCARD, "张三丰", "6228480402637852416", 19_500);
    pay(PayoutChannel.ALIPAY, "聂耳", "13412345431", 1_000);
    pay(PayoutChannel.WXPAY, "欧阳修文", "oQWg12345678iusdfzvMZN1HEsdf", 10_000);
    pay(PayoutChannel.BANKCARD, "=1+1", "6217480402637859820", 668_801);
    dealer.accept(dealer.card(100_000_000));
    dealer.settle();

    List<List<String>> lines = orders(at(1, 3, 45));
    assertThat(lines.getFirst())
        .containsExactly(
            "商户订单号,订单流水号,商户批次号,姓名,经纪公司ID,订单状态,收款账号,支付渠道,金额,服务费,渠道流水号,短周期授信账单号,服务费账单号,余额账单号,创建时间,完成时间"
                .split(","));
    assertThat(lines).hasSize(6).allSatisfy(line -> assertThat(line).hasSize(16));
    assertThat(lines.get(1).subList(2, 10))
        .containsExactly("", "张**", "yiyun**", "成功", "6228*****52416", "银行卡", "195", "13.65");
    assertThat(lines.get(1).get(10)).isNotEmpty();
    assertThat(lines.get(1).subList(11, 16))
        .containsExactly("-/-", "-/-", "-/-", "2030-01-15 12:00:00", "2030-01-15 12:00:00");
    assertThat(lines.get(2).subList(2, 10))
        .containsExactly("", "聂*", "yiyun**", "成功", "134****431", "支付宝", "10", "0.7");
    assertThat(lines.get(3).subList(2, 10))
        .containsExactly(
            "", "欧***", "yiyun**", "成功", "oQWg******iusdfzvMZN1HEsdf", "微信", "100", "7");
    assertThat(lines.get(4).subList(3, 11))
        .containsExactly(
            "'=***", "yiyun**", "失败", "6217*****59820", "银行卡", "6688.01", "468.16", "");
    assertThat(lines.get(5).get(5)).isEqualTo("挂单");
    assertThat(lines.get(5).get(15)).isEmpty();
  }

  @Test
  void theBillAddsUpToTheJournal() {
    Payout card = pay(PayoutChannel.BANKCARD, "张三丰", "6228480402637852416", 19_500);
    Payout packet = pay(PayoutChannel.WXPAY, "聂耳", "oQ_unclaimed", 2_000);
    pay(PayoutChannel.BANKCARD, "张三丰", "6228480402637852416", 668_801);
    dealer.accept(dealer.card(668_802));
    dealer.settle();

    List<List<String>> first = bill(DAY, at(1, 3, 30));
    assertThat(first.getFirst())
        .containsExactly("商户订单号,订单流水号,流水号,流水类型,流水状态,支付渠道,姓名,经纪公司ID,金额,渠道流水号,创建时间,完成时间".split(","));
    assertThat(of(first, card))
        .extracting(line -> line.subList(3, 9))
        .containsExactly(
            List.of("经纪公司打款", "成功", "银行卡", "张**", "yiyun**", "195"),
            List.of("经纪公司打款服务费", "成功", "-/-", "张**", "yiyun**", "13.65"));
    assertThat(of(first, packet))
        .extracting(line -> line.get(4))
        .containsExactly("成功(待领取)", "成功(待领取)");
    assertThat(first).extracting(line -> line.get(4)).contains("失败");
    assertThat(first.stream().skip(1).map(line -> line.get(2))).doesNotHaveDuplicates();
    assertThat(sum(first, "经纪公司打款", "经纪公司打款服务费")).isEqualTo(entries(DAY, -1));

    dealer.until(BeijingTime.startOf(DAY.plusDays(1)).plus(Duration.ofHours(13)));
    assertThat(dealer.read(packet).status()).isEqualTo(PayoutStatus.RETURNED);
    List<List<String>> last = bill(DAY, at(1, 16, 30));
    assertThat(of(last, card)).isEqualTo(of(first, card));
    assertThat(of(last, packet)).extracting(line -> line.get(4)).containsExactly("成功", "成功");

    List<List<String>> next = bill(DAY.plusDays(1), at(2, 3, 30));
    assertThat(of(next, packet))
        .extracting(line -> line.subList(3, 10))
        .containsExactly(
            List.of("经纪公司退汇", "成功", "微信", "聂*", "yiyun**", "20", ""),
            List.of("经纪公司退汇手续费", "成功", "-/-", "聂*", "yiyun**", "1.4", ""));
    assertThat(sum(next, "经纪公司退汇", "经纪公司退汇手续费")).isEqualTo(entries(DAY.plusDays(1), 1));
  }

  @Test
  void theBillHasWhatWentOutAndCameBackOnOneDay() {
    Payout paid = pay(PayoutChannel.BANKCARD, "张三丰", "6228480402637852416", 19_500);
    assertThat(dealer.say(paid.parts().getFirst(), SimulatedBank.Say.RETURNED)).isTrue();
    assertThat(of(bill(DAY, at(1, 3, 30)), paid))
        .extracting(line -> line.get(3))
        .containsExactlyInAnyOrder("经纪公司打款", "经纪公司打款服务费", "经纪公司退汇", "经纪公司退汇手续费");
  }

  @Test
  void whatWasSaidStaysAndWhatWasOpenMayChange() {
    Payout paid = pay(PayoutChannel.BANKCARD, "张三", "6228480402637852416", 19_500);
    Payout held = dealer.accept(dealer.card(100_000_000));
    Payout packet = pay(PayoutChannel.WXPAY, "张三", "oQ_unclaimed", 2_000);
    dealer.until(at(1, 3, 45));
    List<List<String>> first = orders(dealer.now());
    assertThat(word(first, paid)).isEqualTo("成功");
    assertThat(word(first, held)).isEqualTo("挂单");
    assertThat(word(first, packet)).isEqualTo("成功(待领取)");

    assertThat(dealer.say(paid.parts().getFirst(), SimulatedBank.Say.RETURNED)).isTrue();
    dealer.payouts.cancel(dealer.merchant(), held.number(), dealer.now());
    dealer.until(BeijingTime.startOf(DAY.plusDays(1)).plus(Duration.ofHours(13)));
    assertThat(dealer.read(paid).status()).isEqualTo(PayoutStatus.RETURNED);
    List<List<String>> last = orders(at(1, 16, 45));
    assertThat(of(last, paid)).isEqualTo(of(first, paid));
    assertThat(of(last, held)).isEqualTo(of(first, held));
    assertThat(word(last, packet)).isEqualTo("退汇");
    assertThat(orders(at(1, 17, 0))).isEqualTo(last);
  }

  @Test
  void aChangedLineIsNeitherPublishedNorOverlooked() {
    Payout paid = pay(PayoutChannel.BANKCARD, "张三", "6228480402637852416", 19_500);
    List<List<String>> first = orders(at(1, 3, 45));
    LineBook book = book("payout-orders");
    dealer
        .jdbc
        .sql("UPDATE payout SET fee = fee + 1 WHERE merchant_id = ? AND id = ?")
        .params(dealer.merchant().id(), paid.id())
        .update();
    assertThatThrownBy(() -> files.publish(book, dealer.merchant(), DAY, at(1, 11, 45)))
        .hasMessageContaining("published otherwise");
    assertThat(text(files.ensure(book, dealer.merchant(), DAY, at(1, 12, 0)).orElseThrow()))
        .isEqualTo(first);
    dealer
        .jdbc
        .sql("UPDATE payout SET fee = fee - 1 WHERE merchant_id = ? AND id = ?")
        .params(dealer.merchant().id(), paid.id())
        .update();

    damage(
        """
        INSERT INTO line_file_row (merchant_id, kind, day, row_key, generation, digest, open)
        SELECT merchant_id, kind, day, row_key, 2, '\\x00', false FROM line_file_row
        WHERE merchant_id = ?
        """,
        "DELETE FROM line_file_row WHERE merchant_id = ? AND generation = 2",
        "I-22",
        "a line that was published and not open says the same in each later publication");
    damage(
        "UPDATE line_file SET lines = lines - 1 WHERE merchant_id = ?",
        "UPDATE line_file SET lines = lines + 1 WHERE merchant_id = ?",
        "I-22",
        "the newest publication of a day has all lines that were ever published of it");
  }

  @Test
  void aLineThatIsGoneStopsThePublication() {
    pay(PayoutChannel.BANKCARD, "张三", "6228480402637852416", 19_500);
    Payout other = pay(PayoutChannel.BANKCARD, "张三", "6228480402637852416", 500);
    orders(at(1, 3, 45));
    String move =
        "UPDATE payout SET created_at = created_at %s '1 day' WHERE merchant_id = ? AND id = ?";
    dealer
        .jdbc
        .sql(move.formatted("+ interval"))
        .params(dealer.merchant().id(), other.id())
        .update();
    assertThatThrownBy(
            () -> files.publish(book("payout-orders"), dealer.merchant(), DAY, at(1, 11, 45)))
        .hasMessageContaining("of 2 lines that were published 1 are left");
    dealer
        .jdbc
        .sql(move.formatted("- interval"))
        .params(dealer.merchant().id(), other.id())
        .update();
  }

  @Test
  void aBillThatTheJournalDoesNotBearOutIsNotPublished() {
    Payout paid = pay(PayoutChannel.BANKCARD, "张三", "6228480402637852416", 19_500);
    String change = "UPDATE payout_part SET fee = fee %s 1 WHERE merchant_id = ? AND payout_id = ?";
    dealer.jdbc.sql(change.formatted("+")).params(dealer.merchant().id(), paid.id()).update();
    LineBook book = book("payout-bill");
    assertThatThrownBy(() -> files.publish(book, dealer.merchant(), DAY, at(1, 3, 30)))
        .hasMessageContaining("经纪公司打款服务费 1 1366")
        .hasMessageContaining("经纪公司打款服务费 1 1365");
    assertThat(files.ensure(book, dealer.merchant(), DAY, at(1, 3, 30))).isEmpty();
    dealer.jdbc.sql(change.formatted("-")).params(dealer.merchant().id(), paid.id()).update();
    assertThat(files.ensure(book, dealer.merchant(), DAY, at(1, 3, 30))).isPresent();
  }

  @Test
  void aLongDayIsWrittenInConstantMemory() throws IOException {
    LongDay.insert(dealer, DAY);
    for (int generation = 1; generation <= 2; generation++) {
      LongDay.Watched book = new LongDay.Watched(book("payout-orders"));
      LineFile file = files.publish(book, dealer.merchant(), DAY, at(1, 3, 45));
      assertThat(file.generation()).isEqualTo(generation);
      assertThat(file.lines()).isEqualTo(LongDay.PAYOUTS);
      assertThat(book.growth()).isLessThan(MOST_GROWTH);
      try (BufferedReader lines = reader(file)) {
        assertThat(lines.lines().count()).isEqualTo(LongDay.PAYOUTS + 1L);
      }
    }
    LongDay.remove(dealer);
  }

  private void damage(String sql, String mend, String id, String statement) {
    int merchant = dealer.merchant().id();
    try {
      dealer.jdbc.sql(sql).param(merchant).update();
      assertThat(audits.run().violations())
          .extracting(AuditReport.Violation::id, AuditReport.Violation::statement)
          .contains(tuple(id, statement));
    } finally {
      dealer.jdbc.sql(mend).param(merchant).update();
    }
  }

  private Payout pay(PayoutChannel channel, String name, String account, long fen) {
    Payee payee = Dealer.person(name, account, "11010119800101001X");
    return dealer.pay(dealer.draft(Dealer.number(), channel, payee, fen));
  }

  private LineBook book(String kind) {
    return Objects.requireNonNull(books.get(kind));
  }

  private Instant at(int daysLater, int hour, int minute) {
    return DAY.plusDays(daysLater)
        .atTime(LocalTime.of(hour, minute))
        .atZone(BeijingTime.ZONE)
        .toInstant();
  }

  private List<List<String>> orders(Instant now) {
    return text(files.publish(book("payout-orders"), dealer.merchant(), DAY, now));
  }

  private List<List<String>> bill(LocalDate day, Instant now) {
    return text(files.publish(book("payout-bill"), dealer.merchant(), day, now));
  }

  private List<List<String>> text(LineFile file) {
    try (BufferedReader lines = reader(file)) {
      return lines.lines().map(line -> List.of(line.split(",", -1))).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private BufferedReader reader(LineFile file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(files.open(file).orElseThrow()), StandardCharsets.UTF_8));
  }

  private static List<List<String>> of(List<List<String>> lines, Payout payout) {
    return lines.stream().filter(line -> line.getFirst().equals(payout.number())).toList();
  }

  private static String word(List<List<String>> lines, Payout payout) {
    return of(lines, payout).getFirst().get(5);
  }

  private static long sum(List<List<String>> lines, String type, String feeType) {
    return lines.stream()
        .filter(line -> line.get(3).equals(type) || line.get(3).equals(feeType))
        .filter(line -> line.get(4).startsWith("成功"))
        .mapToLong(line -> Money.parseYuan(line.get(8)).fen())
        .sum();
  }

  /** What the journal booked on the dealer's accounts on that day, one way or the other. */
  private long entries(LocalDate day, int sign) {
    return dealer
        .jdbc
        .sql(
            """
            SELECT coalesce(sum(abs(e.amount)), 0)
            FROM entry e JOIN account a ON a.id = e.account_id
            WHERE e.merchant_id = ? AND a.owner_id <> 0 AND sign(e.amount) = ?
              AND e.remark <> '充值' AND (e.booked_at AT TIME ZONE 'Asia/Shanghai')::date = ?
            """)
        .params(dealer.merchant().id(), sign, Date.valueOf(day))
        .query((row, _) -> row.getLong(1))
        .single();
  }
}
