package io.tongbao.wire.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Triple DES, HMAC, data at rest, the blind index and base64. */
final class CipherTest {
  private static final Bytes KEY_1 = Bytes.of(new byte[32]);
  private static final Bytes KEY_2 = AtRest.newKey();
  private static final AtRest.Place HERE = new AtRest.Place("card", "number", "7");
  private static final Secret CARD = new Secret("6228480402564890018");

  /** RFC 4231, test case 2. */
  @Test
  void computesTheHmacOfTheStandard() {
    HmacSha256 hmac = new HmacSha256(new Secret("Jefe"));
    String code = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    assertThat(hmac.hex("what do ya want for nothing?")).isEqualTo(code);
    assertThat(hmac.verify("what do ya want for nothing?", code)).isTrue();
    assertThat(hmac.verify("what do ya want for nothing!", code)).isFalse();
    assertThat(hmac.verify("what do ya want for nothing?", code.toUpperCase(java.util.Locale.ROOT)))
        .isFalse();
    assertThat(hmac.verify("what do ya want for nothing?", code.substring(1))).isFalse();
    assertThat(hmac.verify("what do ya want for nothing?", code + "\n")).isFalse();
    assertThat(hmac.verify("what do ya want for nothing?", "")).isFalse();
  }

  @Test
  void tripleDesOpensWhatItSealed() {
    TripleDes cbc = TripleDes.cbc(new Secret("abcdefgh12345678ABCDEFGH"));
    TripleDes ecb = TripleDes.ecb(new Secret("0123456789abcdeffedcba9876543210"));
    TripleDes same = TripleDes.ecb(new Secret("0123456789abcdeffedcba98765432100123456789abcdef"));
    for (int length = 0; length < 40; length++) {
      Bytes plain = Bytes.utf8("x".repeat(length));
      assertThat(cbc.decrypt(cbc.encrypt(plain))).isEqualTo(plain);
      assertThat(ecb.decrypt(ecb.encrypt(plain))).isEqualTo(plain);
      assertThat(ecb.encrypt(plain)).isEqualTo(same.encrypt(plain));
    }
    assertThatThrownBy(() -> cbc.decrypt(Bytes.EMPTY)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> cbc.decrypt(Bytes.of(new byte[9]))).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> cbc.decrypt(Bytes.of(new byte[8]))).isInstanceOf(Refusal.class);
  }

  @Test
  void tripleDesKnowsAWeakKey() {
    assertThat(TripleDes.cbc(new Secret("abcdefgh12345678ABCDEFGH")).isWeak()).isFalse();
    assertThat(TripleDes.cbc(new Secret("123456788765432112345678")).isWeak()).isTrue();
    assertThat(TripleDes.cbc(new Secret("123456781234567887654321")).isWeak()).isTrue();
    assertThat(TripleDes.cbc(new Secret("876543211234567812345678")).isWeak()).isTrue();
    assertThat(TripleDes.ecb(new Secret("0123456789abcdeffedcba9876543210")).isWeak()).isTrue();
    assertThatThrownBy(() -> TripleDes.cbc(new Secret("short"))).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> TripleDes.ecb(new Secret("zz"))).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> TripleDes.ecb(new Secret("00"))).isInstanceOf(Refusal.class);
  }

  @Test
  void whatLiesAtRestOpensAtItsPlaceOnly() {
    AtRest ring = new AtRest(Map.of(1, KEY_1));
    Bytes stored = ring.seal(CARD, HERE);
    assertThat(ring.open(stored, HERE)).isEqualTo(CARD);
    assertThat(ring.seal(CARD, HERE)).isNotEqualTo(stored);
    for (var elsewhere :
        new AtRest.Place[] {
          new AtRest.Place("card", "number", "8"),
          new AtRest.Place("card", "phone", "7"),
          new AtRest.Place("cardn", "umber", "7")
        }) {
      assertThatThrownBy(() -> ring.open(stored, elsewhere)).isInstanceOf(Refusal.class);
    }
    byte[] bent = stored.toArray();
    for (int at = 0; at < bent.length; at++) {
      byte[] copy = bent.clone();
      copy[at] ^= 1;
      assertThatThrownBy(() -> ring.open(Bytes.of(copy), HERE)).isInstanceOf(Refusal.class);
      Bytes cut = Bytes.of(java.util.Arrays.copyOf(bent, at));
      assertThatThrownBy(() -> ring.open(cut, HERE)).isInstanceOf(Refusal.class);
    }
  }

  @Test
  void aRingOfKeysTurns() {
    Bytes old = new AtRest(Map.of(1, KEY_1)).seal(CARD, HERE);
    AtRest ring = new AtRest(Map.of(1, KEY_1, 200, KEY_2));
    assertThat(ring.open(old, HERE)).isEqualTo(CARD);
    assertThat(ring.isCurrent(old)).isFalse();
    Bytes anew = ring.seal(CARD, HERE);
    assertThat(ring.isCurrent(anew)).isTrue();
    assertThat(new AtRest(Map.of(200, KEY_2)).open(anew, HERE)).isEqualTo(CARD);
    assertThatThrownBy(() -> new AtRest(Map.of(1, KEY_1)).open(anew, HERE))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> new AtRest(Map.of(0, KEY_1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AtRest(Map.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void equalValuesOfOneKindMeetInTheIndex() {
    BlindIndex index = new BlindIndex(KEY_2);
    assertThat(index.of("card", CARD)).isEqualTo(index.of("card", new Secret(CARD.reveal())));
    assertThat(index.of("card", CARD)).isNotEqualTo(index.of("account", CARD));
    assertThat(index.of("card", CARD)).isNotEqualTo(new BlindIndex(KEY_1).of("card", CARD));
    assertThat(index.of("a", new Secret("bc"))).isNotEqualTo(index.of("ab", new Secret("c")));
  }

  @Test
  void base64IsStrictButForLineBreaks() {
    assertThat(Base64Text.open("YWJj\r\nZGVm\n").utf8()).isEqualTo("abcdef");
    for (String bad : new String[] {"YWJj ZGVm", "YWJ*", "YQ=", "Y", "YWJj-_", "YWJjZ"}) {
      assertThatThrownBy(() -> Base64Text.open(bad)).as(bad).isInstanceOf(Refusal.class);
    }
  }

  @Test
  void nothingPrintsItsKey() {
    assertThat(new HmacSha256(new Secret("Jefe")).toString()).doesNotContain("Jefe");
    assertThat(new AtRest(Map.of(1, KEY_1)).toString()).isEqualTo("AES-GCM, key versions [1]");
    assertThat(TripleDes.cbc(new Secret("abcdefgh12345678ABCDEFGH")).toString())
        .isEqualTo("DESede/CBC");
  }
}
