package io.tongbao.server.payout;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import io.tongbao.server.TestServer;
import io.tongbao.server.edge.Protocol;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.payment.Broker;
import io.tongbao.server.payment.Brokers;
import io.tongbao.server.payout.verification.AlipayLogin;
import io.tongbao.server.payout.verification.IdentityImages;
import io.tongbao.server.recon.Audits;
import io.tongbao.wire.Form;
import io.tongbao.wire.crypto.RsaKeys;
import io.tongbao.wire.crypto.RsaScheme;
import io.tongbao.wire.crypto.RsaVerifier;
import io.tongbao.wire.payout.PayoutAnswer;
import io.tongbao.wire.payout.PayoutMessage;
import io.tongbao.wire.payout.PayoutUpload;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What holds for every interface of this face, taken from the catalog (THREATS T2-1 to T2-8). */
@TestServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PayoutFaceTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String UPLOAD = PayoutAdmission.UPLOAD;
  private static final String TYPE = "multipart/form-data; boundary=xyz";

  /** What an effect would show in. */
  private static final List<String> TABLES =
      List.of(
          "payout",
          "payout_report",
          "payout_number",
          "payout_captcha",
          "payout_identity_image",
          "channel_request",
          "entry",
          "hold",
          "text_message");

  @LocalServerPort private int port;
  @Autowired private Merchants merchants;
  @Autowired private Brokers brokers;
  @Autowired private List<Protocol> protocols;
  @Autowired private IdentityImages images;
  @Autowired private AlipayLogin login;
  @Autowired private Audits audits;
  @Autowired private JdbcClient jdbc;

  private final List<String> names = new ArrayList<>();
  private PayoutDealer dealer;
  private PayoutDealer foreign;
  private Broker broker;
  private int numbers;

  @BeforeAll
  void open() {
    dealer = PayoutDealer.open(merchants, port);
    foreign = PayoutDealer.open(merchants, port);
    broker = brokers.open(dealer.merchant(), "yunyi", Broker.Terms.of(70_000), dealer.now());
    for (Protocol protocol : protocols) {
      if (protocol.face() == Face.PAYOUT) {
        names.addAll(new TreeSet<>(protocol.catalog().names()));
      }
    }
  }

  @AfterAll
  void audit() {
    assertThat(audits.run().violations()).isEmpty();
  }

  @Test
  void everyInterfaceHasASample() {
    assertThat(names).isNotEmpty().allMatch(PayoutSamples::has);
  }

  @Test
  void noMessageHasAnEffectElsewhere() throws IOException {
    for (String at : names) {
      PayoutMessage message = dealer.sign(sample(at).toString());
      send(at, message);
      String before = effects();
      for (String other : names) {
        if (!isSame(at, other)) {
          assertThat(send(other, message).code()).as("%s at %s", at, other).matches("100[23]");
        }
      }
      assertThat(effects()).as(at).isEqualTo(before);
    }
  }

  /** Also when the message has never been where it belongs. */
  @Test
  void noOrderOrReportIsOneOfAnotherKind() throws IOException {
    List<String> kinds = names.stream().filter(name -> name.contains("/order-")).toList();
    String before = effects();
    for (String at : kinds) {
      for (String other : kinds) {
        if (!isSame(at, other)) {
          PayoutMessage message = dealer.sign(sample(at).toString());
          assertThat(send(other, message).isOk()).as("%s at %s", at, other).isFalse();
        }
      }
    }
    assertThat(effects()).isEqualTo(before);
  }

  @Test
  void refusesWhateverIsMissingOrOfAnotherType() throws IOException {
    String before = effects();
    int cases = 0;
    for (String line : lines()) {
      String name = line.substring(0, line.indexOf(" ("));
      for (String member :
          line.substring(line.indexOf('(') + 1, line.indexOf(')')).split(", ", -1)) {
        String field = member.substring(0, member.indexOf(':')).replace("?", "");
        if (field.startsWith("id_card_image")) {
          continue;
        }
        boolean mandatory = !member.contains("?:");
        ObjectNode request = sample(name);
        request.remove(field);
        cases += mandatory ? refused(name, request, field) : 0;
        cases += mandatory ? refused(name, request.put(field, ""), field) : 0;
        cases += mandatory ? refused(name, request.putNull(field), field) : 0;
        request.putObject(field).put("a", 1);
        cases += refused(name, request, field);
        request.putArray(field).add("a");
        cases += refused(name, request, field);
        cases += refused(name, request.put(field, true), field);
      }
      ObjectNode foreignDealer = sample(name).put("dealer_id", foreign.id());
      cases += refused(name, foreignDealer, "dealer_id");
    }
    assertThat(cases).isGreaterThan(names.size() * 6);
    assertThat(effects()).isEqualTo(before);
  }

  @Test
  void refusesWhatIsNotSignedNow() throws IOException {
    String before = effects();
    for (String name : names) {
      String json = sample(name).toString();
      PayoutMessage good = dealer.sign(json);
      PayoutMessage bad = resigned(good, good.sign().replace('a', 'b').replace('0', '1'));
      assertThat(send(name, bad).code()).as(name).isEqualTo("1003");
      PayoutMessage theirs =
          PayoutMessage.sealed(json, "m" + numbers++, dealer.now(), foreign.keys());
      assertThat(send(name, theirs).code()).as(name).isEqualTo("1003");
      PayoutMessage old = dealer.sign(json, dealer.now().minus(Duration.ofMinutes(6)));
      assertThat(send(name, old).code()).as(name).isEqualTo("1001");
    }
    assertThat(effects()).isEqualTo(before);
  }

  @Test
  void whatIsNotAuthenticNeverReachesTheCipher() throws IOException {
    try (CipherSpy spy = new CipherSpy()) {
      PayoutMessage good = dealer.sign(sample("POST /authentication/verify-id").toString());
      int before = spy.decrypted();
      Random random = new Random(20260302);
      for (int i = 0; i < 200; i++) {
        byte[] data = new byte[8 * (1 + random.nextInt(8))];
        random.nextBytes(data);
        PayoutMessage bad =
            new PayoutMessage(
                Bytes.of(data).base64(), "m" + i, good.timestamp(), good.sign(), "sha256");
        assertThat(send("POST /authentication/verify-id", bad).code()).isEqualTo("1003");
      }
      assertThat(spy.decrypted()).isEqualTo(before);
      assertThat(send("POST /authentication/verify-id", good).isOk()).isTrue();
      assertThat(spy.decrypted()).isEqualTo(before + 1);
    }
  }

  /** Right codes over garbled cipher texts: no answer says what came out. */
  @Test
  void noAnswerHoldsDecryptedBytes() {
    Random random = new Random(20260303);
    String secret = "zqxjk" + "wvmfp";
    String data = dealer.sign("{\"order_id\":\"" + secret + "\",\"x\":\"" + secret + "\"}").data();
    byte[] sealed = Bytes.ofBase64(data).toArray();
    for (int i = 0; i < 300; i++) {
      byte[] garbled = sealed.clone();
      garbled[random.nextInt(garbled.length)] ^= (byte) (1 + random.nextInt(255));
      String time = Long.toString(dealer.now().getEpochSecond());
      PayoutMessage message = dealer.signed(Bytes.of(garbled).base64(), "g" + i, time);
      HttpResponse<byte[]> response =
          dealer.send("GET /api/payment/v1/auth-alipay", message.form(), "r");
      PayoutAnswer answer = PayoutDealer.answer(response);
      assertThat(answer.code()).isIn("1002", "1004", "2001");
      assertThat(answer.message()).isIn("请求参数格式不正确：data", "加密错误", "上传数据有误，参数不能为空：broker_id");
      assertThat(PayoutDealer.text(response)).doesNotContain(secret.substring(0, 5));
    }
  }

  @Test
  void alipaysLoginIsSignedByThePlatform() {
    PayoutAnswer answer =
        dealer.call("GET /api/payment/v1/auth-alipay", "{\"broker_id\":\"yunyi\"}");
    String info = JSON.readTree(answer.data()).required("info").asString();
    TreeMap<String, String> said = new TreeMap<>();
    for (Form.Field field : Form.read(Bytes.utf8(info)).fields()) {
      said.put(field.name(), field.value());
    }
    Bytes sign = Bytes.ofBase64(Objects.requireNonNull(said.remove("sign")));
    String canonical =
        said.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("&"));
    RsaVerifier alipay = new RsaVerifier(RsaKeys.publicKey(login.publicKey()), RsaScheme.SHA1);
    assertThat(alipay.verify(canonical, sign)).isTrue();
    assertThat(alipay.verify(canonical + "0", sign)).isFalse();
  }

  @Test
  void keepsBothSidesOfAnIdentityCardSealed() throws IOException {
    for (boolean inQuery : new boolean[] {false, true}) {
      String person = "36023219900911531" + (inQuery ? "8" : "X");
      ObjectNode request = sample(UPLOAD).put("id_card", person);
      PayoutMessage message = dealer.sign(request.toString());
      PayoutUpload upload = new PayoutUpload(message, picture("jpeg"), picture("png"));
      PayoutAnswer answer = PayoutDealer.answer(upload(upload, inQuery));
      assertThat(answer.code() + answer.data()).isEqualTo("0000{}");
      IdentityImages.Pictures kept =
          images
              .find(
                  dealer.merchant(),
                  new IdentityImages.Person(broker.id(), new Secret("张三"), new Secret(person)))
              .orElseThrow();
      assertThat(kept.front().hex()).startsWith("ffd8ff");
      assertThat(kept.back().hex()).startsWith("ffd8ff");
    }
    byte[] stored =
        jdbc.sql("SELECT front FROM payout_identity_image LIMIT 1")
            .query((row, _) -> row.getBytes(1))
            .single();
    assertThat(Bytes.of(stored).hex()).doesNotContain("ffd8ffe0");
  }

  @Test
  void refusesWhatIsNoPicture() throws IOException {
    String before = effects();
    PayoutMessage message = dealer.sign(sample(UPLOAD).toString());
    assertThat(PayoutDealer.answer(dealer.send(UPLOAD, message)).message())
        .contains("id_card_image");
    for (Bytes bad :
        List.of(Bytes.utf8("<svg/>"), Bytes.utf8("PK\u0003\u0004"), Bytes.utf8("GIF89a"))) {
      PayoutMessage each = dealer.sign(sample(UPLOAD).toString());
      PayoutAnswer answer =
          PayoutDealer.answer(upload(new PayoutUpload(each, picture("png"), bad), false));
      assertThat(answer.code() + answer.message()).isEqualTo("2001上传数据有误：id_card_image_background");
    }
    // five megabytes and a byte are refused before anything is verified
    byte[] large = new byte[PayoutUpload.LARGEST_IMAGE];
    PayoutUpload largest =
        new PayoutUpload(resigned(message, "0"), Bytes.of(large), picture("png"));
    assertThat(PayoutDealer.answer(upload(largest, false)).code()).isEqualTo("1003");
    // and a client that sends in chunks does not say beforehand how much it is
    byte[] all = largest.body("xyz").toArray();
    assertThat(
            PayoutDealer.answer(
                    post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(all)), ""))
                .code())
        .isEqualTo("1003");
    String body =
        new String(largest.body("xyz").toArray(), StandardCharsets.ISO_8859_1)
            .replace("\0\r\n--xyz", "\0\0\r\n--xyz");
    assertThat(PayoutDealer.answer(post(body.getBytes(StandardCharsets.ISO_8859_1), "")).message())
        .isEqualTo("请求参数格式不正确，超过长度限制：id_card_image");
    assertThat(effects()).isEqualTo(before);
  }

  private HttpResponse<byte[]> upload(PayoutUpload upload, boolean inQuery) {
    if (!inQuery) {
      return post(upload.body("xyz").toArray(), "");
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    part(body, PayoutUpload.FRONT, upload.front());
    part(body, PayoutUpload.BACK, upload.back());
    body.writeBytes("--xyz--\r\n".getBytes(StandardCharsets.US_ASCII));
    return post(body.toByteArray(), "?" + upload.message().form());
  }

  private static void part(ByteArrayOutputStream body, String name, Bytes content) {
    String head = "--xyz\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n";
    body.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(content.toArray());
    body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private HttpResponse<byte[]> post(byte[] body, String query) {
    return post(BodyPublishers.ofByteArray(body), query);
  }

  private HttpResponse<byte[]> post(BodyPublisher body, String query) {
    return dealer.send(
        dealer
            .headed(UPLOAD.substring("POST ".length()) + query, "r")
            .header("Content-Type", TYPE)
            .POST(body));
  }

  private static Bytes picture(String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), format, bytes);
    return Bytes.of(bytes.toByteArray());
  }

  private int refused(String name, ObjectNode request, String field) throws IOException {
    PayoutAnswer answer = send(name, dealer.sign(request.toString()));
    assertThat(answer.isOk()).as("%s %s", name, request).isFalse();
    String words =
        switch (field) {
          case "real_name" -> "姓名有误|real_name";
          case "id_card" -> "身份证号有误|id_card";
          case "mobile" -> "手机号有误|mobile";
          default -> field;
        };
    assertThat(answer.code()).as("%s %s", name, request).isNotEqualTo("3000");
    assertThat(answer.message()).as("%s %s", name, request).containsPattern(words);
    return 1;
  }

  private PayoutAnswer send(String name, PayoutMessage message) throws IOException {
    if (name.equals(UPLOAD)) {
      return PayoutDealer.answer(
          upload(new PayoutUpload(message, picture("png"), picture("jpeg")), false));
    }
    return PayoutDealer.answer(dealer.send(name, message));
  }

  private ObjectNode sample(String name) {
    return PayoutSamples.of(name, dealer, "o" + numbers++);
  }

  private List<String> lines() {
    return protocols.stream()
        .filter(protocol -> protocol.face() == Face.PAYOUT)
        .flatMap(protocol -> protocol.catalog().lines().stream())
        .toList();
  }

  private static boolean isSame(String one, String other) {
    return canonical(one).equals(canonical(other));
  }

  private static String canonical(String name) {
    return name.replace("order-bankpay", "order-realtime")
        .replace("query-order", "query-realtime-order");
  }

  /** The rows in all tables that an effect would show in. */
  private String effects() {
    return TABLES.stream()
        .map(table ->
            table + "=" + jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single())
        .collect(Collectors.joining(" "));
  }

  private static PayoutMessage resigned(PayoutMessage message, String sign) {
    return new PayoutMessage(
        message.data(), message.mess(), message.timestamp(), sign, message.signType());
  }
}
