package io.tongbao.server.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Refusal;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that lead inside, or that two parsers would read differently, are not admitted. */
class NoticeUrlsTest {
  private static final NoticeUrls STRICT = new NoticeUrls(new NoticeSettings(false, false, false));
  private static final NoticeUrls SANDBOX = new NoticeUrls(new NoticeSettings(true, true, true));
  private static final Merchant ANY = merchant(Map.of(), Set.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        // not https, not HTTP, not a URL
        "http://pay.example.com/back",
        "ftp://pay.example.com/back",
        "file:///etc/passwd",
        "gopher://pay.example.com:443/x",
        "javascript:alert(1)",
        "//pay.example.com/back",
        "pay.example.com/back",
        "https:/pay.example.com/back",
        "https:pay.example.com",
        "https:///back",
        "https://",
        "",
        // this machine and its neighbours
        "https://localhost/back",
        "https://LOCALHOST/back",
        "https://localhost./back",
        "https://db.localhost/back",
        "https://printer.local/back",
        "https://metadata.google.internal/computeMetadata/v1/",
        "https://intranet/back",
        "https://127.0.0.1/back",
        "https://127.1/back",
        "https://127.0.1/back",
        "https://2130706433/back",
        "https://0x7f000001/back",
        "https://0x7f.0.0.1/back",
        "https://0177.0.0.1/back",
        "https://017700000001/back",
        "https://127.0.0.1./back",
        "https://127.0.0.01/back",
        "https://0.0.0.0/back",
        "https://0/back",
        "https://10.1.2.3/back",
        "https://100.64.0.1/back",
        "https://169.254.169.254/latest/meta-data/",
        "https://172.16.0.1/back",
        "https://172.31.255.255/back",
        "https://192.0.0.8/back",
        "https://192.0.2.1/back",
        "https://192.88.99.1/back",
        "https://192.168.0.1/back",
        "https://198.18.0.1/back",
        "https://198.19.255.255/back",
        "https://198.51.100.7/back",
        "https://203.0.113.7/back",
        "https://224.0.0.1/back",
        "https://255.255.255.255/back",
        "https://256.1.1.1/back",
        "https://1.2.3/back",
        "https://1.2.3.4.5/back",
        "https://[::]/back",
        "https://[::1]/back",
        "https://[0:0:0:0:0:0:0:1]/back",
        "https://[::ffff:127.0.0.1]/back",
        "https://[::ffff:7f00:1]/back",
        "https://[::127.0.0.1]/back",
        "https://[::ffff:0:127.0.0.1]/back",
        "https://[64:ff9b::7f00:1]/back",
        "https://[64:ff9b::10.0.0.1]/back",
        "https://[2002:7f00:1::]/back",
        "https://[2001:db8::1]/back",
        "https://[2001:0:7f00:1::]/back",
        "https://[fc00::1]/back",
        "https://[fd12:3456::1]/back",
        "https://[fe80::1]/back",
        "https://[fe80::1%eth0]/back",
        "https://[ff02::1]/back",
        "https://[::1/back",
        "https://::1/back",
        // tricks
        "https://user@pay.example.com/back",
        "https://user:word@pay.example.com/back",
        "https://pay.example.com@127.0.0.1/back",
        "https://pay.example.com:443@127.0.0.1/back",
        "https://pay.example.com\\@127.0.0.1/back",
        "https://127.0.0.1\\.pay.example.com/back",
        "https://pay.example.com#@127.0.0.1/back",
        "https://pay.example.com/back#part",
        "https://pay.example.com/back\r\nHost: 127.0.0.1",
        "https://pay.example.com/ba ck",
        "https://pay.example.com /back",
        " https://pay.example.com/back",
        "https://pay.example.com/back\t",
        "https://pay.example.com/ba\u0000ck",
        "https://pay%2eexample.com/back",
        "https://%31%32%37.0.0.1/back",
        "https://127。0。0。1/back",
        "https://pay．example．com/back",
        "https://ｐａｙ.example.com/back",
        "https://①②⑦.⓪.⓪.①/back",
        "https://pay.exa\u00admple.com/back",
        "https://pay.example.com/%zz",
        "https://pay.example.com/路径",
        "https://pay..example.com/back",
        "https://-pay.example.com/back",
        "https://pay_.example.com/back",
        "https://pay.example.123/back",
        // ports
        "https://pay.example.com:22/back",
        "https://pay.example.com:5432/back",
        "https://pay.example.com:0/back",
        "https://pay.example.com:99999/back",
        "https://pay.example.com:/back",
        "https://pay.example.com:443:80/back",
        "https://pay.example.com:+443/back",
        "https://pay.example.com:４４３/back",
      })
  void refuses(String url) {
    assertThatThrownBy(() -> STRICT.check(ANY, url, "backUrl"))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(Refusal.Reason.BAD_FIELD);
              assertThat(refusal.subject()).isEqualTo("backUrl");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "https://pay.example.com/back, https://pay.example.com/back",
    "https://pay.example.com, https://pay.example.com/",
    "HTTPS://Pay.Example.COM:443/Back?a=1&b=%E4%BD%A0, https://pay.example.com/Back?a=1&b=%E4%BD%A0",
    "https://pay.example.com:8443/b@ck;v=1, https://pay.example.com:8443/b@ck;v=1",
    "https://pay.example.com:80/, https://pay.example.com:80/",
    "https://pay.example.com?x=1, https://pay.example.com/?x=1",
    "https://例子.测试/back, https://xn--fsqu00a.xn--0zwm56d/back",
    "https://127.0.0.1.nip.io/back, https://127.0.0.1.nip.io/back",
    "https://8.8.8.8/back, https://8.8.8.8/back",
    "https://[2606:4700::1111]:8443/b, https://[2606:4700:0:0:0:0:0:1111]:8443/b",
    "https://[::ffff:8.8.8.8]/b, https://8.8.8.8/b",
  })
  void admitsInOneSpelling(String url, String dialled) {
    String once = STRICT.check(ANY, url, "backUrl");
    assertThat(once).isEqualTo(dialled);
    assertThat(STRICT.check(ANY, once, "backUrl")).isEqualTo(once);
  }

  @Test
  void refusesWhatIsTooLong() {
    String prefix = "https://pay.example.com/";
    assertThat(STRICT.check(ANY, prefix + "a".repeat(512 - prefix.length()), "u")).hasSize(512);
    assertThatThrownBy(() -> STRICT.check(ANY, prefix + "a".repeat(513 - prefix.length()), "u"))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void plainHttpIsTheMerchantsSetting() {
    Merchant plain = merchant(Map.of("notice.http", "true"), Set.of());
    assertThat(STRICT.check(plain, "http://pay.example.com:8080/b", "u"))
        .isEqualTo("http://pay.example.com:8080/b");
  }

  @Test
  void onlyRegisteredHostsWhereThereAreAny() {
    Merchant registered = merchant(Map.of(), Set.of("pay.example.com"));
    assertThat(STRICT.check(registered, "https://PAY.example.com/b", "u")).isNotEmpty();
    for (String other :
        List.of(
            "https://evil.pay.example.com/b",
            "https://pay.example.com.evil.example/b",
            "https://notpay.example.com/b")) {
      assertThatThrownBy(() -> STRICT.check(registered, other, "u")).isInstanceOf(Refusal.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:3000/b",
        "http://127.0.0.1:12345/b",
        "http://[::1]:9000/b",
        "http://pay.example.com/b"
      })
  void theSandboxAdmitsThisMachine(String url) {
    assertThat(SANDBOX.check(ANY, url, "u")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1/b",
        "http://169.254.169.254/latest",
        "http://127.1/b",
        "http://2130706433/b",
        "http://[fe80::1]/b",
        "http://intranet/b"
      })
  void theSandboxAdmitsNothingElseInside(String url) {
    assertThatThrownBy(() -> SANDBOX.check(ANY, url, "u")).isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1.1.1.1, true",
    "9.255.255.255, true",
    "10.0.0.0, false",
    "100.63.255.255, true",
    "100.64.0.0, false",
    "100.127.255.255, false",
    "100.128.0.0, true",
    "172.15.255.255, true",
    "172.32.0.0, true",
    "198.17.255.255, true",
    "198.20.0.0, true",
    "223.255.255.255, true",
    "2001:200::1, true",
    "2001:1ff::1, false",
    "2003::1, true",
    "3fff::1, false",
    "4000::1, false",
    "64:ff9b::808:808, true",
    "64:ff9b:1::808:808, false"
  })
  void knowsTheEdgesOfNetworks(String address, boolean open) {
    assertThat(Networks.isPublic(InetAddress.ofLiteral(address))).isEqualTo(open);
  }

  private static Merchant merchant(Map<String, String> settings, Set<String> hosts) {
    return new Merchant(
        1, Face.ESCROW, "100000000001", "测试", settings, Map.of(), List.of(), hosts, Duration.ZERO);
  }
}
