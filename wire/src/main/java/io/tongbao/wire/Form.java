package io.tongbao.wire;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names and values as a form's body or a query carries them: UTF-8, percent-encoded. Reading is
 * tolerant where clients differ (a blank as {@code +} or {@code %20}, empty pairs, a line end after
 * the last) and strict where they could deceive: broken escapes, invalid UTF-8 and bare control
 * bytes are refused, and {@link #one} refuses a name that comes twice. Specifications: escrow §2.2,
 * payout chapter 4 §1.
 */
public final class Form {
  /** The most pairs that are read. */
  public static final int MOST_FIELDS = 100;

  /** One decoded pair. */
  public record Field(String name, String value) {}

  private final List<Field> fields;

  private Form(List<Field> fields) {
    this.fields = fields;
  }

  /** Reads the bytes of a body or a query, undecoded. */
  public static Form read(Bytes encoded) {
    byte[] bytes = encoded.toArray();
    int end = withoutLineEnd(bytes);
    List<Field> fields = new ArrayList<>();
    for (int from = 0; from < end; ) {
      int to = indexOf(bytes, '&', from, end);
      if (to > from) {
        fields.add(field(bytes, from, to));
      }
      if (fields.size() > MOST_FIELDS) {
        throw Refusal.of(Refusal.Reason.TOO_LARGE);
      }
      from = to + 1;
    }
    return new Form(List.copyOf(fields));
  }

  /** Undoes one percent-encoding of one value. */
  public static String decode(String encoded) {
    byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
    return decode(bytes, 0, bytes.length);
  }

  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Writes these pairs in their order, percent-encoded, a blank as {@code +}. */
  public static String write(Field... fields) {
    return List.of(fields).stream()
        .map(field -> encode(field.name()) + "=" + encode(field.value()))
        .collect(Collectors.joining("&"));
  }

  public List<Field> fields() {
    return fields;
  }

  public boolean has(String name) {
    return fields.stream().anyMatch(field -> field.name().equals(name));
  }

  /** The value of this name; null where it is absent or empty. Twice is refused. */
  public @Nullable String one(String name) {
    String found = null;
    for (Field field : fields) {
      if (!field.name().equals(name)) {
        continue;
      }
      if (found != null) {
        throw Refusal.of(Refusal.Reason.MALFORMED, name);
      }
      found = field.value();
    }
    return found == null || found.isEmpty() ? null : found;
  }

  /** The value of this name; absent or empty is refused by its name, twice is refused too. */
  public String required(String name) {
    String value = one(name);
    if (value == null) {
      throw Refusal.of(Refusal.Reason.MISSING_FIELD, name);
    }
    return value;
  }

  @Override
  public String toString() {
    return fields.stream().map(Field::name).toList().toString();
  }

  private static int withoutLineEnd(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
      end--;
    }
    return end;
  }

  private static Field field(byte[] bytes, int from, int to) {
    int equals = indexOf(bytes, '=', from, to);
    String value = equals == to ? "" : decode(bytes, equals + 1, to);
    return new Field(decode(bytes, from, equals), value);
  }

  private static int indexOf(byte[] bytes, char wanted, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  private static String decode(byte[] bytes, int from, int to) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(to - from);
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b == '%') {
        plain.write(hex(bytes, at + 1, to) << 4 | hex(bytes, at + 2, to));
        at += 2;
        continue;
      }
      if ((b >= 0 && b < 0x20) || b == 0x7f) {
        throw Refusal.of(Refusal.Reason.MALFORMED);
      }
      plain.write(b == '+' ? ' ' : b);
    }
    return Utf8.text(plain.toByteArray());
  }

  private static int hex(byte[] bytes, int at, int to) {
    int digit = at < to && bytes[at] >= 0 ? Character.digit(bytes[at], 16) : -1;
    if (digit < 0) {
      throw Refusal.of(Refusal.Reason.MALFORMED);
    }
    return digit;
  }
}
