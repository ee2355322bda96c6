package io.tongbao.server.notice;

import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a notice, taken apart by this one parser and put together again from its parts, so
 * that nobody behind it reads it differently (THREATS T-X4). Takes plain absolute http and https
 * URLs: no user, no fragment, no backslash, no odd spelling of a number or dot.
 *
 * @param host in lower-case ASCII; an IPv6 address in brackets
 * @param rest path and query as they came, at least {@code "/"}
 */
record NoticeUrl(boolean secure, String host, int port, String rest) {
  private static final int LONGEST = 512;
  private static final int LONGEST_HOST = 253;
  private static final int MOST_PORT = 65_535;
  private static final Pattern SHAPE =
      Pattern.compile(
          "\\A(?i:(https?))://"
              + "(\\[[0-9A-Fa-f:.]{2,45}\\]|[^\\x00-\\x20/?#\\\\@:\\[\\]%\"<>^`{|}\\x7f]{1,253})"
              + "(?::([0-9]{1,5}))?"
              + "([/?][\\x21\\x24-\\x3b\\x3d\\x3f-\\x5b\\x5d\\x5f\\x61-\\x7a\\x7e]*)?\\z");
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final Pattern NAME =
      Pattern.compile(
          "\\A(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?\\z");
  private static final Pattern DOTTED_QUAD =
      Pattern.compile(
          "\\A(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!\\z)|\\z)){4}\\z");

  /** The parts; empty where it is not an address that we would dial. */
  static Optional<NoticeUrl> parse(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (text.length() > LONGEST || !shape.matches() || BROKEN_ESCAPE.matcher(text).find()) {
      return Optional.empty();
    }
    boolean secure = shape.group(1).equalsIgnoreCase("https");
    String host = host(shape.group(2));
    int port = shape.group(3) == null ? standard(secure) : Integer.parseInt(shape.group(3));
    if (host == null || port < 1 || port > MOST_PORT) {
      return Optional.empty();
    }
    String rest = shape.group(4) == null ? "/" : shape.group(4);
    return Optional.of(new NoticeUrl(secure, host, port, rest.startsWith("?") ? "/" + rest : rest));
  }

  /** The address that the host is, where it is one and not a name. */
  Optional<InetAddress> literal() {
    boolean literal = host.startsWith("[") || DOTTED_QUAD.matcher(host).matches();
    return literal ? Optional.of(InetAddress.ofLiteral(bare())) : Optional.empty();
  }

  /** The host without brackets. */
  String bare() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Scheme, host and port: what notices are isolated by. */
  String origin() {
    return (secure ? "https://" : "http://") + host + ":" + port;
  }

  /** The whole address, with the port only where it is not the scheme's own. */
  @Override
  public String toString() {
    String place = port == standard(secure) ? host : host + ":" + port;
    return (secure ? "https://" : "http://") + place + rest;
  }

  URI uri(String query) {
    String joined = query.isEmpty() ? "" : (rest.indexOf('?') < 0 ? "?" : "&") + query;
    return URI.create(this + joined);
  }

  private static int standard(boolean secure) {
    return secure ? 443 : 80;
  }

  private static @Nullable String host(String text) {
    if (text.startsWith("[")) {
      return ipv6(text.substring(1, text.length() - 1));
    }
    if (DOTTED_QUAD.matcher(text).matches()) {
      return text;
    }
    String ascii = ascii(text);
    return ascii != null && ascii.length() <= LONGEST_HOST && NAME.matcher(ascii).matches()
        ? ascii
        : null;
  }

  /** An address in its one spelling; also what stands for an IPv4 address becomes that. */
  private static @Nullable String ipv6(String text) {
    try {
      InetAddress address = InetAddress.ofLiteral(text);
      String plain = address.getHostAddress();
      return address instanceof Inet6Address ? "[" + plain + "]" : plain;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** A name in ASCII; nothing where its spelling hides another (wide letters, odd dots). */
  private static @Nullable String ascii(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (NAME.matcher(lower).matches()) {
      return lower;
    }
    try {
      String ascii = IDN.toASCII(lower, IDN.USE_STD3_ASCII_RULES);
      return IDN.toUnicode(ascii).equals(lower) ? ascii.toLowerCase(Locale.ROOT) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
