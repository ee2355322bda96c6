package io.tongbao.server.escrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.server.TestServer;
import io.tongbao.server.edge.Admitted;
import io.tongbao.server.edge.WireRequest;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.wire.escrow.EscrowRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** How front pages let signed calls in: once or twice encoded, and from any network. */
@TestServer
class PageAdmissionTest {
  private static final String PAGE = "OrderService.page";
  private static final String REQ = EscrowApplication.req(PAGE, "{\"a\":\"+%7B&= 页\"}");

  @LocalServerPort private int port;
  @Autowired private Merchants merchants;
  @Autowired private EscrowKeys keys;
  @Autowired private EscrowAdmission admission;
  private EscrowApplication application;
  private EscrowRequest request;

  @BeforeEach
  void open() {
    application = EscrowApplication.open(merchants, keys, port, List.of("10.0.0.0/8"));
    request = application.signReq(REQ, application.now());
  }

  @Test
  void admitsBothEncodings() {
    for (String form : List.of(request.form(), request.pageQuery())) {
      for (WireRequest page : List.of(get(form), post(form))) {
        Admitted admitted = admission.page(page, PAGE);
        assertThat(admitted.operation()).isEqualTo(PAGE);
        assertThat(admitted.parameters().get("a").stringValue()).isEqualTo("+%7B&= 页");
        assertThat(admitted.caller().merchant()).isEqualTo(application.merchant());
        assertThat(admitted.caller().source()).isEqualTo("203.0.113.7");
        assertThat(admitted.caller().digest()).isEqualTo(request.digest());
      }
    }
  }

  @Test
  void callsKeepToTheirNetworksAndToOneEncoding() {
    assertThat(refusal(() -> admission.call(get(request.form()))))
        .isEqualTo(Refusal.Reason.SOURCE_NOT_ALLOWED);
    assertThat(refusal(() -> admission.call(get(request.pageQuery()))))
        .isIn(Refusal.Reason.BAD_FIELD, Refusal.Reason.MALFORMED);
  }

  @Test
  void checksWhatCallsCheck() {
    EscrowRequest stale = application.signReq(REQ, application.now().minus(Duration.ofMinutes(11)));
    assertThat(refusal(() -> admission.page(get(stale.pageQuery()), PAGE)))
        .isEqualTo(Refusal.Reason.STALE_TIMESTAMP);
    EscrowRequest forged =
        new EscrowRequest(
            request.sysid(),
            request.sign(),
            request.timestamp(),
            "1.0",
            REQ.replace("page", "pagf"));
    assertThat(refusal(() -> admission.page(get(forged.pageQuery()), PAGE)))
        .isEqualTo(Refusal.Reason.BAD_SIGNATURE);
    EscrowRequest unknown =
        new EscrowRequest("199999999999", request.sign(), request.timestamp(), "1.0", REQ);
    assertThat(refusal(() -> admission.page(get(unknown.form()), PAGE)))
        .isEqualTo(Refusal.Reason.UNKNOWN_MERCHANT);
  }

  @Test
  void keepsOutWhoMayNotUseThePage() {
    merchants.changeSettings(application.merchant(), Map.of("denied", "X.y OrderService.page"));
    for (String form : List.of(request.form(), request.pageQuery())) {
      assertThat(refusal(() -> admission.page(get(form), PAGE)))
          .isEqualTo(Refusal.Reason.NOT_PERMITTED);
    }
  }

  private static Refusal.Reason refusal(Runnable call) {
    return catchThrowableOfType(Refusal.class, call::run).reason();
  }

  private static WireRequest get(String query) {
    return message("GET", Bytes.utf8(query), Bytes.EMPTY);
  }

  private static WireRequest post(String body) {
    return message("POST", Bytes.EMPTY, Bytes.utf8(body));
  }

  private static WireRequest message(String method, Bytes query, Bytes body) {
    return new WireRequest(
        method, "/yungateway/frontTrans.do", query, Map.of(), body, "203.0.113.7", "0");
  }
}
