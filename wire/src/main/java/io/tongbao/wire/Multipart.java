package io.tongbao.wire;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The named parts of a {@code multipart/form-data} body, read from the bytes as received. A part's
 * file name and content type decide nothing; parts without a name, and whatever stands before the
 * first or behind the last boundary, are passed over. Specification: payout §2.4.
 */
public final class Multipart {
  /** The most parts that are read. */
  public static final int MOST_PARTS = 100;

  private static final int LONGEST_HEAD = 8 * 1024;
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "\\Amultipart/form-data\\s*;(?:.*;)?\\s*boundary=(?:\"([^\"\r\n]{1,70})\"|([!-~&&[^\";]]{1,70}))"
              + "\\s*(?:;.*)?\\z",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile(
          "(?:\\A|\r\n)content-disposition: *form-data"
              + "(?: *; *(?!name=)[a-z*]+=(?:\"[^\"\r\n]*\"|[^\\s;\"]*))*+"
              + " *; *name=(?:\"([^\"\r\n]*)\"|([^\\s;\"]+))",
          Pattern.CASE_INSENSITIVE);
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final byte[] body;
  private final List<Part> parts;

  private record Part(String name, int from, int to) {}

  private Multipart(byte[] body, List<Part> parts) {
    this.body = body;
    this.parts = parts;
  }

  /** Whether this content type announces such a body. */
  public static boolean isAnnouncedBy(@Nullable String contentType) {
    return contentType != null && BOUNDARY.matcher(contentType).matches();
  }

  /** Reads a body under the content type that announced it, or refuses it. */
  public static Multipart read(String contentType, Bytes body) {
    Matcher announced = BOUNDARY.matcher(contentType);
    if (!announced.matches()) {
      throw broken();
    }
    String boundary = announced.group(1) == null ? announced.group(2) : announced.group(1);
    byte[] bytes = body.toArray();
    return new Multipart(bytes, parts(bytes, ("--" + boundary).getBytes(StandardCharsets.UTF_8)));
  }

  /** The content of the part of this name; null where there is none. Twice is refused. */
  public @Nullable Bytes one(String name) {
    Part found = null;
    for (Part part : parts) {
      if (!part.name().equals(name)) {
        continue;
      }
      if (found != null) {
        throw Refusal.of(Refusal.Reason.MALFORMED, name);
      }
      found = part;
    }
    return found == null ? null : Bytes.of(Arrays.copyOfRange(body, found.from(), found.to()));
  }

  /** The text of a part; null where it is absent or empty. Text that is not UTF-8 is refused. */
  public @Nullable String text(String name) {
    Bytes content = one(name);
    return content == null || content.size() == 0 ? null : Utf8.text(content.toArray());
  }

  private static List<Part> parts(byte[] body, byte[] dashes) {
    List<Part> parts = new ArrayList<>();
    int at = firstDelimiter(body, dashes);
    for (int count = 0; !isLast(body, at); count++) {
      if (count == MOST_PARTS) {
        throw Refusal.of(Refusal.Reason.TOO_LARGE);
      }
      int head = endOfLine(body, at);
      int next = delimiter(body, dashes, head);
      Part part = part(body, head, next);
      if (part != null) {
        parts.add(part);
      }
      at = next + 2 + dashes.length;
    }
    return List.copyOf(parts);
  }

  /** Behind the first delimiter, which may stand at the very beginning. */
  private static int firstDelimiter(byte[] body, byte[] dashes) {
    if (startsAt(body, dashes, 0)) {
      return dashes.length;
    }
    return delimiter(body, dashes, 0) + 2 + dashes.length;
  }

  /** Where the next line end with a delimiter behind it begins; its absence is refused. */
  private static int delimiter(byte[] body, byte[] dashes, int from) {
    for (int at = Math.max(0, from); at + 2 + dashes.length <= body.length; at++) {
      if (body[at] == '\r' && body[at + 1] == '\n' && startsAt(body, dashes, at + 2)) {
        return at;
      }
    }
    throw broken();
  }

  private static boolean isLast(byte[] body, int at) {
    return at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
  }

  /** The line end behind a delimiter; blanks may stand before it, nothing else. */
  private static int endOfLine(byte[] body, int from) {
    int at = from;
    while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
      at++;
    }
    if (at + 1 < body.length && body[at] == '\r' && body[at + 1] == '\n') {
      return at;
    }
    throw broken();
  }

  /** A part between the line end before its head and the one before the next delimiter. */
  private static @Nullable Part part(byte[] body, int head, int end) {
    int limit = Math.min(end, head + LONGEST_HEAD);
    for (int at = head; at + END_OF_HEAD.length <= limit; at++) {
      if (startsAt(body, END_OF_HEAD, at)) {
        Matcher name = NAME.matcher(new String(body, head, at - head, StandardCharsets.UTF_8));
        int from = at + END_OF_HEAD.length;
        return name.find() ? new Part(nameIn(name), from, end) : null;
      }
    }
    return null;
  }

  private static String nameIn(Matcher name) {
    return name.group(1) == null ? name.group(2) : name.group(1);
  }

  private static boolean startsAt(byte[] body, byte[] wanted, int at) {
    return at + wanted.length <= body.length
        && Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private static Refusal broken() {
    return Refusal.of(Refusal.Reason.MALFORMED, "multipart");
  }
}
