package io.tongbao.server.escrow;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.WireRequest;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.NewMerchant;
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
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A merchant's application as tests play it: taken on with a key, it signs its calls, sends them
 * over HTTP and checks the platform's signatures.
 */
public final class EscrowApplication {
  public static final String ACCOUNT_SET = "200001";

  /** Making keys is slow: applications share three, and no two in a row the same. */
  private static final List<KeyPair> KEYS =
      List.of(RsaKeys.generate(), RsaKeys.generate(), RsaKeys.generate());

  private static final AtomicInteger OPENED = new AtomicInteger();

  private final Merchants merchants;
  private final Merchant merchant;
  private final KeyPair keys;
  private final RsaSigner signer;
  private final RsaVerifier platform;
  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private EscrowApplication(
      Merchants merchants, Merchant merchant, KeyPair keys, EscrowKeys platform, int port) {
    this.merchants = merchants;
    this.merchant = merchant;
    this.keys = keys;
    this.signer = new RsaSigner(keys.getPrivate(), RsaScheme.SHA1);
    this.platform = new RsaVerifier(platform.publicKey(), RsaScheme.SHA1);
    this.address = URI.create("http://localhost:" + port + "/service/soa");
  }

  /** Takes a new application on at the server that listens on this port. */
  public static EscrowApplication open(Merchants merchants, EscrowKeys platform, int port) {
    return open(merchants, platform, port, List.of());
  }

  /** The same, for one that may call from these networks only. */
  public static EscrowApplication open(
      Merchants merchants, EscrowKeys platform, int port, List<String> sources) {
    KeyPair keys = KEYS.get(OPENED.getAndIncrement() % KEYS.size());
    NewMerchant wanted =
        new NewMerchant(
            Face.ESCROW,
            "1" + Ids.digits(11),
            "测试应用",
            Map.of("accountSetNo", ACCOUNT_SET),
            Map.of(EscrowKeys.MERCHANT, new Secret(RsaKeys.pem(keys.getPublic()))),
            sources,
            Set.of());
    return new EscrowApplication(merchants, merchants.create(wanted), keys, platform, port);
  }

  public Merchant merchant() {
    return merchant;
  }

  public String sysid() {
    return merchant.code();
  }

  /** What time it is for this merchant. */
  public Instant now() {
    return merchants.now(merchant);
  }

  /** Calls {@code Service.method} and checks the answer's signature. */
  public EscrowAnswer call(String operation, String param) {
    return answer(post(sign(operation, param, now()).form()));
  }

  /** The signed request of that operation at that time. */
  public EscrowRequest sign(String operation, String param, Instant at) {
    return signReq(req(operation, param), at);
  }

  /** A signed request as the server's edge sees it. */
  public WireRequest wire(EscrowRequest request) {
    return new WireRequest(
        "POST",
        "/service/soa",
        Bytes.EMPTY,
        Map.of(),
        Bytes.utf8(request.form()),
        "127.0.0.1",
        "0");
  }

  /** Any {@code req} at all, signed. */
  public EscrowRequest signReq(String req, Instant at) {
    return EscrowRequest.signed(sysid(), at, req, signer);
  }

  /** The application's signature over any text, in base64. */
  public String signText(String text) {
    return signer.sign(text);
  }

  public static String req(String operation, String param) {
    String[] name = operation.split("\\.", -1);
    return "{\"service\":\"%s\",\"method\":\"%s\",\"param\":%s}".formatted(name[0], name[1], param);
  }

  /** A field as the specification's "RSA 加密" writes it. */
  public String sealed(RsaType1.Shape shape, String value) {
    return RsaType1.seal(shape, new Secret(value), keys.getPrivate());
  }

  public HttpResponse<byte[]> post(String form) {
    return post(form, "application/x-www-form-urlencoded");
  }

  public HttpResponse<byte[]> post(String form, String contentType) {
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  public HttpResponse<byte[]> get(String query) {
    return send(HttpRequest.newBuilder(URI.create(address + "?" + query)).GET());
  }

  public HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The answer in a response; throws where the platform did not sign it. */
  public EscrowAnswer answer(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw new AssertionError("HTTP " + response.statusCode());
    }
    return EscrowAnswer.read(new String(response.body(), StandardCharsets.UTF_8), platform);
  }

  /** Where calls go. */
  public URI address() {
    return address;
  }
}
