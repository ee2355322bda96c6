package io.tongbao.server.edge;

import io.tongbao.kernel.Refusal;
import io.tongbao.server.merchant.Merchant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where messages come from: the address behind trusted proxies, and who may call from there. */
@Component
public final class Sources {
  private static final List<Network> INNER =
      Stream.of(
              "127.0.0.0/8",
              "10.0.0.0/8",
              "172.16.0.0/12",
              "192.168.0.0/16",
              "169.254.0.0/16",
              "::1",
              "fc00::/7",
              "fe80::/10")
          .map(Network::of)
          .toList();

  private final List<Network> proxies;
  private final Map<String, Network> read = new ConcurrentHashMap<>();

  Sources(EdgeSettings settings) {
    this.proxies = settings.trustedProxies().stream().map(Network::of).toList();
  }

  /** Refuses a message that comes from outside the merchant's networks, if he named any. */
  public void require(Merchant merchant, String source) {
    if (merchant.sources().isEmpty()) {
      return;
    }
    for (String cidr : merchant.sources()) {
      if (read.computeIfAbsent(cidr, Network::of).has(source)) {
        return;
      }
    }
    throw Refusal.of(Refusal.Reason.SOURCE_NOT_ALLOWED, source);
  }

  /**
   * The address that a message came from. Each trusted proxy appends whom it heard, so the list is
   * read from its end, as far as proxies are trusted.
   */
  String of(String peer, @Nullable String forwardedFor) {
    String source = peer;
    if (forwardedFor == null) {
      return source;
    }
    String[] hops = forwardedFor.split(",", -1);
    for (int i = hops.length - 1; i >= 0 && isProxy(source); i--) {
      source = hops[i].strip();
    }
    return source;
  }

  /**
   * Whether the last proxy heard a message by TLS, as it says itself; nobody else is asked. The
   * header's last word is the proxy's, those before may be the caller's.
   */
  boolean cameByTls(String peer, @Nullable String forwardedProto) {
    if (forwardedProto == null || !isProxy(peer)) {
      return false;
    }
    String last = forwardedProto.substring(forwardedProto.lastIndexOf(',') + 1);
    return last.strip().equalsIgnoreCase("https");
  }

  /** Whether an address is of this machine or of a network that the world cannot reach. */
  static boolean isInner(String address) {
    return INNER.stream().anyMatch(network -> network.has(address));
  }

  private boolean isProxy(String address) {
    return proxies.stream().anyMatch(proxy -> proxy.has(address));
  }
}
