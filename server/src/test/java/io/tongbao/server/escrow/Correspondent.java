package io.tongbao.server.escrow;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.NewMerchant;
import io.tongbao.wire.Form;
import io.tongbao.wire.crypto.RsaKeys;
import io.tongbao.wire.crypto.RsaScheme;
import io.tongbao.wire.crypto.RsaSigner;
import io.tongbao.wire.crypto.RsaType1;
import io.tongbao.wire.crypto.RsaVerifier;
import io.tongbao.wire.escrow.EscrowAnswer;
import io.tongbao.wire.escrow.EscrowRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;

/** A merchant of the escrow face who writes to the server under test over HTTP, as in life. */
public final class Correspondent {
  private static final String DIGEST_INFO =
      "0!0\t\6\5+\16\3\2\32\5\0\4\24" + "searched-for-so-long";
  private static final AtomicInteger NUMBERS = new AtomicInteger(200_000_001);
  private static final KeyPair PAIR = RsaKeys.generate();
  private static final Map<String, String> ENCRYPTED = new ConcurrentHashMap<>();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Merchants merchants;
  private final EscrowKeys keys;
  private final URI address;
  private final int id;
  private final RsaSigner signer = new RsaSigner(PAIR.getPrivate(), RsaScheme.SHA1);

  private Correspondent(Merchants merchants, EscrowKeys keys, URI address, int id) {
    this.merchants = merchants;
    this.keys = keys;
    this.address = address;
    this.id = id;
  }

  /** A new merchant, who may send more texts than others: tests share a few phones. */
  public static Correspondent of(
      Merchants merchants, EscrowKeys keys, int port, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("accountSetNo", "200001");
    all.put("sms.perHour", "1000000");
    all.put("sms.perDay", "1000000");
    all.putAll(settings);
    String number = "1" + NUMBERS.getAndIncrement();
    Merchant merchant =
        merchants.create(
            new NewMerchant(
                Face.ESCROW,
                number,
                "测试商户" + number,
                all,
                Map.of(EscrowKeys.MERCHANT, new Secret(RsaKeys.pem(PAIR.getPublic()))),
                List.of(),
                Set.of()));
    return new Correspondent(
        merchants, keys, URI.create("http://localhost:" + port + "/service/soa"), merchant.id());
  }

  public Merchant merchant() {
    return merchants.byId(id);
  }

  public Instant now() {
    return merchants.now(merchant());
  }

  /** A field as §6.1 encrypts it. */
  public String seal(String plain) {
    RsaType1.Shape shape =
        List.of(RsaType1.Shape.values()).stream()
            .filter(s -> s.admits(new Secret(plain)))
            .findFirst()
            .orElseThrow();
    return RsaType1.seal(shape, new Secret(plain), PAIR.getPrivate());
  }

  /**
   * Any text at all as clients encrypt it, also what our own side would never seal. "DigestInfo"
   * stands for what PKCS#1 wraps in a signature, of a SHA-1 digest that was searched for until it
   * was text.
   */
  public String encrypt(String plain) {
    return ENCRYPTED.computeIfAbsent(plain, Correspondent::raised);
  }

  private static String raised(String plain) {
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.ENCRYPT_MODE, PAIR.getPrivate());
      String text = plain.equals("DigestInfo") ? DIGEST_INFO : plain;
      return Bytes.of(cipher.doFinal(text.getBytes(StandardCharsets.UTF_8))).base64();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the platform encrypted. */
  public String open(String sealed) {
    return RsaType1.open(sealed, keys.publicKey()).reveal();
  }

  /** Signs a request now; {@code req} is the whole JSON text. */
  public EscrowRequest sign(String req) {
    return EscrowRequest.signed(merchant().code(), now(), req, signer);
  }

  /** A well-signed message whose {@code req} may be anything. */
  public String form(String req) {
    String timestamp = BeijingTime.seconds(now());
    String sysid = merchant().code();
    return Form.write(
        new Form.Field("sysid", sysid),
        new Form.Field("sign", signer.sign(sysid + req + timestamp)),
        new Form.Field("timestamp", timestamp),
        new Form.Field("v", "1.0"),
        new Form.Field("req", req));
  }

  /** Signs a request at some time. */
  public EscrowRequest sign(String req, Instant at) {
    return EscrowRequest.signed(merchant().code(), at, req, signer);
  }

  /** Sends, and checks the platform's signature. */
  public EscrowAnswer send(EscrowRequest request) {
    return read(post("", request.form()).body());
  }

  /** An answer whose signature is the platform's. */
  public EscrowAnswer read(String json) {
    return EscrowAnswer.read(json, new RsaVerifier(keys.publicKey(), RsaScheme.SHA1));
  }

  /** Posts a form to a path, the calls' own where it is empty. */
  public HttpResponse<String> post(String path, String form) {
    HttpRequest post =
        HttpRequest.newBuilder(path.isEmpty() ? address : address.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    try {
      return HTTP.send(post, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
