package io.tongbao.server.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Refusal;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import java.net.IDN;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Addresses that look like a registered one (THREATS T-X5). What admits a notice's address also
 * admits where browsers are sent: frontUrl and jumpUrl.
 */
class RegisteredHostsTest {
  private static final NoticeUrls URLS = new NoticeUrls(new NoticeSettings(false, false, false));
  private static final Merchant MERCHANT =
      new Merchant(
          1,
          Face.ESCROW,
          "100000000001",
          "测试",
          Map.of(),
          Map.of(),
          List.of(),
          Set.of("ok.com", IDN.toASCII("中国测试.com")),
          Duration.ZERO);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.com#ok.com",
        "https://evil.com/#ok.com",
        "https://evil.com?ok.com",
        "https://evil.com/ok.com",
        "https://evil.com/https://ok.com",
        "https://evil.com\\ok.com",
        "https://evil.com;ok.com",
        "https://evil.com%2f@ok.com",
        "https://evil.com%00.ok.com",
        "https://ok.com.evil.com/",
        "https://ok.com-evil.com/",
        "https://ok.com.evil.com:443/",
        "https://okcom.evil.com/",
        "https://evilok.com/",
        "https://ok.community/",
        "https://ok.co/",
        "https://ok.cm/",
        "https://www.ok.com/",
        "https://ok.com@evil.com/",
        "https://ok.com:443@evil.com/",
        "https://ok.com%40evil.com/",
        "https://evil.com@ok.com/",
        "https://ok.com./",
        "https://ok.com../",
        "https://.ok.com/",
        "https://ok%2ecom/",
        "https://ok。com/",
        "https://ｏｋ.com/",
        "https://оk.com/", // a Cyrillic o
        "https://0k.com/",
        "https://xn--k-jnb.com/",
        "https://中国測試.com/",
        "https://中国测试.com.evil.com/",
        "//ok.com/",
        "//evil.com/ok.com",
        "///ok.com",
        "https:ok.com/",
        "https:\\\\ok.com/",
        "https:///ok.com/",
        "javascript:alert('ok.com')",
        "javascript://ok.com/%0aalert(1)",
        "JaVaScRiPt://ok.com/",
        "data:text/html,ok.com",
        "vbscript:ok.com",
        "ftp://ok.com/",
        "http://ok.com/",
        "https://ok.com:8444/",
        "https://ok.com\t/",
        "https://ok.com\r\nLocation: https://evil.com/",
        " https://ok.com/"
      })
  void refusesLookalikes(String url) {
    assertThatThrownBy(() -> URLS.check(MERCHANT, url, "frontUrl")).isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ok.com/",
        "https://OK.com/back?next=https://evil.com/",
        "https://ok.com:8443/a@b",
        "https://中国测试.com/"
      })
  void admitsTheRegisteredOnes(String url) {
    assertThat(URLS.check(MERCHANT, url, "frontUrl")).startsWith("https://");
  }
}
