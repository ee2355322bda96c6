package io.tongbao.server.escrow;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Spelling;
import io.tongbao.wire.crypto.RsaType1;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * How the escrow face writes: whole fen, Beijing wall time, and fields "encrypted" with a private
 * key, which the public key opens. Specification §2.4, §3.1, §6.1.
 */
final class EscrowSpelling implements Spelling {
  /** The shapes that stored values of ours have, the strictest first. */
  private static final List<RsaType1.Shape> SEALED =
      List.of(RsaType1.Shape.ACCOUNT, RsaType1.Shape.IDENTITY, RsaType1.Shape.DOCUMENT);

  private final PublicKey theirs;
  private final PrivateKey ours;

  EscrowSpelling(PublicKey theirs, PrivateKey ours) {
    this.theirs = theirs;
    this.ours = ours;
  }

  /** Zero is an amount too (a fee); who wants more says so. */
  @Override
  public Money money(String field, JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      long fen = value.longValue();
      if (fen >= 0 && fen <= Money.MAX.fen()) {
        return Money.ofFen(fen);
      }
      throw Refusal.of(Refusal.Reason.BAD_AMOUNT, field);
    }
    if (!value.isString()) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
    }
    try {
      return Money.parseFen(value.stringValue());
    } catch (Refusal notFen) {
      throw Refusal.of(Refusal.Reason.BAD_AMOUNT, field);
    }
  }

  @Override
  public Instant time(String field, JsonNode value) {
    return parsed(field, value, BeijingTime::parseSeconds);
  }

  @Override
  public LocalDate day(String field, JsonNode value) {
    return parsed(field, value, BeijingTime::parseDay);
  }

  @Override
  public Secret secret(String field, JsonNode value) {
    if (!value.isString()) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
    }
    try {
      return RsaType1.open(value.stringValue(), theirs);
    } catch (Refusal unreadable) {
      throw Refusal.of(unreadable.reason(), field);
    }
  }

  @Override
  public void write(JsonGenerator out, Money money) {
    out.writeNumber(money.fen());
  }

  @Override
  public void write(JsonGenerator out, Instant time) {
    out.writeString(BeijingTime.seconds(time));
  }

  @Override
  public void write(JsonGenerator out, LocalDate day) {
    out.writeString(BeijingTime.day(day));
  }

  /**
   * Sealing with the private key is signing: only card, account and paper numbers of strict shapes
   * get there (THREATS T3-1). Anything else among our answers is a bug.
   */
  @Override
  public void write(JsonGenerator out, Secret secret) {
    for (RsaType1.Shape shape : SEALED) {
      if (shape.admits(secret)) {
        out.writeString(RsaType1.seal(shape, secret, ours));
        return;
      }
    }
    throw new IllegalStateException("an answer holds a secret that must not be sealed");
  }

  private static <T> T parsed(String field, JsonNode value, Function<String, T> parse) {
    if (!value.isString()) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
    }
    try {
      return parse.apply(value.stringValue());
    } catch (DateTimeException notATime) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
    }
  }
}
