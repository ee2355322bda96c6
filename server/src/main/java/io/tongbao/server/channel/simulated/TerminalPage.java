package io.tongbao.server.channel.simulated;

import io.tongbao.server.channel.simulated.Desk.Matter;
import io.tongbao.server.page.Pages;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The test terminal (订单 POS): somebody types the code that the merchant was given, sees what it is
 * for, and swipes a card or does not.
 */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class TerminalPage {
  private static final String HOME = "/pos";
  private static final String PATH = "/pos/";
  private static final String CHANNEL = "POSPAY";

  private final Desk desk;

  TerminalPage(Desk desk) {
    this.desk = desk;
  }

  @Bean
  RouterFunction<ServerResponse> testTerminal() {
    return RouterFunctions.route()
        .GET(HOME, request -> enter(request.param("sysid").orElse(""), ""))
        .POST(HOME, this::find)
        .GET(PATH + "{serial}", this::look)
        .POST(PATH + "{serial}", this::choose)
        .build();
  }

  private static ServerResponse enter(String sysid, String trouble) {
    return Pages.show("terminal-enter", Map.of("sysid", sysid, "trouble", trouble));
  }

  private ServerResponse find(ServerRequest request) {
    String sysid = request.param("sysid").orElse("").strip();
    String code = request.param("code").orElse("").strip();
    return desk.atTerminal(sysid, code)
        .filter(Matter::open)
        .map(matter -> Pages.go(PATH + matter.deal().serial()))
        .orElseGet(() -> enter(sysid, "付款码不存在或已失效，请核对商户号与付款码"));
  }

  private ServerResponse look(ServerRequest request) {
    return matter(request).map(this::show).orElseGet(TerminalPage::unknown);
  }

  private ServerResponse show(Matter matter) {
    Map<String, Object> model = new HashMap<>(desk.model(matter));
    String code = matter.deal().code();
    model.put("code", code == null ? "" : code);
    model.put("action", PATH + matter.deal().serial());
    return Pages.show("terminal", model);
  }

  private ServerResponse choose(ServerRequest request) {
    Optional<Matter> matter = matter(request);
    if (matter.isEmpty()) {
      return unknown();
    }
    desk.choose(matter.get(), request.param("choice").orElse(""));
    return Pages.go(PATH + matter.get().deal().serial());
  }

  private Optional<Matter> matter(ServerRequest request) {
    return desk.find(request.pathVariable("serial"))
        .filter(matter -> matter.request().channel().equals(CHANNEL));
  }

  private static ServerResponse unknown() {
    return Pages.trouble("交易不存在", "请返回商户重新发起支付");
  }
}
