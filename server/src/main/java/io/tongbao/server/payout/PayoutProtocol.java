package io.tongbao.server.payout;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Admitted;
import io.tongbao.server.edge.Catalog;
import io.tongbao.server.edge.Protocol;
import io.tongbao.server.edge.Reply;
import io.tongbao.server.edge.Signed;
import io.tongbao.server.edge.WireRequest;
import io.tongbao.server.merchant.Face;
import io.tongbao.wire.payout.PayoutAnswer;
import io.tongbao.wire.payout.PayoutHeaders;
import io.tongbao.wire.payout.PayoutKeys;
import io.tongbao.wire.payout.PayoutMessage;
import io.tongbao.wire.payout.PayoutUpload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The payout face's envelope: five parameters and two headers in, plain JSON out, HTTP 200 whatever
 * happens. Specification chapter 4.
 */
final class PayoutProtocol implements Protocol {
  private static final int LONGEST_BODY = 256 * 1024;
  private static final int LONGEST_UPLOAD = 2 * PayoutUpload.LARGEST_IMAGE + LONGEST_BODY;

  /** A message is good at one address only, for as long as a day (THREATS T2-1). */
  private static final Duration REMEMBERS = Duration.ofHours(24);

  /** Where only interfaces of this face are: whoever asks for another one hears so in its words. */
  private static final List<String> OURS = List.of("/api/**", "/authentication/**");

  private static final String DONE = "操作成功";
  private static final String QUERY = "GET /api/payment/v1/query-realtime-order";
  private static final String QUERY_ALIAS = "GET /api/payment/v1/query-order";

  private final PayoutAdmission admission;
  private final PayoutKeyring keyring;
  private final Catalog catalog;
  private final Map<String, Set<String>> forbidden;

  PayoutProtocol(
      PayoutAdmission admission,
      PayoutKeyring keyring,
      Catalog catalog,
      Map<String, Set<String>> forbidden) {
    this.admission = admission;
    this.keyring = keyring;
    this.catalog = catalog;
    this.forbidden = Map.copyOf(forbidden);
  }

  @Override
  public Face face() {
    return Face.PAYOUT;
  }

  /** The printed paths, also with a slash at the end and with two at the beginning. */
  @Override
  public List<Address> addresses() {
    Stream<Address> others =
        OURS.stream()
            .flatMap(path -> Stream.of(path, "/" + path))
            .map(path -> new Address(path, LONGEST_BODY));
    return Stream.concat(addresses(catalog).stream(), others).toList();
  }

  static List<Address> addresses(Catalog catalog) {
    return catalog.names().stream().sorted().flatMap(PayoutProtocol::addresses).toList();
  }

  private static Stream<Address> addresses(String name) {
    String path = name.substring(name.indexOf('/'));
    int limit = name.equals(PayoutAdmission.UPLOAD) ? LONGEST_UPLOAD : LONGEST_BODY;
    return Stream.of(path, path + "/", "/" + path, "/" + path + "/")
        .map(variant -> new Address(variant, limit));
  }

  @Override
  public Catalog catalog() {
    return catalog;
  }

  @Override
  public Duration remembers() {
    return REMEMBERS;
  }

  @Override
  public boolean signsNoAddress() {
    return true;
  }

  @Override
  public Admitted admit(WireRequest request) {
    Admitted admitted = admission.admit(request);
    for (String name : forbidden.getOrDefault(admitted.operation(), Set.of())) {
      JsonNode value = admitted.parameters().path(name);
      if (!value.isMissingNode() && !value.isNull() && !isEmptyText(value)) {
        throw Refusal.of(Refusal.Reason.BAD_FIELD, name);
      }
    }
    return admitted;
  }

  @Override
  public Optional<Secret> said(Signed signed) {
    PayoutKeys keys = PayoutKeyring.ofOne(signed.key());
    try {
      return Optional.of(
          PayoutMessage.ofCanonical(signed.content().utf8(), signed.signature())
              .authenticate(keys)
              .open());
    } catch (Refusal forged) {
      return Optional.empty();
    }
  }

  @Override
  public Reply answer(WireRequest request, Admitted admitted, String json) {
    PayoutAnswer answer =
        new PayoutAnswer(PayoutAnswer.OK, DONE, requestId(request), data(admitted, json));
    return Reply.ok(Reply.JSON, Bytes.utf8(answer.json()));
  }

  @Override
  public Reply addressed(WireRequest request, Reply reply) {
    PayoutAnswer answer = PayoutAnswer.read(reply.body().utf8());
    if (answer.requestId().equals(requestId(request))) {
      return reply;
    }
    PayoutAnswer echoing =
        new PayoutAnswer(answer.code(), answer.message(), requestId(request), answer.data());
    return new Reply(
        reply.status(),
        reply.contentType(),
        Bytes.utf8(echoing.json()),
        reply.outcome(),
        reply.lasting());
  }

  @Override
  public Reply refuse(WireRequest request, @Nullable Admitted admitted, Refusal refusal) {
    PayoutRefusals.Words words = PayoutRefusals.words(refusal, admitted != null);
    PayoutAnswer answer = PayoutAnswer.refusal(words.code(), words.message(), requestId(request));
    return Reply.refused(Reply.JSON, Bytes.utf8(answer.json()), refusal);
  }

  private String data(Admitted admitted, String json) {
    String operation = admitted.operation();
    if (operation.equals(QUERY) && sealed(admitted)) {
      return PayoutAnswer.encrypted(json, keys(admitted));
    }
    if (operation.equals(QUERY_ALIAS) && sealed(admitted)) {
      return PayoutAnswer.bare(json, keys(admitted));
    }
    return json;
  }

  /**
   * A query may ask for an encrypted answer; under the newer name it gets the cipher text alone.
   */
  private static boolean sealed(Admitted admitted) {
    return admitted.parameters().path("data_type").asString("").equals("encryption");
  }

  private PayoutKeys keys(Admitted admitted) {
    return keyring.of(admitted.caller().merchant());
  }

  private static boolean isEmptyText(JsonNode value) {
    return value.isString() && value.stringValue().isEmpty();
  }

  /** What the header says, as far as it may be said again. */
  private static String requestId(WireRequest request) {
    String said = request.header("request-id");
    return said != null && PayoutHeaders.isRequestId(said) ? said : "";
  }
}
