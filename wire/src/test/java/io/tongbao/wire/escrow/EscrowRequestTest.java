package io.tongbao.wire.escrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.wire.crypto.RsaKeys;
import io.tongbao.wire.crypto.RsaScheme;
import io.tongbao.wire.crypto.RsaSigner;
import io.tongbao.wire.crypto.RsaVerifier;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests as clients spell them, and those that are refused. */
final class EscrowRequestTest {
  private static final KeyPair KEYS = RsaKeys.generate();
  private static final RsaSigner SIGNER = new RsaSigner(KEYS.getPrivate(), RsaScheme.SHA1);
  private static final RsaVerifier VERIFIER = new RsaVerifier(KEYS.getPublic(), RsaScheme.SHA1);
  private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");
  private static final String REQ =
      "{\"service\":\"MemberService\", \"method\":\"createMember\",\"param\":{\"bizUserId\":\"通宝+1\"}}";
  private static final EscrowRequest SENT = EscrowRequest.signed("100009001000", NOON, REQ, SIGNER);

  @Test
  void readsWhatItWrote() {
    Bytes form = Bytes.utf8(SENT.form());
    for (EscrowRequest read :
        List.of(
            EscrowRequest.read(form, Bytes.EMPTY),
            EscrowRequest.read(Bytes.EMPTY, form),
            EscrowRequest.readPage(form, Bytes.EMPTY),
            EscrowRequest.readPage(Bytes.EMPTY, form),
            EscrowRequest.readPage(Bytes.utf8(SENT.pageQuery()), Bytes.EMPTY),
            EscrowRequest.readPage(Bytes.EMPTY, Bytes.utf8(SENT.pageQuery())))) {
      assertThat(read).isEqualTo(SENT);
      assertThat(read.isSignedBy(VERIFIER)).isTrue();
      assertThat(read.digest()).isEqualTo(SENT.digest());
    }
    assertThat(SENT.timestamp()).isEqualTo("2026-03-01 12:00:00");
    assertThat(SENT.canonical()).isEqualTo("100009001000" + REQ + "2026-03-01 12:00:00");
  }

  @Test
  void toleratesTheWaysOfRunningClients() {
    String form = SENT.form();
    for (String variant :
        List.of(
            form + "&",
            form + "&\r\n",
            "ssoid=1&" + form + "&ssoid=2",
            form.replace("+", "%20"),
            form.replace("%7B", "{").replace("%22", "\""),
            form.replace("%3A", ":").replace("%2C", ","))) {
      EscrowRequest read = EscrowRequest.read(Bytes.EMPTY, Bytes.utf8(variant));
      assertThat(read).as(variant).isEqualTo(SENT);
    }
    String inLines = SENT.sign().replaceAll("(.{76})", "$1\r\n");
    EscrowRequest broken =
        new EscrowRequest(SENT.sysid(), inLines, SENT.timestamp(), "1.0", SENT.req());
    EscrowRequest read = EscrowRequest.read(Bytes.EMPTY, Bytes.utf8(broken.form()));
    assertThat(read.isSignedBy(VERIFIER)).isTrue();
  }

  @Test
  void acceptsATimeWithoutABlankAsSigned() {
    String timestamp = "2026-03-0112:00:00";
    String sign = SIGNER.sign(SENT.sysid() + REQ + timestamp);
    EscrowRequest request = new EscrowRequest(SENT.sysid(), sign, timestamp, "1.0", REQ);
    assertThat(request.time()).isEqualTo(NOON);
    assertThat(request.isSignedBy(VERIFIER)).isTrue();
    EscrowRequest respelled =
        new EscrowRequest(SENT.sysid(), sign, "2026-03-01 12:00:00", "1.0", REQ);
    assertThat(respelled.isSignedBy(VERIFIER)).isFalse();
  }

  /** As a file has it that ends its last line, and {@code curl} sends it. */
  @Test
  void acceptsWhiteSpaceAroundTheObjectAsSigned() {
    for (String req : List.of(REQ + "\n", " " + REQ, "\t\r\n" + REQ + " \r\n")) {
      EscrowRequest sent = EscrowRequest.signed(SENT.sysid(), NOON, req, SIGNER);
      EscrowRequest read = EscrowRequest.read(Bytes.EMPTY, Bytes.utf8(sent.form()));
      assertThat(read).isEqualTo(sent);
      assertThat(read.isSignedBy(VERIFIER)).isTrue();
    }
  }

  @Test
  void signsTheTextAndNotItsMeaning() {
    String respelled = REQ.replace(", ", ",");
    EscrowRequest other =
        new EscrowRequest(SENT.sysid(), SENT.sign(), SENT.timestamp(), "1.0", respelled);
    assertThat(other.isSignedBy(VERIFIER)).isFalse();
  }

  @Test
  void isFreshForTenMinutesEitherWay() {
    assertThat(SENT.isFresh(NOON)).isTrue();
    assertThat(SENT.isFresh(NOON.plus(Duration.ofMinutes(10)))).isTrue();
    assertThat(SENT.isFresh(NOON.minus(Duration.ofMinutes(10)))).isTrue();
    assertThat(SENT.isFresh(NOON.plus(Duration.ofMinutes(10)).plusMillis(1))).isFalse();
    assertThat(SENT.isFresh(NOON.minus(Duration.ofMinutes(10)).minusMillis(1))).isFalse();
  }

  /** THREATS T-X3: each control parameter doubled, within one source and over both. */
  @Test
  void refusesSmuggling() {
    String form = SENT.form();
    for (String pair : form.split("&", -1)) {
      String name = pair.substring(0, pair.indexOf('='));
      String encodedName = "%" + Integer.toHexString(name.charAt(0)) + name.substring(1);
      for (String extra : List.of(pair, name, name + "=", name + "=x", encodedName + "=x")) {
        refused(() -> EscrowRequest.read(Bytes.EMPTY, Bytes.utf8(form + "&" + extra)));
        refused(() -> EscrowRequest.read(Bytes.utf8(extra + "&" + form), Bytes.EMPTY));
        refused(() -> EscrowRequest.read(Bytes.utf8(extra), Bytes.utf8(form)));
        refused(() -> EscrowRequest.readPage(Bytes.utf8(form), Bytes.utf8(extra)));
      }
      String without = ("&" + form).replace("&" + pair, "").substring(1);
      refused(() -> EscrowRequest.read(Bytes.EMPTY, Bytes.utf8(without)));
      refused(() -> EscrowRequest.read(Bytes.utf8(pair), Bytes.utf8(without)));
    }
    refused(() -> EscrowRequest.read(Bytes.EMPTY, Bytes.EMPTY));
  }

  @Test
  void refusesOtherShapes() {
    String sign = SENT.sign();
    String time = "2026-03-01 12:00:00";
    for (String sysid :
        List.of(
            "12345", "1".repeat(21), "10000900100a", "１２３４５６", "100009 ", "100009\n", "-100009")) {
      refused(() -> new EscrowRequest(sysid, sign, time, "1.0", REQ));
    }
    for (String bad :
        List.of(
            "2026-02-30 12:00:00",
            "2026-03-01 24:00:00",
            "2026-03-01  12:00:00",
            "2026-03-01T12:00:00",
            "2026-3-1 12:00:00",
            "2026-03-01 12:00:00\n",
            "2026-03-01 12:00:00.0",
            "２０２６-03-01 12:00:00",
            "20260301120000")) {
      refused(() -> new EscrowRequest("100009001000", sign, bad, "1.0", REQ));
    }
    for (String v : List.of("2.0", "1", "1.0 ", "1.00", "１.0")) {
      refused(() -> new EscrowRequest("100009001000", sign, time, v, REQ));
    }
    for (String req :
        List.of("[]", "1{}", "{", "{}1", "%7B%7D", "x", "\uFEFF{}", "\u3000{}", "{}\u000B", " ")) {
      refused(() -> new EscrowRequest("100009001000", sign, time, "1.0", req));
    }
    for (String bad : List.of("好", sign.replace('A', ' ') + " ", sign + "=", "a*b=", "abc d")) {
      refused(() -> new EscrowRequest("100009001000", bad, time, "1.0", REQ));
    }
  }

  @Test
  void decodesPagesTwiceOnlyWhereTheObjectIsStillEncoded() {
    String once = SENT.form();
    String twice = SENT.pageQuery();
    refused(() -> EscrowRequest.read(Bytes.utf8(twice), Bytes.EMPTY));
    EscrowRequest percent =
        EscrowRequest.signed("100009001000", NOON, "{\"a\":\"%7B100%25+\"}", SIGNER);
    assertThat(EscrowRequest.readPage(Bytes.utf8(percent.form()), Bytes.EMPTY)).isEqualTo(percent);
    assertThat(EscrowRequest.readPage(Bytes.utf8(percent.pageQuery()), Bytes.EMPTY))
        .isEqualTo(percent);
    assertThat(EscrowRequest.readPage(Bytes.utf8(once), Bytes.EMPTY)).isEqualTo(SENT);
    String thrice = twice.replace("%", "%25");
    refused(() -> EscrowRequest.readPage(Bytes.utf8(thrice), Bytes.EMPTY));
  }

  private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
    assertThatThrownBy(reading).isInstanceOf(Refusal.class);
  }
}
