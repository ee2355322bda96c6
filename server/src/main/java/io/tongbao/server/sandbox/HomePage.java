package io.tongbao.server.sandbox;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.page.Pages;
import io.tongbao.server.recon.Audits;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** The page at {@code /sandbox}: what runs, what can be seen, and the calls to type. */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class HomePage {
  private static final int REQUESTS = 20;
  private static final String JSON = " -H 'Content-Type: application/json' -d '";

  /** A line of a table. */
  public record Line(String name, String value) {}

  /** Something to look at. */
  public record Link(String name, String address, String what) {}

  /** Something to do. */
  public record Call(String what, String command) {}

  private static final List<Link> LINKS =
      List.of(
          new Link("凭证", "/sandbox/api/credentials", "商户号、密钥、证书"),
          new Link("时钟", "/sandbox/api/clock", "商户的时间"),
          new Link("渠道请求", "/sandbox/api/channel/requests?state=open", "等待渠道答复的请求"),
          new Link("测试钱包", "/wallet", "用支付串付款：扫码、公众号、APP"),
          new Link("测试终端", "/pos?sysid=" + EscrowGuest.SYSID, "用付款码刷卡：订单 POS"),
          new Link("平台账户", "/sandbox/api/accounts", "平台账户集的余额"),
          new Link("通知", "/sandbox/api/notices", "后台通知及每次投递，加 ?order=订单号 查一笔"),
          new Link("收到的打款通知", "/sandbox/api/catch/payout", "沙箱代收，含验签结论"),
          new Link("请求记录", "/sandbox/api/requests?limit=20", "报文、待签名串、验签结论"),
          new Link("审计", "/sandbox/api/audit", "总账的全部恒等式"),
          new Link("健康", "/actuator/health", "运行状况"));

  @Bean
  RouterFunction<ServerResponse> home(
      Merchants merchants, Guests guests, Audits audits, RequestLog requests, Reception reception) {
    return RouterFunctions.route()
        .GET(
            "/sandbox",
            _ ->
                Pages.show(
                    "sandbox",
                    Map.of(
                        "base", base(reception),
                        "lines", lines(merchants, guests, audits),
                        "links", LINKS,
                        "calls", calls(base(reception)),
                        "requests", requests.last(REQUESTS))))
        .GET("/", _ -> ServerResponse.temporaryRedirect(URI.create("/sandbox")).build())
        .build();
  }

  private static String base(Reception reception) {
    return reception.credentials().path("baseUrl").asString("");
  }

  private static List<Line> lines(Merchants merchants, Guests guests, Audits audits) {
    List<Line> lines = new ArrayList<>();
    for (Merchant merchant : guests.all()) {
      String time = BeijingTime.seconds(merchants.now(merchant));
      lines.add(new Line(merchant.face().code(), merchant.code() + " · 现在 " + time));
    }
    var report = audits.run();
    String verdict = report.passed() ? "通过" : "未通过 (" + report.violations().size() + " 项)";
    lines.add(new Line("审计", verdict + " · " + report.entries() + " 条分录"));
    return lines;
  }

  private static List<Call> calls(String base) {
    String api = base + "/sandbox/api/";
    return List.of(
        new Call("看手机收到的短信", "curl '" + api + "sms?phone=13900000000'"),
        new Call("拨快时钟", "curl " + api + "clock" + JSON + "{\"advance\":\"PT25H\"}'"),
        new Call(
            "给平台账户充值（分）",
            "curl "
                + api
                + "topups"
                + JSON
                + "{\"face\":\"escrow\",\"sysid\":\""
                + EscrowGuest.SYSID
                + "\",\"accountSetNo\":\"2000000\",\"amount\":100000}'"),
        new Call(
            "给打款账户充值（元）",
            "curl "
                + api
                + "topups"
                + JSON
                + "{\"face\":\"payout\",\"dealerId\":\""
                + PayoutGuest.DEALER
                + "\",\"brokerId\":\""
                + PayoutGuest.BROKER
                + "\",\"channel\":\"bankcard\",\"amount\":\"1000.00\"}'"),
        new Call(
            "替渠道答复", "curl " + api + "channel/requests/编号" + JSON + "{\"answer\":\"declined\"}'"),
        new Call("收通知：填作 backUrl，到 api/catch/任意名字 查看", base + "/sandbox/catch/任意名字"),
        new Call(
            "改打款通知地址",
            "curl -X PUT "
                + api
                + "settings"
                + JSON
                + "{\"dealerId\":\""
                + PayoutGuest.DEALER
                + "\",\"settings\":{\"notify.url\":\""
                + base
                + "/sandbox/catch/payout\"}}'"),
        new Call("回到最初", "curl -X POST " + api + "reset"));
  }
}
