package io.tongbao.server.notice;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses notices may be sent to: global unicast ones (THREATS T-X4). An IPv6 address that
 * stands for an IPv4 one is judged by that.
 */
final class Networks {
  private static final List<Network> CLOSED_4 =
      List.of(
          Network.of("0.0.0.0", 8),
          Network.of("10.0.0.0", 8),
          Network.of("100.64.0.0", 10),
          Network.of("127.0.0.0", 8),
          Network.of("169.254.0.0", 16),
          Network.of("172.16.0.0", 12),
          Network.of("192.0.0.0", 24),
          Network.of("192.0.2.0", 24),
          Network.of("192.88.99.0", 24),
          Network.of("192.168.0.0", 16),
          Network.of("198.18.0.0", 15),
          Network.of("198.51.100.0", 24),
          Network.of("203.0.113.0", 24),
          Network.of("224.0.0.0", 4),
          Network.of("240.0.0.0", 4));
  private static final Network GLOBAL_6 = Network.of("2000::", 3);
  private static final List<Network> CLOSED_6 =
      List.of(
          Network.of("2001::", 23),
          Network.of("2001:db8::", 32),
          Network.of("2002::", 16),
          Network.of("3fff::", 20));
  private static final Network TRANSLATED = Network.of("64:ff9b::", 96);
  private static final int BYTES_4 = 4;
  private static final int BYTES_6 = 16;

  private Networks() {}

  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return CLOSED_4.stream().noneMatch(network -> network.contains(bytes));
    }
    if (TRANSLATED.contains(bytes)) {
      return isPublic(embedded(bytes));
    }
    return GLOBAL_6.contains(bytes)
        && CLOSED_6.stream().noneMatch(network -> network.contains(bytes));
  }

  /** The last four bytes of an IPv6 address as an IPv4 one. */
  private static InetAddress embedded(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : Arrays.copyOfRange(bytes, BYTES_6 - BYTES_4, BYTES_6)) {
      text.append(text.isEmpty() ? "" : ".").append(b & 0xff);
    }
    return InetAddress.ofLiteral(text.toString());
  }

  /** The addresses whose first {@code bits} bits are these. */
  private record Network(List<Byte> prefix, int bits) {
    static Network of(String address, int bits) {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      Byte[] boxed = new Byte[bytes.length];
      Arrays.setAll(boxed, i -> bytes[i]);
      return new Network(List.of(boxed), bits);
    }

    boolean contains(byte[] address) {
      if (address.length != prefix.size()) {
        return false;
      }
      for (int i = 0; i < address.length && i * Byte.SIZE < bits; i++) {
        int kept = Math.min(Byte.SIZE, bits - i * Byte.SIZE);
        int mask = 0xff << (Byte.SIZE - kept) & 0xff;
        if (((address[i] ^ prefix.get(i)) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
