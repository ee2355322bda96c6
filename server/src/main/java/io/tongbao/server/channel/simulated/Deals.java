package io.tongbao.server.channel.simulated;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequest.Act;
import io.tongbao.server.channel.simulated.Deal.Verdict;
import io.tongbao.server.merchant.Merchant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The simulated bank's durable memory. Every statement is a commit of its own. */
@Component
@Profile("sandbox")
final class Deals {
  /** 未领取的红包 24 小时后退回. */
  private static final Duration UNTAKEN = Duration.ofHours(24);

  private final JdbcClient database;

  Deals(JdbcClient database) {
    this.database = database;
  }

  /**
   * Takes a request in, or counts that a known one was asked again.
   *
   * @throws DuplicateKeyException another open deal of the merchant has the terminal's code
   */
  Deal take(
      Merchant merchant,
      ChannelRequest request,
      Verdict verdict,
      @Nullable String reason,
      @Nullable String code,
      Instant now) {
    Manner manner = Manner.of(request);
    return database
        .sql(
            """
            INSERT INTO simbank.deal AS d (request_id, merchant_id, channel, act, amount, serial,
                              verdict, manner, reason, code, clock_offset, returns_at, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (request_id) DO UPDATE SET asked = d.asked + 1
            RETURNING *
            """)
        .params(request.id(), merchant.id(), request.channel(), request.act().name())
        .params(request.amount().fen(), Ids.twentyDigits(), verdict.name(), manner.name())
        .param(reason)
        .param(code)
        .param(merchant.clockOffset().toMillis())
        .param(returnsAt(request, manner, now).map(Timestamp::from).orElse(null))
        .param(Timestamp.from(now))
        .query(Deals::read)
        .single();
  }

  /** When money that went out comes back. */
  private static Optional<Instant> returnsAt(ChannelRequest request, Manner manner, Instant now) {
    if (request.act() != Act.PAY_OUT) {
      return Optional.empty();
    }
    return switch (manner) {
      case RETURNING -> Optional.of(BeijingTime.startOf(BeijingTime.dayOf(now).plusDays(1)));
      case PACKET -> Optional.of(now.plus(UNTAKEN));
      case PROMPT, REFUSING, SLOW, VAGUE, LOSING, SILENT -> Optional.empty();
    };
  }

  /** The payee takes a red packet; empty where there is none that waits. */
  Optional<Deal> open(long request) {
    return database
        .sql(
            """
            UPDATE simbank.deal SET manner = 'PROMPT', returns_at = NULL
            WHERE request_id = ? AND verdict = 'SETTLED' AND manner = 'PACKET' RETURNING *
            """)
        .param(request)
        .query(Deals::read)
        .optional();
  }

  /** Counts a query; empty where the bank never took the request in. */
  Optional<Deal> count(long request) {
    return database
        .sql("UPDATE simbank.deal SET asked = asked + 1 WHERE request_id = ? RETURNING *")
        .param(request)
        .query(Deals::read)
        .optional();
  }

  Optional<Deal> find(long request) {
    return database
        .sql("SELECT * FROM simbank.deal WHERE request_id = ?")
        .param(request)
        .query(Deals::read)
        .optional();
  }

  Optional<Deal> bySerial(String serial) {
    return database
        .sql("SELECT * FROM simbank.deal WHERE serial = ?")
        .param(serial)
        .query(Deals::read)
        .optional();
  }

  /** The open deal that a terminal's code stands for. */
  Optional<Deal> byCode(Merchant merchant, String code) {
    return database
        .sql(
            """
            SELECT * FROM simbank.deal WHERE merchant_id = ? AND code = ? AND verdict = 'OPEN'
            """)
        .params(merchant.id(), code)
        .query(Deals::read)
        .optional();
  }

  /** Ends codes of terminals that nobody can pay any more, so that they can be given again. */
  void forgetCodes(Merchant merchant, Instant before) {
    database
        .sql(
            """
            UPDATE simbank.deal SET verdict = 'DECLINED', reason = '付款码已失效'
            WHERE merchant_id = ? AND code IS NOT NULL AND verdict = 'OPEN' AND created_at < ?
            """)
        .params(merchant.id(), Timestamp.from(before))
        .update();
  }

  /** Decides a deal; empty where it does not stand at one of {@code from}. */
  Optional<Deal> decide(long request, Set<Verdict> from, Verdict to, @Nullable String reason) {
    return database
        .sql(
            """
            UPDATE simbank.deal SET verdict = ?, reason = coalesce(?::text, reason)
            WHERE request_id = ? AND verdict = ANY (?) RETURNING *
            """)
        .param(to.name())
        .param(reason)
        .param(request)
        .param(from.stream().map(Verdict::name).toArray(String[]::new))
        .query(Deals::read)
        .optional();
  }

  /** Makes the bank say "nobody knows" about an undecided deal. */
  Optional<Deal> silence(long request) {
    return database
        .sql(
            """
            UPDATE simbank.deal SET manner = 'SILENT'
            WHERE request_id = ? AND verdict IN ('OPEN', 'PENDING') RETURNING *
            """)
        .param(request)
        .query(Deals::read)
        .optional();
  }

  /** What comes back now. */
  List<Deal> returning(Merchant merchant, Instant now) {
    return database
        .sql(
            """
            SELECT * FROM simbank.deal
            WHERE merchant_id = ? AND verdict = 'SETTLED' AND returns_at <= ?
            ORDER BY returns_at LIMIT 100
            """)
        .params(merchant.id(), Timestamp.from(now))
        .query(Deals::read)
        .list();
  }

  void clear() {
    database.sql("DELETE FROM simbank.deal").update();
  }

  private static Deal read(ResultSet row, int number) throws SQLException {
    return new Deal(
        row.getLong("request_id"),
        row.getInt("merchant_id"),
        row.getString("channel"),
        Money.ofFen(row.getLong("amount")),
        row.getString("serial"),
        Verdict.valueOf(row.getString("verdict")),
        Manner.valueOf(row.getString("manner")),
        row.getString("reason"),
        row.getString("code"),
        row.getInt("asked"),
        Duration.ofMillis(row.getLong("clock_offset")));
  }
}
