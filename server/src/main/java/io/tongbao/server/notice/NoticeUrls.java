package io.tongbao.server.notice;

import io.tongbao.kernel.Refusal;
import io.tongbao.server.merchant.Merchant;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The admission of addresses that merchants name for notices (THREATS T-X4), when they are named
 * and when a notice is sent (W-12). Looks at the text only: where a name leads is looked at by the
 * {@link Postman}.
 */
@Component
public final class NoticeUrls {
  private static final Set<Integer> PORTS = Set.of(80, 443, 8080, 8443);
  private static final List<String> INNER = List.of(".localhost", ".local", ".internal", ".arpa");
  private static final String LOCALHOST = "localhost";

  private final NoticeSettings settings;

  NoticeUrls(NoticeSettings settings) {
    this.settings = settings;
  }

  /**
   * The address as it will be dialled, or a refusal that names the field: it must be an absolute
   * https URL (http where the merchant's setting {@code notice.http} allows it), at most 512
   * characters, to a public host, which is one of the merchant's registered ones where there are
   * any, on port 80, 443, 8080 or 8443.
   */
  public String check(Merchant merchant, String url, String field) {
    return NoticeUrl.parse(url)
        .filter(parsed -> isOpen(merchant, parsed))
        .orElseThrow(() -> Refusal.of(Refusal.Reason.BAD_FIELD, field))
        .toString();
  }

  /**
   * The same look when a notice is sent: the address may stand in a setting that nobody checked, or
   * be one that the merchant has given up since.
   */
  boolean admits(Merchant merchant, String url) {
    return NoticeUrl.parse(url).filter(parsed -> isOpen(merchant, parsed)).isPresent();
  }

  private boolean isOpen(Merchant merchant, NoticeUrl url) {
    if (!url.secure() && !settings.plainHttp() && !merchant.allows("notice.http")) {
      return false;
    }
    Optional<InetAddress> literal = url.literal();
    boolean loopback =
        url.host().equals(LOCALHOST) || literal.filter(InetAddress::isLoopbackAddress).isPresent();
    if (loopback) {
      return settings.loopback();
    }
    boolean open = literal.map(Networks::isPublic).orElseGet(() -> isPublicName(url.host()));
    return open
        && PORTS.contains(url.port())
        && (merchant.hosts().isEmpty() || merchant.hosts().contains(url.host()));
  }

  private static boolean isPublicName(String host) {
    return host.indexOf('.') > 0 && INNER.stream().noneMatch(host::endsWith);
  }
}
