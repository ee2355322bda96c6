package io.tongbao.server.channel.simulated;

import io.tongbao.server.channel.BankPage;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.channel.simulated.Deal.Verdict;
import io.tongbao.server.channel.simulated.SimulatedBank.Choice;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
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
 * The test bank's page (bankCode vbank, and every other bank in the sandbox): the payer pays,
 * refuses, leaves, or pays without the bank telling anybody.
 */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class TestBankPage implements BankPage {
  private static final String PATH = "/vbank/";
  private static final String SERIAL = "serial";

  private final SimulatedBank bank;
  private final ChannelRequests requests;
  private final Merchants merchants;

  TestBankPage(SimulatedBank bank, ChannelRequests requests, Merchants merchants) {
    this.bank = bank;
    this.requests = requests;
    this.merchants = merchants;
  }

  @Override
  public Optional<String> address(ChannelRequest request) {
    return Optional.ofNullable(request.channelNo()).map(serial -> PATH + serial);
  }

  @Bean
  RouterFunction<ServerResponse> testBank() {
    return RouterFunctions.route()
        .GET(PATH + "{serial}", this::look)
        .POST(PATH + "{serial}", this::choose)
        .build();
  }

  private ServerResponse look(ServerRequest request) {
    Optional<Deal> deal = bank.deal(request.pathVariable(SERIAL));
    Optional<ChannelRequest> asked =
        deal.flatMap(each -> requests.find(each.merchant(), each.request()));
    if (deal.isEmpty() || asked.isEmpty()) {
      return Pages.trouble("交易不存在", "请返回商户重新发起支付");
    }
    boolean open = deal.get().verdict() == Verdict.OPEN && asked.get().state().open();
    Map<String, Object> model = new HashMap<>();
    model.put("open", open);
    model.put("payee", asked.get().facts().getOrDefault(PAYEE, "商户"));
    model.put("amount", Pages.amount(deal.get().amount()));
    model.put(SERIAL, deal.get().serial());
    model.put("orderNo", asked.get().facts().getOrDefault("orderNo", ""));
    model.put("action", PATH + deal.get().serial());
    model.put("verdict", words(deal.get().verdict()));
    model.put("back", back(asked.get()));
    return Pages.show("bank", model);
  }

  private ServerResponse choose(ServerRequest request) {
    Optional<Deal> deal = bank.deal(request.pathVariable(SERIAL));
    Optional<ChannelRequest> asked =
        deal.flatMap(each -> requests.find(each.merchant(), each.request()));
    if (deal.isEmpty() || asked.isEmpty()) {
      return Pages.trouble("交易不存在", "请返回商户重新发起支付");
    }
    Merchant merchant = merchants.byId(deal.get().merchant());
    boolean counted =
        switch (request.param("choice").orElse("")) {
          case "pay" -> decide(merchant, deal.get(), asked.get(), Choice.PAY);
          case "silent" -> decide(merchant, deal.get(), asked.get(), Choice.PAY_SILENTLY);
          case "refuse" -> decide(merchant, deal.get(), asked.get(), Choice.REFUSE);
          case "leave" -> true;
          case String _ -> false;
        };
    return Pages.go(counted ? back(asked.get()) : PATH + deal.get().serial());
  }

  /** The bank takes no money for what the platform no longer waits for. */
  private boolean decide(Merchant merchant, Deal deal, ChannelRequest asked, Choice choice) {
    return asked.state().open() && bank.choose(merchant, deal, choice, merchants.now(merchant));
  }

  private static String back(ChannelRequest request) {
    return request.facts().getOrDefault(RETURN_TO, "/");
  }

  private static String words(Verdict verdict) {
    return switch (verdict) {
      case OPEN -> "订单已关闭，没有扣款";
      case PENDING -> "银行处理中";
      case SETTLED -> "已支付";
      case DECLINED -> "已取消，没有扣款";
      case RETURNED -> "已退回";
    };
  }
}
