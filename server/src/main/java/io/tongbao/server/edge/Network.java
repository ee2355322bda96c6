package io.tongbao.server.edge;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import java.net.InetAddress;

/** A range of addresses, as CIDR: {@code 10.1.0.0/16}, {@code 2001:db8::/32}, or one address. */
public record Network(Bytes first, int prefix) {

  /** Reads CIDR; names are not looked up. */
  public static Network of(String cidr) {
    int slash = cidr.indexOf('/');
    try {
      byte[] address = address(slash < 0 ? cidr : cidr.substring(0, slash));
      int bits = address.length * 8;
      int prefix = slash < 0 ? bits : Integer.parseInt(cidr.substring(slash + 1));
      if (prefix < 0 || prefix > bits) {
        throw Refusal.of(Refusal.Reason.BAD_FIELD, "CIDR");
      }
      return new Network(Bytes.of(address), prefix);
    } catch (IllegalArgumentException notAnAddress) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "CIDR");
    }
  }

  /** Whether the address, written in digits, lies in this range. */
  public boolean has(String address) {
    byte[] asked;
    try {
      asked = address(address);
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
    byte[] mine = first.toArray();
    return asked.length == mine.length && sameBits(asked, mine);
  }

  /** The JDK reads {@code 10.1} as well; we do not guess what somebody meant by that. */
  private static byte[] address(String literal) {
    boolean four = literal.chars().filter(c -> c == '.').count() == 3;
    if (!four && literal.indexOf(':') < 0) {
      throw new IllegalArgumentException("not an address");
    }
    return InetAddress.ofLiteral(literal).getAddress();
  }

  private boolean sameBits(byte[] asked, byte[] mine) {
    int whole = prefix / 8;
    for (int i = 0; i < whole; i++) {
      if (asked[i] != mine[i]) {
        return false;
      }
    }
    int rest = prefix % 8;
    return rest == 0 || ((asked[whole] ^ mine[whole]) & 0xff) >> (8 - rest) == 0;
  }
}
