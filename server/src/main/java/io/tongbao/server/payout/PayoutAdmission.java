package io.tongbao.server.payout;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.server.edge.Admitted;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Json;
import io.tongbao.server.edge.Signed;
import io.tongbao.server.edge.Sources;
import io.tongbao.server.edge.Spelling;
import io.tongbao.server.edge.WireRequest;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.wire.Multipart;
import io.tongbao.wire.payout.PayoutHeaders;
import io.tongbao.wire.payout.PayoutKeys;
import io.tongbao.wire.payout.PayoutMessage;
import io.tongbao.wire.payout.PayoutUpload;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets signed messages of the payout face in: shapes, dealer and keys, network, code, time, and
 * only then is anything decrypted. Specification chapter 4.
 */
@Component
final class PayoutAdmission {
  /** The name of the interface that takes pictures beside the signed parameters, §2.4. */
  static final String UPLOAD = "POST /api/payment/v1/sign/idcard/image";

  private static final Spelling SPELLING = new PayoutSpelling();

  private final Merchants merchants;
  private final PayoutKeyring keyring;
  private final Sources sources;

  PayoutAdmission(Merchants merchants, PayoutKeyring keyring, Sources sources) {
    this.merchants = merchants;
    this.keyring = keyring;
    this.sources = sources;
  }

  /** What a message carries: the five parameters and, in an upload, two pictures. */
  private record Parcel(PayoutMessage message, Bytes front, Bytes back) {
    static Parcel of(PayoutMessage message) {
      return new Parcel(message, Bytes.EMPTY, Bytes.EMPTY);
    }
  }

  /** Lets the message in under the name of its operation, which is its method and path. */
  Admitted admit(WireRequest request) {
    PayoutHeaders headers =
        PayoutHeaders.of(request.header("dealer-id"), request.header("request-id"));
    String name = name(request);
    Parcel parcel = parcel(name, request);
    Merchant dealer =
        merchants
            .find(Face.PAYOUT, headers.dealerId())
            .orElseThrow(() -> unknown(parcel.message()));
    PayoutKeys keys = keyring.of(dealer);
    sources.require(dealer, request.source());
    PayoutMessage.Authentic authentic = parcel.message().authenticate(keys);
    Instant now = merchants.now(dealer);
    if (!merchants.isNow(dealer, parcel.message()::isFresh)) {
      throw Refusal.of(Refusal.Reason.STALE_TIMESTAMP, "timestamp");
    }
    JsonNode data = Json.object("data", authentic.open().reveal());
    requireSameDealer(data, dealer);
    Signed signed = signed(parcel.message(), keys);
    Caller caller = new Caller(dealer, now, parcel.message().digest(), request.source());
    return new Admitted(caller, name, with(parcel, data), SPELLING, signed);
  }

  /** Pictures beside the signed parameters are not signed. */
  private static Signed signed(PayoutMessage message, PayoutKeys keys) {
    return new Signed(
        Bytes.utf8(message.canonical()), message.sign(), PayoutKeyring.asOne(keys), List.of());
  }

  /** The method and the path, without the slashes that clients double or add. */
  static String name(WireRequest request) {
    String path = request.path().replaceAll("/{2,}", "/");
    return request.method() + " " + (path.endsWith("/") ? withoutLast(path) : path);
  }

  private static String withoutLast(String path) {
    return path.substring(0, path.length() - 1);
  }

  private static Parcel parcel(String name, WireRequest request) {
    String contentType = request.header("content-type");
    if (name.equals(UPLOAD) && contentType != null && Multipart.isAnnouncedBy(contentType)) {
      PayoutUpload upload = PayoutUpload.read(request.query(), contentType, request.body());
      return new Parcel(upload.message(), upload.front(), upload.back());
    }
    return switch (request.method()) {
      case "GET" -> Parcel.of(PayoutMessage.readGet(request.query(), request.body()));
      case "POST" ->
          Parcel.of(PayoutMessage.readPost(request.query(), contentType, request.body()));
      default -> throw Refusal.of(Refusal.Reason.MALFORMED, request.method());
    };
  }

  /** Costs what a wrong code costs, so that dealers cannot be told by the clock. */
  private Refusal unknown(PayoutMessage message) {
    try {
      message.authenticate(keyring.decoy());
    } catch (Refusal wrong) {
      return Refusal.of(Refusal.Reason.UNKNOWN_MERCHANT, "dealer-id");
    }
    return Refusal.of(Refusal.Reason.BAD_SIGNATURE);
  }

  /** The header is not signed: where the signed data names the dealer too, it must be the same. */
  private static void requireSameDealer(JsonNode data, Merchant dealer) {
    JsonNode said = data.get("dealer_id");
    if (said == null || said.isNull() || (said.isString() && said.stringValue().isEmpty())) {
      return;
    }
    String code = said.isString() || said.isIntegralNumber() ? said.asString() : "";
    if (!code.equals(dealer.code())) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "dealer_id");
    }
  }

  private static JsonNode with(Parcel parcel, JsonNode data) {
    if (parcel.front().size() == 0 || !(data instanceof ObjectNode object)) {
      return data;
    }
    return object
        .put(PayoutUpload.FRONT, parcel.front().toArray())
        .put(PayoutUpload.BACK, parcel.back().toArray());
  }
}
