package io.tongbao.server.channel.simulated;

import io.tongbao.server.channel.simulated.Desk.Matter;
import io.tongbao.server.page.OwnAddress;
import io.tongbao.server.page.Pages;
import io.tongbao.server.page.QrCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The test wallet: what a payer's phone shows after it scanned the merchant's code, or after a page
 * or an app called it. Takes anything that the platform gave the merchant to pay with: the address
 * in a QR code, or a text with the wallet's number of twenty digits in it, also a whole answer.
 */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class WalletPage {
  static final String PATH = "/wallet/";

  private static final Pattern SERIAL = Pattern.compile("(?<![0-9])[0-9]{20}(?![0-9])");
  private static final int LONGEST_TEXT = 4096;

  private static final Map<String, String> WALLETS =
      Map.of(
          "WECHATPAY_APP", "微信支付",
          "SCAN_WEIXIN", "微信支付",
          "WECHAT_PUBLIC", "微信支付",
          "SCAN_ALIPAY", "支付宝",
          "ALIPAY_SERVICE", "支付宝",
          "QQ_WALLET", "QQ 钱包");

  private final Desk desk;
  private final OwnAddress address;

  WalletPage(Desk desk, OwnAddress address) {
    this.desk = desk;
    this.address = address;
  }

  @Bean
  RouterFunction<ServerResponse> testWallet() {
    return RouterFunctions.route()
        .GET("/wallet", _ -> enter(""))
        .POST("/wallet", this::scan)
        .GET(PATH + "{serial}", this::look)
        .POST(PATH + "{serial}", this::choose)
        .GET(PATH + "{serial}/code", this::code)
        .build();
  }

  private static ServerResponse enter(String trouble) {
    return Pages.show("wallet-enter", Map.of("trouble", trouble));
  }

  private ServerResponse scan(ServerRequest request) {
    String text = request.param("text").orElse("");
    return SERIAL
        .matcher(text.substring(0, Math.min(text.length(), LONGEST_TEXT)))
        .results()
        .map(MatchResult::group)
        .filter(serial -> matter(serial).isPresent())
        .findFirst()
        .map(serial -> Pages.go(PATH + serial))
        .orElseGet(() -> enter("没有认出支付串：请粘贴 payInfo、tradeNO 或 prepayid"));
  }

  private ServerResponse look(ServerRequest request) {
    return matter(request)
        .map(matter -> Pages.show("wallet", model(matter)))
        .orElseGet(WalletPage::unknown);
  }

  private ServerResponse choose(ServerRequest request) {
    Optional<Matter> matter = matter(request);
    if (matter.isEmpty()) {
      return unknown();
    }
    desk.choose(matter.get(), request.param("choice").orElse(""));
    return Pages.go(PATH + matter.get().deal().serial());
  }

  /** What the merchant's counter shows to a payer who scans. */
  private ServerResponse code(ServerRequest request) {
    Optional<Matter> matter = matter(request);
    if (matter.isEmpty()) {
      return unknown();
    }
    String own = PATH + matter.get().deal().serial();
    Map<String, Object> model = model(matter.get());
    model.put("qr", QrCode.of(address.of(own)));
    return Pages.show("wallet-code", model);
  }

  private Map<String, Object> model(Matter matter) {
    Map<String, Object> model = new HashMap<>(desk.model(matter));
    String own = PATH + matter.deal().serial();
    model.put("wallet", WALLETS.getOrDefault(matter.request().channel(), "钱包"));
    model.put("debitOnly", matter.fact("limit", "").equals("no_credit"));
    model.put("action", own);
    return model;
  }

  private Optional<Matter> matter(ServerRequest request) {
    return matter(request.pathVariable("serial"));
  }

  private Optional<Matter> matter(String serial) {
    return desk.find(serial).filter(matter -> WALLETS.containsKey(matter.request().channel()));
  }

  private static ServerResponse unknown() {
    return Pages.trouble("交易不存在", "请返回商户重新发起支付");
  }
}
