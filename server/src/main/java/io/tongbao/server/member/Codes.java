package io.tongbao.server.member;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * One-time codes, sent to phones (THREATS T-X16). A code says yes for one member, with one phone,
 * to one purpose and one subject, once. The next code for the same kills the one before. The
 * database holds a keyed digest of it.
 *
 * <p>The limits per day, hour and minute can be set per merchant: {@code sms.perDay}, {@code
 * sms.perHour}, {@code sms.resendSeconds}.
 */
@Component
public final class Codes {
  private static final Logger LOG = LoggerFactory.getLogger(Codes.class);

  /** How long a code is, but for the sandbox's fixed ones. */
  public static final int DIGITS = 6;

  /** How often a code may be tried; the table has the same number. */
  public static final int TRIES = 5;

  public static final Duration VALIDITY = Duration.ofMinutes(5);
  public static final long RESEND_SECONDS = 60;

  /** How many texts a phone gets in 24 hours, from all merchants together. */
  public static final long PER_DAY = 10;

  /** How many texts a phone gets in an hour from one merchant. */
  public static final long PER_HOUR = 5;

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private static final String COUNT =
      """
      INSERT INTO text_quota AS q (merchant_id, phone_index, sent)
      VALUES (?, ?, ARRAY[?::timestamptz])
      ON CONFLICT (merchant_id, phone_index) DO UPDATE
        SET sent = ARRAY(SELECT t FROM unnest(q.sent) t WHERE t > ?::timestamptz) || excluded.sent
      WHERE (SELECT count(*) FROM unnest(q.sent) t WHERE t > ?::timestamptz) < ?
      """;
  private static final String REPLACE =
      """
      INSERT INTO one_time_code AS c (merchant_id, member_id, phone_index, purpose, subject,
                                      id, code_digest, sent_at, expires_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (merchant_id, member_id, phone_index, purpose, subject) DO UPDATE
        SET id = excluded.id, code_digest = excluded.code_digest, tries = 0,
            sent_at = excluded.sent_at, expires_at = excluded.expires_at, used_at = NULL
      WHERE c.sent_at <= ?
      """;
  // Counted before anybody looks, but nobody waits for the disk: only a crash of the database could
  // forget a try, of its last moments. A code that is then used by a change which outlived the
  // crash was tried nevertheless.
  private static final String TRY =
      """
      UPDATE one_time_code SET tries = tries + 1
        FROM (SELECT set_config('synchronous_commit', 'off', true)) unsynchronized
       WHERE merchant_id = ? AND member_id = ? AND phone_index = ? AND purpose = ? AND subject = ?
         AND used_at IS NULL AND tries < ? AND expires_at > ?
      RETURNING id, code_digest
      """;
  private static final String FORGET =
      """
      DELETE FROM one_time_code
       WHERE merchant_id = ? AND member_id = ? AND phone_index = ? AND purpose = ? AND subject = ?
         AND sent_at = ?
      """;
  // Whoever uses a code may have come in a moment before it was sent.
  private static final String USE =
      """
      UPDATE one_time_code SET used_at = greatest(?, sent_at), tries = greatest(tries, 1)
       WHERE merchant_id = ? AND member_id = ? AND phone_index = ? AND purpose = ? AND subject = ?
         AND id = ? AND used_at IS NULL
      """;

  /** The name of the row write that marks a code used, in a conflict. */
  public static final String ROW = "one-time code";

  /** The name of the row write that counts a phone's texts, in a conflict. */
  public static final String QUOTA = "text quota";

  private final JdbcClient jdbc;
  private final Decisions decisions;
  private final Vault vault;
  private final Texter texter;

  Codes(JdbcClient jdbc, Decisions decisions, Vault vault, Texter texter) {
    this.jdbc = jdbc;
    this.decisions = decisions;
    this.vault = vault;
    this.texter = texter;
  }

  private record Tried(long id, Bytes digest) {}

  /**
   * A code that is ready to go: its writes belong into a change, and its text is sent when the
   * change is durable.
   */
  public record Draft(Text text, List<RowWrite> writes) {
    public Draft {
      writes = List.copyOf(writes);
    }

    /** Why a change with these writes is refused, by the row that stood against it. */
    static Map<String, Refusal> conflicts() {
      Refusal tooSoon = Refusal.of(Reason.CODE_TOO_SOON, "phone");
      return Map.of(ROW, tooSoon, QUOTA, tooSoon);
    }
  }

  /**
   * Sends a new code, or refuses when it is too soon or too often. The text leaves after the code
   * is durable, and is a row with it: a crash loses none. One that cannot leave is asked for again.
   *
   * @param subject the number of the order or application that the code confirms, or empty
   */
  public void send(
      Merchant merchant,
      Member member,
      Secret phone,
      Purpose purpose,
      String subject,
      Instant now) {
    Draft draft = draft(merchant, member, phone, purpose, subject, now);
    decisions.carryOut(Change.at(now).writeAll(draft.writes()).build(), Draft.conflicts());
    try {
      texter.send(merchant, draft.text());
    } catch (Refusal shut) {
      forget(merchant, member, draft.text());
      throw shut;
    }
  }

  /** A code that nobody got shall not keep the next one waiting. */
  private void forget(Merchant merchant, Member member, Text text) {
    jdbc.sql(FORGET)
        .params(
            merchant.id(),
            member.id(),
            index(merchant.id(), text.phone()),
            text.purpose().name(),
            text.subject(),
            Columns.time(text.sentAt()))
        .update();
  }

  /** Tells the owner of a phone what happened, which stands; asks for nothing. */
  public void warn(Merchant merchant, Secret phone, Purpose purpose, Instant now) {
    Text text = new Text(phone, purpose, "", now);
    try {
      List<RowWrite> writes = texter.writes(merchant, text);
      if (!writes.isEmpty()) {
        decisions.carryOut(Change.at(now).writeAll(writes).build(), Map.of());
      }
    } catch (Refusal notWritten) {
      LOG.warn("a warning was not written: {}", notWritten.reason());
    }
    tell(merchant, text);
  }

  /** Draws a code, and says what must be written before it is sent. */
  public Draft draft(
      Merchant merchant,
      Member member,
      Secret phone,
      Purpose purpose,
      String subject,
      Instant now) {
    Secret code = new Secret(texter.draw(purpose));
    String topic = String.valueOf(member.id());
    Text text = new Text(topic, phone, purpose, subject, code, now, now.plus(VALIDITY));
    List<RowWrite> writes = new ArrayList<>();
    writes.add(replace(merchant, member, text, code));
    writes.addAll(sending(merchant, text));
    return new Draft(text, writes);
  }

  /**
   * What is written with a text before it is sent: that it counts among the phone's, where {@link
   * #QUOTA} fails if those are too many, and what the way to phones wants.
   */
  public List<RowWrite> sending(Merchant merchant, Text text) {
    Instant now = text.sentAt();
    long perDay = merchant.number("sms.perDay", PER_DAY);
    long perHour = merchant.number("sms.perHour", PER_HOUR);
    List<RowWrite> writes = new ArrayList<>();
    writes.add(count(0, text.phone(), perDay, DAY, now));
    writes.add(count(merchant.id(), text.phone(), perHour, HOUR, now));
    writes.addAll(texter.writes(merchant, text));
    return writes;
  }

  /** Sends a text whose writes are durable, or refuses: what it is about can be done again. */
  public void deliver(Merchant merchant, Text text) {
    texter.send(merchant, text);
  }

  /**
   * Sends a text about what stands and cannot be done again, such as an order under its number.
   * Where the way to phones is shut, nobody is told that what was done has failed.
   */
  public void tell(Merchant merchant, Text text) {
    try {
      texter.send(merchant, text);
    } catch (Refusal shut) {
      LOG.warn("a text did not leave: {}", text.purpose());
    }
  }

  /**
   * Tries a code. The try counts at once, whatever becomes of it; the answer is the write that
   * marks the code used, and belongs into the change that the code confirms.
   */
  public RowWrite redeem(
      Merchant merchant,
      Member member,
      Secret phone,
      Purpose purpose,
      String subject,
      String code,
      Instant now) {
    byte[] index = index(merchant.id(), phone);
    Optional<Tried> tried =
        jdbc.sql(TRY)
            .params(
                merchant.id(),
                member.id(),
                index,
                purpose.name(),
                subject,
                TRIES,
                Columns.time(now))
            .query((row, n) -> new Tried(row.getLong("id"), Bytes.of(row.getBytes("code_digest"))))
            .optional();
    if (tried.isEmpty()
        || !Bytes.of(digest(merchant, tried.get().id(), code)).proves(tried.get().digest())) {
      throw Refusal.of(Reason.WRONG_CODE);
    }
    return RowWrite.of(
        ROW,
        USE,
        now,
        merchant.id(),
        member.id(),
        index,
        purpose.name(),
        subject,
        tried.get().id());
  }

  private RowWrite replace(Merchant merchant, Member member, Text text, Secret code) {
    long id = Ids.next();
    Instant now = text.sentAt();
    return RowWrite.of(
        ROW,
        REPLACE,
        merchant.id(),
        member.id(),
        index(merchant.id(), text.phone()),
        text.purpose().name(),
        text.subject(),
        id,
        digest(merchant, id, code.reveal()),
        now,
        text.expiresAt(),
        now.minusSeconds(merchant.number("sms.resendSeconds", RESEND_SECONDS)));
  }

  private RowWrite count(int merchant, Secret phone, long limit, Duration window, Instant now) {
    Instant since = now.minus(window);
    return RowWrite.of(QUOTA, COUNT, merchant, index(merchant, phone), now, since, since, limit);
  }

  private byte[] index(int merchant, Secret phone) {
    return vault.index("phone", merchant, phone.reveal());
  }

  private byte[] digest(Merchant merchant, long id, String code) {
    return vault.index("one-time-code", merchant.id(), id + ":" + code);
  }
}
