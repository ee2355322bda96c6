package io.tongbao.server.payment;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Account;
import io.tongbao.ledger.Accounts;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The brokers that dealers have contracts with, and what the dealers' accounts with them hold.
 * Specification payout chapter 2, section 2, and chapter 5, 2.1 6).
 */
@Component
public final class Brokers {
  private static final String SELECT = "SELECT * FROM payout_broker ";
  private static final String REBATE = "rebate";

  private static final String INSERT =
      """
      INSERT INTO payout_broker (merchant_id, id, code, rate, rebate_rate, bankcard, alipay, wxpay,
        packets, broker_share, month_average, month_highest, bankcard_account, alipay_account,
        wxpay_account, rebate_account, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private static final String CHANGE =
      """
      UPDATE payout_broker SET rate = ?, rebate_rate = ?, bankcard = ?, alipay = ?, wxpay = ?,
        packets = ?, broker_share = ?, month_average = ?, month_highest = ?
      WHERE merchant_id = ? AND id = ?
      """;

  private final JdbcClient jdbc;
  private final Accounts accounts;
  private final Ledger ledger;
  private final Map<Long, Broker.Accounts> known = new ConcurrentHashMap<>();

  Brokers(JdbcClient jdbc, Accounts accounts, Ledger ledger) {
    this.jdbc = jdbc;
    this.accounts = accounts;
    this.ledger = ledger;
  }

  /** What lies with a broker and can be spent: less what is on its way out. */
  public record Balances(Money bankcard, Money alipay, Money wxpay, Money rebate) {
    public Money of(PayoutChannel channel) {
      return switch (channel) {
        case BANKCARD -> bankcard;
        case ALIPAY -> alipay;
        case WXPAY -> wxpay;
      };
    }
  }

  /** The dealer's broker of that code; refused (2038) where it has none. */
  public Broker find(Merchant dealer, String code) {
    return jdbc.sql(SELECT + "WHERE merchant_id = ? AND code = ?")
        .params(dealer.id(), code)
        .query(Brokers::read)
        .optional()
        .orElseThrow(() -> Refusal.of(Reason.BROKER_UNKNOWN, "broker_id"));
  }

  Optional<Broker> byId(int merchant, long id) {
    return jdbc.sql(SELECT + "WHERE merchant_id = ? AND id = ?")
        .params(merchant, id)
        .query(Brokers::read)
        .optional();
  }

  /** The accounts with a broker, which stay the same for ever. */
  Broker.Accounts accounts(int merchant, long id) {
    return known.computeIfAbsent(id, _ -> byId(merchant, id).orElseThrow().accounts());
  }

  /** All brokers of a dealer, the oldest first. */
  public List<Broker> all(Merchant dealer) {
    return jdbc.sql(SELECT + "WHERE merchant_id = ? ORDER BY id")
        .params(dealer.id())
        .query(Brokers::read)
        .list();
  }

  public Balances balances(Broker broker) {
    Broker.Accounts of = broker.accounts();
    return new Balances(
        available(of.bankcard()),
        available(of.alipay()),
        available(of.wxpay()),
        available(of.rebate()));
  }

  /**
   * Signs a contract between a dealer and a broker: its row and its four accounts.
   *
   * @param now the merchant's clock
   */
  public Broker open(Merchant dealer, String code, Broker.Terms terms, Instant now) {
    Broker.Accounts of = new Broker.Accounts(Ids.next(), Ids.next(), Ids.next(), Ids.next());
    Broker broker = new Broker(dealer.id(), Ids.next(), code, terms, of);
    List<RowWrite> writes = new ArrayList<>();
    writes.add(insertion(broker, now));
    for (PayoutChannel channel : PayoutChannel.values()) {
      writes.add(opening(broker, of.of(channel), channel.code()));
    }
    writes.add(opening(broker, of.rebate(), REBATE));
    commit(Change.at(now).writeAll(writes).build());
    return broker;
  }

  /** Changes what the contract says. Payouts that were accepted before keep their fee. */
  public Broker change(Broker broker, Broker.Terms terms, Instant now) {
    List<@Nullable Object> values = values(terms);
    values.add(broker.merchant());
    values.add(broker.id());
    commit(Change.at(now).write(RowWrite.of("broker", CHANGE, values.toArray())).build());
    return new Broker(broker.merchant(), broker.id(), broker.code(), terms, broker.accounts());
  }

  private void commit(Change change) {
    if (!(ledger.commit(change) instanceof Outcome.Committed)) {
      throw Refusal.of(Reason.BAD_FIELD, "broker_id");
    }
  }

  private Money available(long account) {
    return accounts.find(account).map(Account::balance).orElseThrow().available();
  }

  private static RowWrite opening(Broker broker, long account, String set) {
    return Accounts.opening(account, broker.merchant(), broker.id(), set, 0);
  }

  private static RowWrite insertion(Broker broker, Instant now) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(broker.merchant());
    values.add(broker.id());
    values.add(broker.code());
    for (@Nullable Object value : values(broker.terms())) {
      values.add(value);
    }
    Broker.Accounts of = broker.accounts();
    values.addAll(List.of(of.bankcard(), of.alipay(), of.wxpay(), of.rebate(), now));
    return RowWrite.of("broker", INSERT, values.toArray());
  }

  private static List<@Nullable Object> values(Broker.Terms terms) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(terms.rate());
    values.add(terms.rebateRate());
    for (PayoutChannel channel : PayoutChannel.values()) {
      values.add(terms.channels().contains(channel));
    }
    values.add(terms.packets().name());
    values.add(terms.brokerShare());
    values.add(fen(terms.monthAverage()));
    values.add(fen(terms.monthHighest()));
    return values;
  }

  private static @Nullable Long fen(@Nullable Money money) {
    return money == null ? null : money.fen();
  }

  private static Broker read(ResultSet row, int number) throws SQLException {
    Set<PayoutChannel> channels = EnumSet.noneOf(PayoutChannel.class);
    for (PayoutChannel channel : PayoutChannel.values()) {
      if (row.getBoolean(channel.code())) {
        channels.add(channel);
      }
    }
    return new Broker(
        row.getInt("merchant_id"),
        row.getLong("id"),
        row.getString("code"),
        new Broker.Terms(
            row.getInt("rate"),
            row.getInt("rebate_rate"),
            channels,
            Broker.Packets.valueOf(row.getString("packets")),
            row.getInt("broker_share"),
            money(row, "month_average"),
            money(row, "month_highest")),
        new Broker.Accounts(
            row.getLong("bankcard_account"),
            row.getLong("alipay_account"),
            row.getLong("wxpay_account"),
            row.getLong("rebate_account")));
  }

  private static @Nullable Money money(ResultSet row, String column) throws SQLException {
    long fen = row.getLong(column);
    return row.wasNull() ? null : Money.ofFen(fen);
  }
}
