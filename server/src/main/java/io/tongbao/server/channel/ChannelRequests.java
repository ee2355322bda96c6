package io.tongbao.server.channel;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of {@link ChannelRequest}. Writes that belong to an order's commit are given out as
 * {@link RowWrite}; claims and schedules are statements of their own.
 */
@Component
public final class ChannelRequests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final JdbcClient database;

  ChannelRequests(JdbcClient database) {
    this.database = database;
  }

  /** A claimed request: this caller's until the lease ends. */
  record Claimed(ChannelRequest request, boolean first, UUID lease) {
    Claimed saying(Map<String, Secret> spoken) {
      return new Claimed(request.saying(spoken), first, lease);
    }
  }

  /** The row's insert, for the commit of the order that asks. */
  public static RowWrite opening(ChannelRequest request) {
    return RowWrite.of(
        "channel_request",
        """
        INSERT INTO channel_request (id, merchant_id, channel, act, owner, order_id, amount, facts,
                                     next_at, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
        """,
        request.id(),
        request.merchant(),
        request.channel(),
        request.act().name(),
        request.owner(),
        request.order(),
        request.amount().fen(),
        JSON.writeValueAsString(request.facts()),
        request.nextAt(),
        request.createdAt());
  }

  /**
   * The row's close, for the commit in which the order hears the answer. Hits no row where an
   * answer was applied before, so that of many equal answers one is let through.
   */
  public static RowWrite closing(ChannelRequest request, Answer.Final answer, Instant now) {
    return switch (answer) {
      case Answer.Settled settled -> closing(request, "SETTLED", settled.channelNo(), null, now);
      case Answer.Declined declined ->
          closing(request, "DECLINED", null, declined.code() + " " + declined.reason(), now);
      case Answer.Returned returned -> returning(request, returned, now);
    };
  }

  private static RowWrite closing(
      ChannelRequest request,
      String state,
      @Nullable String channelNo,
      @Nullable String reason,
      Instant now) {
    return RowWrite.of(
        "channel_request",
        """
        UPDATE channel_request
        SET state = ?, last_answer = ?, channel_no = coalesce(?::text, channel_no),
            reason = ?, answered_at = ?, lease_until = NULL, lease_token = NULL
        WHERE merchant_id = ? AND id = ? AND state IN ('WAITING', 'ASKED')
        """,
        state,
        state,
        channelNo,
        reason,
        now,
        request.merchant(),
        request.id());
  }

  private static RowWrite returning(ChannelRequest request, Answer.Returned answer, Instant now) {
    return RowWrite.of(
        "channel_request",
        """
        UPDATE channel_request
        SET state = 'RETURNED', last_answer = 'RETURNED', reason = ?, answered_at = ?,
            lease_until = NULL, lease_token = NULL
        WHERE merchant_id = ? AND id = ? AND state = 'SETTLED'
        """,
        answer.reason(),
        now,
        request.merchant(),
        request.id());
  }

  /**
   * Withdraws a request in the order's own commit. Hits no row where money going out was asked for
   * already: only the channel can say what became of that. Money coming in may be given up while it
   * is waited for; should it come all the same, it is a discrepancy.
   */
  public static RowWrite cancelling(int merchant, long id, String reason, Instant now) {
    return RowWrite.of(
        "channel_request",
        """
        UPDATE channel_request
        SET state = 'CANCELLED', reason = ?, answered_at = ?, lease_until = NULL, lease_token = NULL
        WHERE merchant_id = ? AND id = ?
          AND (state = 'WAITING' OR (state = 'ASKED' AND act = 'COLLECT'))
        """,
        reason,
        now,
        merchant,
        id);
  }

  public Optional<ChannelRequest> find(int merchant, long id) {
    return database
        .sql("SELECT * FROM channel_request WHERE merchant_id = ? AND id = ?")
        .params(merchant, id)
        .query(ChannelRequests::read)
        .optional();
  }

  /** An order's requests, oldest first. */
  public List<ChannelRequest> of(int merchant, long order) {
    return database
        .sql("SELECT * FROM channel_request WHERE merchant_id = ? AND order_id = ? ORDER BY id")
        .params(merchant, order)
        .query(ChannelRequests::read)
        .list();
  }

  /** Requests whose answer is still to come, or all, newest first. */
  public List<ChannelRequest> list(int merchant, boolean openOnly, int limit) {
    return database
        .sql(
            """
            SELECT * FROM channel_request
            WHERE merchant_id = ? AND (NOT ? OR state IN ('WAITING', 'ASKED'))
            ORDER BY id DESC LIMIT ?
            """)
        .params(merchant, openOnly, limit)
        .query(ChannelRequests::read)
        .list();
  }

  /** The channels that have something due. */
  List<String> dueChannels(int merchant, Instant now) {
    return database
        .sql(
            """
            SELECT DISTINCT channel FROM channel_request
            WHERE merchant_id = ? AND state IN ('WAITING', 'ASKED') AND next_at <= ?
              AND (lease_until IS NULL OR lease_until < now())
            """)
        .params(merchant, Timestamp.from(now))
        .query((row, _) -> row.getString(1))
        .list();
  }

  /** Takes what is due at a channel, marking it asked before anybody asks. */
  List<Claimed> claimDue(int merchant, String channel, Instant now, int limit) {
    UUID lease = UUID.randomUUID();
    return database
        .sql(
            """
            UPDATE channel_request r
            SET state = 'ASKED', attempts = r.attempts + 1, lease_token = ?,
                lease_until = now() + make_interval(secs => ?)
            FROM (SELECT merchant_id, id FROM channel_request
                  WHERE merchant_id = ? AND channel = ? AND state IN ('WAITING', 'ASKED')
                    AND next_at <= ? AND (lease_until IS NULL OR lease_until < now())
                  ORDER BY next_at LIMIT ? FOR UPDATE SKIP LOCKED) due
            WHERE r.merchant_id = due.merchant_id AND r.id = due.id
            RETURNING r.*, old.state = 'WAITING' AS first
            """)
        .params(lease, LEASE.toSeconds(), merchant, channel, Timestamp.from(now), limit)
        .query((row, _) -> new Claimed(read(row, 0), row.getBoolean("first"), lease))
        .list();
  }

  /** Takes one request that nobody has asked yet; empty where somebody has. */
  Optional<Claimed> claimFirst(int merchant, long id) {
    UUID lease = UUID.randomUUID();
    return database
        .sql(
            """
            UPDATE channel_request
            SET state = 'ASKED', attempts = attempts + 1, lease_token = ?,
                lease_until = now() + make_interval(secs => ?)
            WHERE merchant_id = ? AND id = ? AND state = 'WAITING'
            RETURNING *
            """)
        .params(lease, LEASE.toSeconds(), merchant, id)
        .query((row, _) -> new Claimed(read(row, 0), true, lease))
        .optional();
  }

  /** Remembers an answer that decides nothing, and when to query next. Only under the lease. */
  void await(Claimed claimed, Answer answer, Instant nextAt) {
    String channelNo = answer instanceof Answer.Accepted accepted ? accepted.channelNo() : null;
    String why = answer instanceof Answer.Unknown unknown ? unknown.why() : null;
    ChannelRequest request = claimed.request();
    database
        .sql(
            """
            UPDATE channel_request
            SET last_answer = ?, channel_no = coalesce(?::text, channel_no), reason = ?, next_at = ?,
                lease_until = NULL, lease_token = NULL
            WHERE merchant_id = ? AND id = ? AND state = 'ASKED' AND lease_token = ?
            """)
        .param(answer.getClass().getSimpleName().toUpperCase(Locale.ROOT))
        .param(channelNo)
        .param(why)
        .param(Timestamp.from(nextAt))
        .params(request.merchant(), request.id(), claimed.lease())
        .update();
  }

  private static ChannelRequest read(ResultSet row, int number) throws SQLException {
    Timestamp answeredAt = row.getTimestamp("answered_at");
    return new ChannelRequest(
        row.getLong("id"),
        row.getInt("merchant_id"),
        row.getString("channel"),
        ChannelRequest.Act.valueOf(row.getString("act")),
        row.getString("owner"),
        row.getLong("order_id"),
        Money.ofFen(row.getLong("amount")),
        JSON.readValue(row.getString("facts"), FACTS),
        ChannelRequest.State.valueOf(row.getString("state")),
        row.getInt("attempts"),
        row.getTimestamp("next_at").toInstant(),
        row.getString("channel_no"),
        row.getString("reason"),
        row.getTimestamp("created_at").toInstant(),
        answeredAt == null ? null : answeredAt.toInstant(),
        Map.of());
  }
}
