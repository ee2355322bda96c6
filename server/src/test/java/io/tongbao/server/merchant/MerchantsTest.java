package io.tongbao.server.merchant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Account;
import io.tongbao.ledger.Accounts;
import io.tongbao.ledger.Ledger;
import io.tongbao.server.TestServer;
import io.tongbao.server.boot.Profile;
import io.tongbao.server.boot.StartRefused;
import io.tongbao.server.vault.Vault;
import io.tongbao.wire.crypto.RsaKeys;
import io.tongbao.wire.crypto.WebhookSecret;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Merchants as they are kept, changed and given the time. */
@TestServer
class MerchantsTest {
  private static final AtomicInteger CODES = new AtomicInteger(700_000_000);
  private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");

  @Autowired private JdbcClient jdbc;
  @Autowired private Vault vault;
  @Autowired private Ledger ledger;
  @Autowired private Accounts accounts;
  private Merchants merchants;

  @BeforeEach
  void open() {
    merchants = under(Profile.SANDBOX);
  }

  private Merchants under(Profile profile) {
    return new Merchants(
        new MerchantRows(jdbc, vault),
        new KeyRules(profile),
        ledger,
        Clock.fixed(NOON, ZoneOffset.UTC));
  }

  @Test
  void keepsWhatItWasTold() {
    Merchant made = merchants.create(wanted(Face.PAYOUT));
    Merchant found = merchants.find(Face.PAYOUT, made.code()).orElseThrow();
    assertThat(found).isEqualTo(made).isSameAs(merchants.byId(made.id()));
    assertThat(found.setting("limit")).isEqualTo("500");
    assertThat(found.key("appKey").reveal()).isEqualTo("k".repeat(32));
    assertThat(found.sources()).containsExactly("10.0.0.0/8");
    assertThat(found.hosts()).containsExactlyInAnyOrder("a.example", "b.example");
    assertThat(merchants.find(Face.ESCROW, made.code())).isEmpty();
    assertThat(merchants.all()).contains(made);
    assertThat(found.toString()).doesNotContain("kkkk");
  }

  @Test
  void sealsKeysInTheDatabase() {
    Merchant made = merchants.create(wanted(Face.PAYOUT));
    List<byte[]> sealed =
        jdbc.sql("SELECT sealed FROM merchant_key WHERE merchant_id = ? AND purpose = 'appKey'")
            .param(made.id())
            .query((row, number) -> row.getBytes(1))
            .list();
    assertThat(sealed).hasSize(1);
    assertThat(vault.open("merchant_key", "appKey", made.id(), sealed.getFirst()).reveal())
        .isEqualTo("k".repeat(32));
  }

  @Test
  void givesEverybodyAWebhookSecretAndChangesItWithoutABreak() {
    Merchant made = merchants.create(wanted(Face.PAYOUT));
    Merchant other = merchants.create(wanted(Face.PAYOUT));
    List<WebhookSecret> first = WebhookKeys.of(made);
    assertThat(first).hasSize(1);
    assertThat(texts(first)).isNotEqualTo(texts(WebhookKeys.of(other)));

    List<WebhookSecret> both = WebhookKeys.of(merchants.renewWebhookSecret(made));
    assertThat(both).hasSize(2);
    assertThat(texts(both).getLast()).isEqualTo(texts(first).getFirst());
    assertThat(texts(WebhookKeys.of(merchants.forgetOldWebhookSecret(made))))
        .containsExactly(texts(both).getFirst());
  }

  private static List<String> texts(List<WebhookSecret> secrets) {
    return secrets.stream().map(secret -> secret.text().reveal()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "PAYOUT, des3, 123456788765432112345678, any",
    "PAYOUT, des3, abcdefghABCDEFGHabcdefgh, any",
    "PAYOUT, des3, abcdefghabcdefghABCDEFGH, any",
    "PAYOUT, des3, ABCDEFGHabcdefghabcdefgh, any",
    "PAYOUT, des3, short, any",
    "PAYOUT, appkey, 78f9b4fad3481fbce1df0b30eee58577, production",
    "QUICKPASS, des3, 0123456789abcdeffedcba98765432100123456789abcdef, any",
    "QUICKPASS, des3, 0123456789abcdeffedcba9876543210, any",
    "ESCROW, webhook, secret, any",
    "ESCROW, public-key, '-----BEGIN PUBLIC KEY-----', any",
    "ESCROW, public-key, '', any"
  })
  void refusesWeakAndPrintedKeys(Face face, String purpose, String key, String where) {
    Merchants production = under(Profile.PRODUCTION);
    assertThatThrownBy(() -> production.create(wanted(face, purpose, key)))
        .isInstanceOf(Refusal.class)
        .hasMessageNotContaining(key.isEmpty() ? "-----" : key);
    Merchant made = production.create(wanted(face));
    assertThatThrownBy(() -> production.putKey(made, purpose, new Secret(key)))
        .isInstanceOf(Refusal.class);
    if (where.equals("any")) {
      assertThatThrownBy(() -> merchants.create(wanted(face, purpose, key)))
          .isInstanceOf(Refusal.class);
    } else {
      Merchant taken = merchants.create(wanted(face, purpose, key));
      assertThat(taken.key(purpose).reveal()).isEqualTo(key);
      merchants.putKey(taken, purpose, new Secret("k".repeat(32)));
    }
  }

  @Test
  void takesAGoodTripleDesKey() {
    String key = "abcdefghABCDEFGH12345678";
    assertThat(merchants.create(wanted(Face.PAYOUT, "des3", key)).key("des3").reveal())
        .isEqualTo(key);
  }

  @Test
  void refusesWeakRsaKeys() throws GeneralSecurityException {
    for (int bits : new int[] {1024, 2047}) {
      refuseKey(RsaKeys.pem(pair(bits, RSAKeyGenParameterSpec.F4)));
    }
    PublicKey strong = pair(2048, RSAKeyGenParameterSpec.F4);
    Merchant made = merchants.create(wanted(Face.ESCROW, "public-key", RsaKeys.pem(strong)));
    assertThat(made.keys()).containsKey("public-key");
    BigInteger modulus = ((RSAPublicKey) strong).getModulus();
    refuseKey(RsaKeys.pem(publicKey(new RSAPublicKeySpec(modulus, BigInteger.ONE))));
  }

  private void refuseKey(String pem) {
    assertThatThrownBy(() -> merchants.create(wanted(Face.ESCROW, "public-key", pem)))
        .isInstanceOf(Refusal.class);
  }

  private static PublicKey pair(int bits, BigInteger exponent) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(new RSAKeyGenParameterSpec(bits, exponent));
    return generator.generateKeyPair().getPublic();
  }

  /** The JDK refuses weak exponents itself where it makes a key; Bouncy Castle writes them. */
  private static PublicKey publicKey(RSAPublicKeySpec spec) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA", new BouncyCastleProvider()).generatePublic(spec);
  }

  @Test
  void productionDoesNotStartWithPrintedKeys() {
    SampleKeys inSandbox = new SampleKeys(merchants, Profile.SANDBOX);
    SampleKeys inProduction = new SampleKeys(merchants, Profile.PRODUCTION);
    assertThatCode(inProduction::afterSingletonsInstantiated).doesNotThrowAnyException();
    Merchant made =
        merchants.create(wanted(Face.PAYOUT, "appkey", "78f9b4fad3481fbce1df0b30eee58577"));
    try {
      assertThatCode(inSandbox::afterSingletonsInstantiated).doesNotThrowAnyException();
      assertThatThrownBy(inProduction::afterSingletonsInstantiated)
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("payout " + made.code())
          .hasMessageNotContaining("78f9");
    } finally {
      merchants.putKey(made, "appkey", new Secret("k".repeat(32)));
    }
  }

  @Test
  void givesEachFaceItsPlatformAccounts() {
    assertThat(platformSets(Face.ESCROW))
        .contains("100001", "100002", "100003", "100004", "100005", "2000000", "3000001")
        .contains("clearing:GATEWAY", "clearing:REALNAMEPAY", "clearing:TLT");
    assertThat(platformSets(Face.PAYOUT))
        .containsExactlyInAnyOrder("fee", "clearing:BANKCARD", "clearing:ALIPAY", "clearing:WXPAY");
    assertThat(platformSets(Face.WITHHOLD)).isEmpty();
  }

  private List<String> platformSets(Face face) {
    Merchant made = merchants.create(wanted(face));
    return accounts.of(made.id(), 0).stream().map(Account::setNo).toList();
  }

  @Test
  void takesNobodyOnTwice() {
    NewMerchant wanted = wanted(Face.ESCROW);
    merchants.create(wanted);
    assertThatThrownBy(() -> merchants.create(wanted)).isInstanceOf(Refusal.class);
  }

  @Test
  void seesItsOwnChangesAtOnce() {
    Merchant made = merchants.create(wanted(Face.PAYOUT));
    merchants.putKey(made, "appKey", new Secret("n".repeat(32)));
    merchants.changeSettings(made, Map.of("limit", "600", "more", "x"));
    merchants.changeSources(made, List.of());
    Merchant now = merchants.byId(made.id());
    assertThat(now.key("appKey").reveal()).isEqualTo("n".repeat(32));
    assertThat(now.settings()).containsEntry("limit", "600").containsEntry("more", "x");
    assertThat(now.sources()).isEmpty();
  }

  @Test
  void letsTimeGoForwardOnly() {
    Merchant made = merchants.create(wanted(Face.ESCROW));
    Merchant other = merchants.create(wanted(Face.ESCROW));
    assertThat(merchants.now(made)).isEqualTo(NOON);
    merchants.advance(made, Duration.ofHours(25));
    merchants.advance(made, Duration.ofMinutes(1));
    Instant moved = NOON.plus(Duration.ofHours(25)).plusSeconds(60);
    assertThat(merchants.now(made)).isEqualTo(moved);
    assertThat(merchants.now(other)).isEqualTo(NOON);
    merchants.setClock(made, moved.plusSeconds(1));
    assertThat(merchants.now(made)).isEqualTo(moved.plusSeconds(1));
    assertThatThrownBy(() -> merchants.setClock(made, moved)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> merchants.advance(made, Duration.ofSeconds(-1)))
        .isInstanceOf(Refusal.class);
    assertThat(merchants.now(made)).isEqualTo(moved.plusSeconds(1));
  }

  @Test
  void hidesClosedMerchants() {
    Merchant made = merchants.create(wanted(Face.ESCROW));
    jdbc.sql("UPDATE merchant SET state = 'closed', version = version + 1 WHERE id = ?")
        .param(made.id())
        .update();
    Merchants afresh = under(Profile.SANDBOX);
    assertThat(afresh.find(Face.ESCROW, made.code())).isEmpty();
    assertThat(afresh.all()).doesNotContain(made);
    assertThat(afresh.byId(made.id())).isEqualTo(made);
  }

  private static NewMerchant wanted(Face face, String purpose, String key) {
    NewMerchant wanted = wanted(face);
    return new NewMerchant(
        face,
        wanted.code(),
        wanted.name(),
        wanted.settings(),
        Map.of(purpose, new Secret(key)),
        wanted.sources(),
        wanted.hosts());
  }

  private static NewMerchant wanted(Face face) {
    return new NewMerchant(
        face,
        Integer.toString(CODES.incrementAndGet()),
        "商户",
        Map.of("limit", "500"),
        Map.of("appKey", new Secret("k".repeat(32))),
        List.of("10.0.0.0/8"),
        Set.of("a.example", "b.example"));
  }
}
