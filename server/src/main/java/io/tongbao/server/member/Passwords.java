package io.tongbao.server.member;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.RowWrite;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Payment passwords: six digits, neither all the same nor in a row. Five errors lock one for three
 * hours; an error is counted before the digits are looked at, so that guessing in parallel gains
 * nothing. Specification escrow §4.1.20 to §4.1.26; THREATS T3-8.
 */
@Component
public final class Passwords {
  /** How many errors lock a password. */
  public static final int ERRORS = 5;

  /** For how long they do. */
  public static final Duration LOCKED = Duration.ofHours(3);

  /**
   * How many are checked at a time: who guesses in parallel waits, and takes nobody's connection.
   */
  private static final int AT_A_TIME = 4;

  private static final Pattern DIGITS = Pattern.compile("\\A[0-9]{6}\\z");
  private static final String ROW = "payment password";

  private static final String INSERT =
      """
      INSERT INTO payment_password (merchant_id, member_id, kind, salt, digest, changed_at)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;
  private static final String REPLACE =
      """
      UPDATE payment_password
         SET salt = ?, digest = ?, changed_at = ?, errors = 0, locked_until = NULL
       WHERE merchant_id = ? AND member_id = ? AND kind = ?
      """;
  private static final String MARK =
      "UPDATE member SET password_set = true WHERE merchant_id = ? AND id = ? AND NOT locked";
  private static final String COUNT =
      """
      UPDATE payment_password
         SET errors = CASE WHEN locked_until IS NULL THEN errors + 1 ELSE 1 END,
             locked_until = CASE WHEN locked_until IS NULL AND errors + 1 >= :most THEN :until END
       WHERE merchant_id = :merchant AND member_id = :member AND kind = :kind
         AND (locked_until IS NULL OR locked_until <= :now)
      RETURNING salt, digest, errors
      """;
  private static final String FORGET_ERRORS =
      """
      UPDATE payment_password SET errors = 0, locked_until = NULL
       WHERE merchant_id = ? AND member_id = ? AND kind = ?
      """;
  private static final String COUNT_FOR_MEMBER =
      "UPDATE member SET pay_failures = ? WHERE merchant_id = ? AND id = ?";

  private record Counted(Bytes salt, Bytes digest, int errors) {}

  private final JdbcClient jdbc;
  private final Decisions decisions;
  private final PasswordDigest digests;
  private final Semaphore room = new Semaphore(AT_A_TIME);

  Passwords(JdbcClient jdbc, Decisions decisions, PasswordDigest digests) {
    this.jdbc = jdbc;
    this.decisions = decisions;
    this.digests = digests;
  }

  /** Refuses what nobody's password can be, before an error is counted. */
  public static void requireDigits(@Nullable Secret password, String field) {
    if (password != null && !DIGITS.matcher(password.reveal()).matches()) {
      throw Refusal.of(Reason.BAD_FIELD, field);
    }
  }

  /** Refuses what is no good password; {@code field} is its wire name. */
  public static Secret wellFormed(Secret password, String field) {
    requireDigits(password, field);
    String digits = password.reveal();
    if (isRow(digits, 0) || isRow(digits, 1) || isRow(digits, -1)) {
      throw Refusal.of(Reason.BAD_FIELD, field);
    }
    return password;
  }

  private static boolean isRow(String digits, int step) {
    for (int i = 1; i < digits.length(); i++) {
      if (digits.charAt(i) - digits.charAt(i - 1) != step) {
        return false;
      }
    }
    return true;
  }

  public boolean isSet(Member member, PasswordKind kind) {
    return jdbc.sql(
                """
                SELECT count(*) FROM payment_password
                WHERE merchant_id = ? AND member_id = ? AND kind = ?
                """)
            .params(member.merchantId(), member.id(), kind.name())
            .query(Integer.class)
            .single()
        > 0;
  }

  /**
   * Sets the first password.
   *
   * @param with what must be written with it: the used code, the news
   */
  public void set(
      Member member, PasswordKind kind, Secret password, List<RowWrite> with, Instant now) {
    Bytes salt = digests.salt();
    Bytes digest = digests.of(member, kind, password, salt);
    Change.Builder change =
        Change.at(now)
            .write(
                RowWrite.of(
                    ROW,
                    INSERT,
                    member.merchantId(),
                    member.id(),
                    kind.name(),
                    salt.toArray(),
                    digest.toArray(),
                    now))
            .writeAll(with);
    if (kind == PasswordKind.PAY) {
      change.write(RowWrite.of("member", MARK, member.merchantId(), member.id()));
    }
    decisions.carryOut(
        change.build(),
        Map.of(
            ROW,
            Refusal.of(Reason.PASSWORD_ALREADY_SET, "bizUserId"),
            "member",
            Refusal.of(Reason.MEMBER_LOCKED, "bizUserId"),
            Codes.ROW,
            Refusal.of(Reason.WRONG_CODE)));
  }

  /** Puts another password in the place of one that is set, and forgets its errors. */
  public void replace(
      Member member, PasswordKind kind, Secret password, List<RowWrite> with, Instant now) {
    Bytes salt = digests.salt();
    Bytes digest = digests.of(member, kind, password, salt);
    RowWrite write =
        RowWrite.of(
            ROW,
            REPLACE,
            salt.toArray(),
            digest.toArray(),
            now,
            member.merchantId(),
            member.id(),
            kind.name());
    decisions.carryOut(
        Change.at(now).write(write).writeAll(with).build(),
        Map.of(
            ROW,
            Refusal.of(Reason.PASSWORD_NOT_SET, "bizUserId"),
            Codes.ROW,
            Refusal.of(Reason.WRONG_CODE)));
  }

  /**
   * Refuses unless the password is right: WRONG_PASSWORD, whose subject is how many tries are left,
   * PASSWORD_LOCKED, or PASSWORD_NOT_SET.
   */
  public void require(Member member, PasswordKind kind, Secret password, Instant now) {
    room.acquireUninterruptibly();
    try {
      check(member, kind, password, now);
    } finally {
      room.release();
    }
  }

  private void check(Member member, PasswordKind kind, Secret password, Instant now) {
    Counted counted = count(member, kind, now).orElseThrow(() -> notCounted(member, kind));
    Bytes digest = digests.of(member, kind, password, counted.salt());
    boolean right = digest.proves(counted.digest());
    if (kind == PasswordKind.PAY) {
      jdbc.sql(COUNT_FOR_MEMBER)
          .params(right ? 0 : counted.errors(), member.merchantId(), member.id())
          .update();
    }
    if (right) {
      jdbc.sql(FORGET_ERRORS).params(member.merchantId(), member.id(), kind.name()).update();
      return;
    }
    if (counted.errors() >= ERRORS) {
      throw Refusal.of(Reason.PASSWORD_LOCKED, "password");
    }
    throw Refusal.of(Reason.WRONG_PASSWORD, String.valueOf(ERRORS - counted.errors()));
  }

  private Refusal notCounted(Member member, PasswordKind kind) {
    Reason reason = isSet(member, kind) ? Reason.PASSWORD_LOCKED : Reason.PASSWORD_NOT_SET;
    return Refusal.of(reason, "password");
  }

  private Optional<Counted> count(Member member, PasswordKind kind, Instant now) {
    return jdbc.sql(COUNT)
        .param("most", ERRORS)
        .param("until", Columns.time(now.plus(LOCKED)))
        .param("merchant", member.merchantId())
        .param("member", member.id())
        .param("kind", kind.name())
        .param("now", Columns.time(now))
        .query(Passwords::counted)
        .optional();
  }

  private static Counted counted(ResultSet row, int number) throws SQLException {
    return new Counted(
        Bytes.of(row.getBytes("salt")), Bytes.of(row.getBytes("digest")), row.getInt("errors"));
  }
}
