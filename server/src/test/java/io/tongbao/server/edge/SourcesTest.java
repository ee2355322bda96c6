package io.tongbao.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks, and whose word about an address is taken. */
class SourcesTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,      10.255.0.1,      true",
    "10.0.0.0/8,      11.0.0.1,        false",
    "192.168.4.0/22,  192.168.7.255,   true",
    "192.168.4.0/22,  192.168.8.0,     false",
    "0.0.0.0/0,       203.0.113.9,     true",
    "203.0.113.9,     203.0.113.9,     true",
    "203.0.113.9,     203.0.113.8,     false",
    "2001:db8::/33,   2001:db8:7fff::, true",
    "2001:db8::/33,   2001:db8:8000::, false",
    "0.0.0.0/0,       2001:db8::1,     false",
    "10.0.0.0/8,      ::ffff:10.0.0.1, true",
    "10.0.0.0/8,      evil.example,    false",
    "10.0.0.0/8,      '',              false"
  })
  void knowsWhatIsInside(String network, String address, boolean inside) {
    assertThat(Network.of(network).has(address)).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "example.com", "10.0.0/8", ""})
  void refusesWhatIsNoNetwork(String network) {
    assertThatThrownBy(() -> Network.of(network)).isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.1,                          198.51.100.1, 203.0.113.5",
    "10.0.0.1,                              198.51.100.1, 198.51.100.1",
    "10.0.0.1,                              '6.6.6.6, 198.51.100.1', 198.51.100.1",
    "10.0.0.1,                              '6.6.6.6, 198.51.100.1, 10.0.0.2', 198.51.100.1",
    "10.0.0.1,                              '', ''",
    "10.0.0.1,                              , 10.0.0.1"
  })
  void believesOnlyItsProxies(String peer, @Nullable String forwarded, String source) {
    Sources sources = new Sources(new EdgeSettings(List.of("10.0.0.0/8"), 1, 1));
    String asked = forwarded == null ? null : forwarded;
    String expected = peer.startsWith("10.") ? source : peer;
    assertThat(sources.of(peer, asked)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1,     https,         true",
    "10.0.0.1,     HTTPS,         true",
    "10.0.0.1,     'http, https', true",
    "10.0.0.1,     'https, http', false",
    "10.0.0.1,     'https,',      false",
    "10.0.0.1,     http,          false",
    "10.0.0.1,     '',            false",
    "10.0.0.1,     ,              false",
    "198.51.100.1, https,         false"
  })
  void hearsOfTlsFromItsProxiesOnly(String peer, @Nullable String proto, boolean secure) {
    Sources sources = new Sources(new EdgeSettings(List.of("10.0.0.0/8"), 1, 1));
    assertThat(sources.cameByTls(peer, proto)).isEqualTo(secure);
  }

  @Test
  void believesNobodyByDefault() {
    Sources sources = new Sources(new EdgeSettings(List.of(), 1, 1));
    assertThat(sources.of("10.0.0.1", "198.51.100.1")).isEqualTo("10.0.0.1");
  }
}
