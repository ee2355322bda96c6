package io.tongbao.server.edge;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Values of one token. Tolerant where clients differ (a number as a text, a text of digits as a
 * number, a boolean as a text) and no further.
 */
enum Scalar implements Values {
  TEXT(String.class) {
    @Override
    public Object read(String field, JsonNode value, Spelling spelling) {
      return text(field, value);
    }

    @Override
    public void write(JsonGenerator out, Object value, Spelling spelling) {
      out.writeString((String) value);
    }
  },
  LONG(Long.class, long.class) {
    @Override
    public Object read(String field, JsonNode value, Spelling spelling) {
      return number(field, value);
    }

    @Override
    public void write(JsonGenerator out, Object value, Spelling spelling) {
      out.writeNumber((long) value);
    }
  },
  INTEGER(Integer.class, int.class) {
    @Override
    public Object read(String field, JsonNode value, Spelling spelling) {
      long number = number(field, value);
      if (number != (int) number) {
        throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
      }
      return (int) number;
    }

    @Override
    public void write(JsonGenerator out, Object value, Spelling spelling) {
      out.writeNumber((int) value);
    }
  },
  BOOLEAN(Boolean.class, boolean.class) {
    @Override
    public Object read(String field, JsonNode value, Spelling spelling) {
      if (value.isBoolean()) {
        return value.booleanValue();
      }
      return switch (text(field, value)) {
        case "true" -> true;
        case "false" -> false;
        case String other -> throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
      };
    }

    @Override
    public void write(JsonGenerator out, Object value, Spelling spelling) {
      out.writeBoolean((boolean) value);
    }
  },
  MONEY(Money.class) {
    @Override
    public Object read(String field, JsonNode value, Spelling spelling) {
      return spelling.money(field, value);
    }

    @Override
    public void write(JsonGenerator out, Object value, Spelling spelling) {
      spelling.write(out, (Money) value);
    }
  },
  TIME(Instant.class) {
    @Override
    public Object read(String field, JsonNode value, Spelling spelling) {
      return spelling.time(field, value);
    }

    @Override
    public void write(JsonGenerator out, Object value, Spelling spelling) {
      spelling.write(out, (Instant) value);
    }
  },
  DAY(LocalDate.class) {
    @Override
    public Object read(String field, JsonNode value, Spelling spelling) {
      return spelling.day(field, value);
    }

    @Override
    public void write(JsonGenerator out, Object value, Spelling spelling) {
      spelling.write(out, (LocalDate) value);
    }
  },
  SECRET(Secret.class) {
    @Override
    public Object read(String field, JsonNode value, Spelling spelling) {
      return spelling.secret(field, value);
    }

    @Override
    public void write(JsonGenerator out, Object value, Spelling spelling) {
      spelling.write(out, (Secret) value);
    }
  },
  /** Bytes that came beside the JSON, such as an uploaded picture; no JSON text can be one. */
  BYTES(Bytes.class) {
    @Override
    public Object read(String field, JsonNode value, Spelling spelling) {
      if (value.isBinary()) {
        return Bytes.of(value.binaryValue());
      }
      throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
    }

    @Override
    public void write(JsonGenerator out, Object value, Spelling spelling) {
      throw new IllegalStateException("no answer holds bytes");
    }
  },
  ANY(JsonNode.class) {
    @Override
    public Object read(String field, JsonNode value, Spelling spelling) {
      return value;
    }

    @Override
    public void write(JsonGenerator out, Object value, Spelling spelling) {
      out.writeTree((JsonNode) value);
    }
  };

  private static final Pattern WHOLE = Pattern.compile("\\A-?[0-9]{1,18}\\z");

  private final Class<?> type;
  private final Class<?> primitive;

  Scalar(Class<?> type) {
    this(type, type);
  }

  Scalar(Class<?> type, Class<?> primitive) {
    this.type = type;
    this.primitive = primitive;
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
    return Arrays.stream(values())
        .filter(scalar -> scalar.type == type || scalar.primitive == type)
        .findFirst();
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
}
