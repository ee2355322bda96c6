package io.tongbao.server.order;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Member;
import io.tongbao.server.merchant.Merchant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The bids that merchants enter, and how much is invested in each: set aside when an investment is
 * opened, let go when it expires, fails or is given back. Specification escrow §4.2.13, §4.2.14.
 */
@Component
public final class Bids {
  /** In conflict: others have invested what was left. */
  static final String ROOM = "bid room";

  private static final String NEW = "new bid";

  private static final String INSERT =
      """
      INSERT INTO bid (merchant_id, id, number, goods_no, member_id, name, detail, show_url, amount,
        total_amount, highest_amount, minimum_investment, annual_yield, horizon, horizon_scale,
        begin_date, end_date, repay_type, guarantee_type, repay_periods, entered_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  /** Changes what is given only, so that two who change one date each do not undo each other. */
  private static final String DATE =
      """
      UPDATE bid
      SET begin_date = coalesce(?::date, begin_date), end_date = coalesce(?::date, end_date)
      WHERE merchant_id = ? AND id = ?
        AND (coalesce(?::date, begin_date) <= coalesce(?::date, end_date)) IS NOT FALSE
      """;

  /** The rules of {@link Bid#check} once more, for whoever comes at the same time. */
  private static final String INVEST =
      """
      UPDATE bid SET invested = invested + ?
      WHERE merchant_id = ? AND number = ?
        AND coalesce(highest_amount, amount) - invested - ? NOT BETWEEN 1
            AND coalesce(minimum_investment, 1) - 1
        AND invested + ? <= coalesce(highest_amount, amount)
      """;

  private static final String LET_GO =
      """
      UPDATE bid SET invested = invested - ?
      WHERE merchant_id = ? AND number = ? AND invested >= ?
      """;

  private final JdbcClient jdbc;
  private final Ledger ledger;

  Bids(JdbcClient jdbc, Ledger ledger) {
    this.jdbc = jdbc;
    this.ledger = ledger;
  }

  /**
   * What the merchant says of a new bid.
   *
   * @param number the merchant's own number
   */
  public record Entry(
      String number, String name, @Nullable String detail, @Nullable String showUrl) {}

  /** Enters a bid of a borrower. */
  public Bid enter(Merchant merchant, Member borrower, Entry entry, Bid.Terms terms, Instant now) {
    Bid bid =
        new Bid(
            merchant.id(),
            Ids.next(),
            entry.number(),
            Opening.number(),
            borrower.id(),
            entry.name(),
            entry.detail(),
            entry.showUrl(),
            terms,
            Money.ZERO);
    commit(
        Change.at(now).write(insertion(bid, now)).build(),
        Refusal.of(Reason.GOODS_ENTRY_FAILED, "bizGoodsNo"));
    return bid;
  }

  public Optional<Bid> find(Merchant merchant, String number) {
    return jdbc.sql("SELECT * FROM bid WHERE merchant_id = ? AND number = ?")
        .params(merchant.id(), number)
        .query(Bids::read)
        .optional();
  }

  /** The bid of that number. */
  public Bid require(Merchant merchant, String number, String field) {
    return find(merchant, number).orElseThrow(() -> Refusal.of(Reason.GOODS_UNKNOWN, field));
  }

  /** Gives a bid other dates, of which an absent one stays as it is; gives it as it is then. */
  public Bid date(
      Merchant merchant, Bid bid, @Nullable LocalDate begin, @Nullable LocalDate end, Instant now) {
    RowWrite dates =
        RowWrite.of("bid dates", DATE, begin, end, bid.merchant(), bid.id(), begin, end);
    commit(Change.at(now).write(dates).build(), Refusal.of(Reason.START_AFTER_END, "beginDate"));
    return require(merchant, bid.number(), "bizGoodsNo");
  }

  /** The write that sets an investment aside. In conflict over {@link #ROOM}. */
  static RowWrite invested(int merchant, String number, Money amount) {
    return RowWrite.of(ROOM, INVEST, amount.fen(), merchant, number, amount.fen(), amount.fen());
  }

  /** The write that lets an investment go, or what is given back of it. */
  static RowWrite letGo(int merchant, String number, Money amount) {
    return RowWrite.of(ROOM, LET_GO, amount.fen(), merchant, number, amount.fen());
  }

  private void commit(Change change, Refusal conflict) {
    switch (ledger.commit(change)) {
      case Outcome.Committed _ -> {}
      case Outcome.Refused refused -> throw Commits.refusal(refused.reason());
      case Outcome.Conflict _ -> throw conflict;
    }
  }

  private static RowWrite insertion(Bid bid, Instant now) {
    Bid.Terms terms = bid.terms();
    return RowWrite.of(
        NEW,
        INSERT,
        bid.merchant(),
        bid.id(),
        bid.number(),
        bid.goodsNo(),
        bid.member(),
        bid.name(),
        bid.detail(),
        bid.showUrl(),
        terms.amount().fen(),
        terms.total().fen(),
        fen(terms.highest()),
        fen(terms.minimum()),
        terms.annualYield(),
        terms.horizon(),
        terms.horizonScale(),
        terms.begin(),
        terms.end(),
        terms.repayType(),
        terms.guaranteeType(),
        terms.repayPeriods(),
        now);
  }

  private static @Nullable Long fen(@Nullable Money money) {
    return money == null ? null : money.fen();
  }

  private static Bid read(ResultSet row, int number) throws SQLException {
    return new Bid(
        row.getInt("merchant_id"),
        row.getLong("id"),
        row.getString("number"),
        row.getString("goods_no"),
        row.getLong("member_id"),
        row.getString("name"),
        row.getString("detail"),
        row.getString("show_url"),
        terms(row),
        Money.ofFen(row.getLong("invested")));
  }

  private static Bid.Terms terms(ResultSet row) throws SQLException {
    return new Bid.Terms(
        Money.ofFen(row.getLong("amount")),
        Money.ofFen(row.getLong("total_amount")),
        money(row, "highest_amount"),
        money(row, "minimum_investment"),
        row.getBigDecimal("annual_yield"),
        row.getInt("horizon"),
        row.getInt("horizon_scale"),
        row.getObject("begin_date", LocalDate.class),
        row.getObject("end_date", LocalDate.class),
        row.getInt("repay_type"),
        row.getInt("guarantee_type"),
        (Integer) row.getObject("repay_periods"));
  }

  private static @Nullable Money money(ResultSet row, String column) throws SQLException {
    Long fen = (Long) row.getObject(column);
    return fen == null ? null : Money.ofFen(fen);
  }
}
