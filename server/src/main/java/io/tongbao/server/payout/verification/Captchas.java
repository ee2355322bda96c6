package io.tongbao.server.payout.verification;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Codes;
import io.tongbao.server.member.Purpose;
import io.tongbao.server.member.Text;
import io.tongbao.server.member.Texter;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.payout.verification.Registry.Claim;
import io.tongbao.server.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Codes by which the owner of a phone says yes to the verification of a card. One lives a minute;
 * whoever asks again meanwhile hears the same {@code ref}, and no second text is sent. It may be
 * tried five times and used once (THREATS T-X16). Specification §2.3 (1.1) and (1.2).
 */
@Component
final class Captchas implements Job {
  static final Duration VALIDITY = Duration.ofMinutes(1);

  private static final Duration KEPT = Duration.ofDays(1);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final String ROW = "captcha";

  private static final String REPLACE =
      """
      INSERT INTO payout_captcha AS c
        (merchant_id, claim_index, id, ref, code_digest, sent_at, expires_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (merchant_id, claim_index) DO UPDATE
        SET id = excluded.id, ref = excluded.ref, code_digest = excluded.code_digest, tries = 0,
            sent_at = excluded.sent_at, expires_at = excluded.expires_at, used_at = NULL
      WHERE c.expires_at <= excluded.sent_at
      """;
  private static final String TRY =
      """
      UPDATE payout_captcha SET tries = tries + 1
       WHERE merchant_id = ? AND claim_index = ? AND ref = ?
         AND used_at IS NULL AND tries < ? AND expires_at > ?
      RETURNING id, code_digest
      """;
  private static final String USE =
      """
      UPDATE payout_captcha SET used_at = ?
       WHERE merchant_id = ? AND claim_index = ? AND id = ? AND used_at IS NULL
      """;

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Vault vault;
  private final Codes codes;
  private final Texter texter;
  private final Map<Integer, Instant> cleared = new ConcurrentHashMap<>();

  Captchas(JdbcClient jdbc, Ledger ledger, Vault vault, Codes codes, Texter texter) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.vault = vault;
    this.codes = codes;
    this.texter = texter;
  }

  private record Tried(long id, Bytes digest) {}

  /** Sends a code unless one is on its way already, and gives the ref to confirm it by. */
  String send(Merchant dealer, Claim claim, Secret phone, Instant now) {
    byte[] index = index(dealer, claim);
    Optional<String> living = living(dealer, index, now);
    if (living.isPresent()) {
      return living.get();
    }
    Secret code = new Secret(texter.draw(Purpose.VERIFY_CARD));
    long id = Ids.next();
    String topic = Bytes.of(index).hex();
    Text text = new Text(topic, phone, Purpose.VERIFY_CARD, "", code, now, now.plus(VALIDITY));
    String ref = Bytes.ofHex(Ids.token().substring(0, 32)).base64();
    Change change =
        Change.at(now)
            .write(
                RowWrite.of(
                    ROW,
                    REPLACE,
                    dealer.id(),
                    index,
                    id,
                    ref,
                    digest(dealer, id, code.reveal()),
                    now,
                    now.plus(VALIDITY)))
            .writeAll(codes.sending(dealer, text))
            .build();
    return switch (ledger.commit(change)) {
      case Outcome.Committed _ -> {
        deliver(dealer, text, id);
        yield ref;
      }
      case Outcome.Conflict(String row) when row.equals(ROW) ->
          living(dealer, index, now).orElseThrow(() -> Refusal.of(Reason.BUSY));
      case Outcome.Conflict _ -> throw Refusal.of(Reason.CODE_TOO_SOON);
      case Outcome.Refused _ -> throw Refusal.of(Reason.BUSY);
    };
  }

  /** A code that nobody was sent is forgotten: else whoever asks again would hear that it was. */
  private void deliver(Merchant dealer, Text text, long id) {
    try {
      texter.send(dealer, text);
    } catch (Refusal unsent) {
      jdbc.sql("DELETE FROM payout_captcha WHERE merchant_id = ? AND id = ?")
          .params(dealer.id(), id)
          .update();
      throw unsent;
    }
  }

  /** Uses a code up, or refuses it. Each try counts, whatever becomes of it. */
  void confirm(Merchant dealer, Claim claim, String ref, String code, Instant now) {
    byte[] index = index(dealer, claim);
    Tried tried =
        jdbc.sql(TRY)
            .params(dealer.id(), index, ref, Codes.TRIES, time(now))
            .query((row, _) -> new Tried(row.getLong("id"), Bytes.of(row.getBytes("code_digest"))))
            .optional()
            .orElseThrow(() -> Refusal.of(Reason.WRONG_CODE));
    if (!Bytes.of(digest(dealer, tried.id(), code)).proves(tried.digest())) {
      throw Refusal.of(Reason.WRONG_CODE);
    }
    RowWrite use = RowWrite.of(ROW, USE, now, dealer.id(), index, tried.id());
    switch (ledger.commit(Change.at(now).write(use).build())) {
      case Outcome.Committed _ -> {}
      case Outcome.Conflict _ -> throw Refusal.of(Reason.WRONG_CODE);
      case Outcome.Refused _ -> throw Refusal.of(Reason.BUSY);
    }
  }

  @Override
  public String name() {
    return "forget-captchas";
  }

  @Override
  public int run(Merchant merchant, Instant now) {
    Instant last = cleared.get(merchant.id());
    if (merchant.face() != Face.PAYOUT || (last != null && now.isBefore(last.plus(PAUSE)))) {
      return 0;
    }
    cleared.put(merchant.id(), now);
    return jdbc.sql("DELETE FROM payout_captcha WHERE merchant_id = ? AND expires_at < ?")
        .params(merchant.id(), time(now.minus(KEPT)))
        .update();
  }

  private Optional<String> living(Merchant dealer, byte[] index, Instant now) {
    return jdbc.sql(
            """
            SELECT ref FROM payout_captcha
             WHERE merchant_id = ? AND claim_index = ? AND expires_at > ?
            """)
        .params(dealer.id(), index, time(now))
        .query(String.class)
        .optional();
  }

  /** Each part with its length before it, so that none runs over into the next. */
  private byte[] index(Merchant dealer, Claim claim) {
    String said =
        Stream.of(claim.name(), claim.idCard(), claim.card(), claim.mobile())
            .map(part -> part == null ? "" : part.reveal())
            .map(text -> text.length() + ":" + text)
            .collect(Collectors.joining());
    return vault.index("payout-captcha", dealer.id(), said);
  }

  private byte[] digest(Merchant dealer, long id, String code) {
    return vault.index("payout-captcha-code", dealer.id(), id + ":" + code);
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
