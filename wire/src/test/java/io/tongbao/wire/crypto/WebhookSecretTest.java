package io.tongbao.wire.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard Webhooks 1.0. The signatures were reckoned with Python's hmac. */
final class WebhookSecretTest {
  private static final WebhookSecret SECRET =
      secret("whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=");
  private static final WebhookSecret OLD = secret("whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldY");
  private static final Instant AT = Instant.ofEpochSecond(1795176000);
  private static final Bytes BODY = Bytes.utf8("{\"订单\":\"20261120000001\",\"status\":\"OK\"}");
  private static final String SIGNED = "v1,BVWhU2m7PyKydKLXEKQrd1tPVm4PuDbaxoHxUdp+XSA=";
  private static final String SIGNED_OLD = "v1,5hy/iXYZWEWYEpwkr8Tw5PLf6dlyIDGqkejswhcK8mM=";

  @Test
  void signsAsOthersDo() {
    assertThat(SECRET.sign("msg_4711", AT, BODY)).isEqualTo(SIGNED);
    assertThat(OLD.sign("msg_4711", AT, BODY)).isEqualTo(SIGNED_OLD);
  }

  @Test
  void findsItsSignatureAmongOthers() {
    String both = SIGNED + " " + SIGNED_OLD;
    assertThat(SECRET.verifies("msg_4711", "1795176000", both, BODY, AT)).isTrue();
    assertThat(OLD.verifies("msg_4711", "1795176000", both, BODY, AT)).isTrue();
    assertThat(OLD.verifies("msg_4711", "1795176000", "v1a,x " + SIGNED_OLD, BODY, AT)).isTrue();
    assertThat(OLD.verifies("msg_4711", "1795176000", SIGNED, BODY, AT)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "msg_4712, 1795176000, 'v1,BVWhU2m7PyKydKLXEKQrd1tPVm4PuDbaxoHxUdp+XSA='",
    "msg_4711, 1795176001, 'v1,BVWhU2m7PyKydKLXEKQrd1tPVm4PuDbaxoHxUdp+XSA='",
    "msg_4711, 1795176000, 'v2,BVWhU2m7PyKydKLXEKQrd1tPVm4PuDbaxoHxUdp+XSA='",
    "msg_4711, 1795176000, 'BVWhU2m7PyKydKLXEKQrd1tPVm4PuDbaxoHxUdp+XSA='",
    "msg_4711, 1795176000, 'v1,BVWhU2m7PyKydKLXEKQrd1tPVm4PuDbaxoHxUdp+XSA'",
    "msg_4711, 1795176000, 'v1,'",
    "msg_4711, 1795176000, ''",
    "msg_4711, '', 'v1,BVWhU2m7PyKydKLXEKQrd1tPVm4PuDbaxoHxUdp+XSA='",
    "msg_4711, 999999999999, 'v1,BVWhU2m7PyKydKLXEKQrd1tPVm4PuDbaxoHxUdp+XSA='",
    "msg_4711, -1, 'v1,BVWhU2m7PyKydKLXEKQrd1tPVm4PuDbaxoHxUdp+XSA='",
  })
  void refusesEverythingElse(String id, String timestamp, String signatures) {
    assertThat(SECRET.verifies(id, timestamp, signatures, BODY, AT)).isFalse();
  }

  @Test
  void refusesAnotherBodyAndAnotherTime() {
    assertThat(SECRET.verifies("msg_4711", "1795176000", SIGNED, Bytes.utf8("{}"), AT)).isFalse();
    for (int seconds : new int[] {-300, 300}) {
      Instant now = AT.plusSeconds(seconds);
      assertThat(SECRET.verifies("msg_4711", "1795176000", SIGNED, BODY, now)).isTrue();
      Instant late = AT.plusSeconds(seconds + Integer.signum(seconds));
      assertThat(SECRET.verifies("msg_4711", "1795176000", SIGNED, BODY, late)).isFalse();
    }
  }

  @Test
  void makesAnotherEachTime() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      made.add(WebhookSecret.fresh().text().reveal());
    }
    assertThat(made).hasSize(100).allMatch(text -> text.matches("whsec_[A-Za-z0-9+/]{43}="));
    assertThat(WebhookSecret.fresh().toString()).doesNotContain("whsec");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "whsec_",
        "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=",
        "whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhc=", // 23 bytes
        "whsec_!!!!BAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=",
      })
  void refusesWhatIsNoSecret(String text) {
    assertThatThrownBy(() -> secret(text)).isInstanceOf(Refusal.class);
  }

  @Test
  void takesTwentyFourToSixtyFourBytes() {
    for (int size = 22; size <= 66; size++) {
      String text = "whsec_" + Bytes.of(new byte[size]).base64();
      if (size < 24 || size > 64) {
        assertThatThrownBy(() -> secret(text)).isInstanceOf(Refusal.class);
      } else {
        assertThat(secret(text).text().reveal()).isEqualTo(text);
      }
    }
  }

  private static WebhookSecret secret(String text) {
    return new WebhookSecret(new Secret(text));
  }
}
