package io.tongbao.server.escrow;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.server.edge.Admitted;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Json;
import io.tongbao.server.edge.Signed;
import io.tongbao.server.edge.Sources;
import io.tongbao.server.edge.WireRequest;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.wire.escrow.EscrowRequest;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Lets signed messages of the escrow face in, calls and pages alike: shapes, merchant, network,
 * time, signature, and only then what was signed. Specification §3.1 to §3.4.
 */
@Component
public final class EscrowAdmission {
  /** What nobody may store, however it is sealed: THREATS T-X13. */
  private static final List<String> UNKEPT = List.of("cvv2", "validate", "payPassword");

  private final Merchants merchants;
  private final EscrowKeys keys;
  private final Sources sources;

  EscrowAdmission(Merchants merchants, EscrowKeys keys, Sources sources) {
    this.merchants = merchants;
    this.keys = keys;
    this.sources = sources;
  }

  /** A call of the SOA address: the parameters are in the query or in the form, not in both. */
  public Admitted call(WireRequest request) {
    requireGetOrPost(request);
    EscrowRequest call = EscrowRequest.read(request.query(), request.body());
    Merchant merchant = merchant(call);
    sources.require(merchant, request.source());
    return admit(merchant, call, request.source());
  }

  /**
   * A browser's call of a front page, whose parameters may be encoded twice, by a merchant who may
   * use it. Nothing is carried out; the page does that, and reads the parameters with its own
   * record's codec.
   *
   * @param operation what the page is for, whatever the message calls it
   */
  public Admitted page(WireRequest request, String operation) {
    requireGetOrPost(request);
    EscrowRequest page = EscrowRequest.readPage(request.query(), request.body());
    // A browser calls from wherever the payer sits, not from the merchant's networks.
    Admitted admitted = admit(merchant(page), page, request.source());
    admitted.caller().merchant().requirePermission(operation);
    return admitted;
  }

  private Merchant merchant(EscrowRequest request) {
    return merchants.find(Face.ESCROW, request.sysid()).orElseThrow(() -> unknown(request));
  }

  private Admitted admit(Merchant merchant, EscrowRequest request, String source) {
    Instant now = merchants.now(merchant);
    if (!merchants.isNow(merchant, request::isFresh)) {
      throw Refusal.of(Refusal.Reason.STALE_TIMESTAMP, "timestamp");
    }
    if (!request.isSignedBy(keys.verifier(merchant))) {
      throw Refusal.of(Refusal.Reason.BAD_SIGNATURE, "sign");
    }
    return read(request, new Caller(merchant, now, request.digest(), source));
  }

  private Admitted read(EscrowRequest request, Caller caller) {
    JsonNode req = Json.object("req", request.req());
    String name = text(req, "service") + "." + text(req, "method");
    JsonNode param = member(req, "param");
    if (!param.isObject()) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "param");
    }
    Merchant merchant = caller.merchant();
    Signed signed =
        new Signed(
            Bytes.utf8(request.canonical()),
            request.sign(),
            merchant.key(EscrowKeys.MERCHANT),
            unkept(param));
    return new Admitted(caller, name, param, keys.spelling(merchant), signed);
  }

  private static List<String> unkept(JsonNode param) {
    return UNKEPT.stream()
        .map(param::path)
        .map(value -> value.isContainer() ? value.toString() : value.asString(""))
        .filter(Predicate.not(String::isEmpty))
        .toList();
  }

  /** Costs what a wrong signature costs, so that sysids cannot be told by the clock. */
  private Refusal unknown(EscrowRequest request) {
    boolean signed = request.isSignedBy(keys.decoy());
    return Refusal.of(
        signed ? Refusal.Reason.BAD_SIGNATURE : Refusal.Reason.UNKNOWN_MERCHANT, "sysid");
  }

  private static void requireGetOrPost(WireRequest request) {
    if (!request.method().equals("GET") && !request.method().equals("POST")) {
      throw Refusal.of(Refusal.Reason.MALFORMED, request.method());
    }
  }

  private static String text(JsonNode req, String name) {
    JsonNode value = member(req, name);
    if (!value.isString()) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, name);
    }
    return value.stringValue();
  }

  /** An empty text is as good as none, here as everywhere. */
  private static JsonNode member(JsonNode req, String name) {
    JsonNode value = req.get(name);
    if (value == null || value.isNull() || (value.isString() && value.stringValue().isEmpty())) {
      throw Refusal.of(Refusal.Reason.MISSING_FIELD, name);
    }
    return value;
  }
}
