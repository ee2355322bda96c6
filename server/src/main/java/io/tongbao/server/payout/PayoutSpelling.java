package io.tongbao.server.payout;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Spelling;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * How the payout face writes: yuan as text such as {@code "12.30"} and Beijing wall time. Secrets
 * stand as plain text, because all of {@code data} is encrypted. Specification chapter 5 §2.
 */
final class PayoutSpelling implements Spelling {
  private static final Pattern NEGATIVE = Pattern.compile("\\A-[0-9]{1,10}(?:\\.[0-9]{1,2})?\\z");

  @Override
  public Money money(String field, JsonNode value) {
    String text = text(field, value);
    if (NEGATIVE.matcher(text).matches()) {
      throw Refusal.of(Refusal.Reason.NEGATIVE_AMOUNT, field);
    }
    try {
      return Money.parseYuan(text);
    } catch (Refusal notYuan) {
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
    if (value.isNumber() && !value.isIntegralNumber()) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
    }
    return new Secret(text(field, value));
  }

  @Override
  public void write(JsonGenerator out, Money money) {
    out.writeString(money.yuan());
  }

  @Override
  public void write(JsonGenerator out, Instant time) {
    out.writeString(BeijingTime.seconds(time));
  }

  @Override
  public void write(JsonGenerator out, LocalDate day) {
    out.writeString(BeijingTime.day(day));
  }

  @Override
  public void write(JsonGenerator out, Secret secret) {
    out.writeString(secret.reveal());
  }

  /** A text, or a number's digits as they were written. */
  private static String text(String field, JsonNode value) {
    if (value.isString()) {
      return value.stringValue();
    }
    if (value.isNumber()) {
      return value.decimalValue().toString();
    }
    throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
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
