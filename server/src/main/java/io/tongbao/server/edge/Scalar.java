package io.tongbao.server.edge;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import java.lang.invoke.MethodType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Values of one token. Tolerant where clients differ (a number as a text, a text of digits as a
 * number, a boolean as a text) and no further.
 */
record Scalar(Class<?> type, Reader reader, Writer writer) implements Values {
  private static final List<Scalar> ALL =
      List.of(
          new Scalar(
              String.class,
              (field, value, _) -> text(field, value),
              (out, value, _) -> out.writeString((String) value)),
          new Scalar(
              Long.class,
              (field, value, _) -> number(field, value),
              (out, value, _) -> out.writeNumber((long) value)),
          new Scalar(
              Integer.class,
              (field, value, _) -> integer(field, value),
              (out, value, _) -> out.writeNumber((int) value)),
          new Scalar(
              Boolean.class,
              (field, value, _) -> truth(field, value),
              (out, value, _) -> out.writeBoolean((boolean) value)),
          new Scalar(
              Money.class,
              (field, value, spelling) -> spelling.money(field, value),
              (out, value, spelling) -> spelling.write(out, (Money) value)),
          new Scalar(
              Instant.class,
              (field, value, spelling) -> spelling.time(field, value),
              (out, value, spelling) -> spelling.write(out, (Instant) value)),
          new Scalar(
              LocalDate.class,
              (field, value, spelling) -> spelling.day(field, value),
              (out, value, spelling) -> spelling.write(out, (LocalDate) value)),
          new Scalar(
              Secret.class,
              (field, value, spelling) -> spelling.secret(field, value),
              (out, value, spelling) -> spelling.write(out, (Secret) value)),
          // Bytes that came beside the JSON, such as an uploaded picture; no JSON text can be one.
          new Scalar(
              Bytes.class,
              (field, value, _) -> bytes(field, value),
              (_, _, _) -> {
                throw new IllegalStateException("no answer holds bytes");
              }),
          new Scalar(
              JsonNode.class,
              (_, value, _) -> value,
              (out, value, _) -> out.writeTree((JsonNode) value)));

  /** How a value is read. */
  interface Reader {
    Object read(String field, JsonNode value, Spelling spelling);
  }

  /** How a value is written. */
  interface Writer {
    void write(JsonGenerator out, Object value, Spelling spelling);
  }

  private static final Pattern WHOLE = Pattern.compile("\\A-?[0-9]{1,18}\\z");

  @Override
  public Object read(String field, JsonNode value, Spelling spelling) {
    return reader.read(field, value, spelling);
  }

  @Override
  public void write(JsonGenerator out, Object value, Spelling spelling) {
    writer.write(out, value, spelling);
  }

  @Override
  public String shown() {
    return type.getSimpleName();
  }

  static boolean has(Class<?> type) {
    return find(type).isPresent();
  }

  static Scalar of(Class<?> type) {
    return find(type).orElseThrow(() -> new IllegalStateException("no JSON for " + type.getName()));
  }

  private static Optional<Scalar> find(Class<?> type) {
    Class<?> boxed = MethodType.methodType(type).wrap().returnType();
    return ALL.stream().filter(scalar -> scalar.type == boxed).findFirst();
  }

  /** A text, or the digits of a whole number. */
  static String text(String field, JsonNode value) {
    if (value.isString()) {
      return value.stringValue();
    }
    if (value.isIntegralNumber()) {
      return value.bigIntegerValue().toString();
    }
    throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
  }

  /** A whole number that a {@code long} holds, or a text of one. */
  static long number(String field, JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    if (value.isString() && WHOLE.matcher(value.stringValue()).matches()) {
      return Long.parseLong(value.stringValue());
    }
    throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
  }

  private static int integer(String field, JsonNode value) {
    long number = number(field, value);
    if (number != (int) number) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
    }
    return (int) number;
  }

  private static boolean truth(String field, JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    return switch (text(field, value)) {
      case "true" -> true;
      case "false" -> false;
      case String _ -> throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
    };
  }

  private static Bytes bytes(String field, JsonNode value) {
    if (value.isBinary()) {
      return Bytes.of(value.binaryValue());
    }
    throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
  }
}
