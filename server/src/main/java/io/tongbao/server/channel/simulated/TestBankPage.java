package io.tongbao.server.channel.simulated;

import io.tongbao.server.channel.BankPage;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.simulated.Desk.Matter;
import io.tongbao.server.page.Pages;
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
  private static final String CHANNEL = "GATEWAY";

  private final Desk desk;

  TestBankPage(Desk desk) {
    this.desk = desk;
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
    Optional<Matter> matter = matter(request);
    if (matter.isEmpty()) {
      return Pages.trouble("交易不存在", "请返回商户重新发起支付");
    }
    Map<String, Object> model = desk.model(matter.get());
    model.put("action", PATH + matter.get().deal().serial());
    model.put("back", back(matter.get()));
    return Pages.show("bank", model);
  }

  private ServerResponse choose(ServerRequest request) {
    Optional<Matter> matter = matter(request);
    if (matter.isEmpty()) {
      return Pages.trouble("交易不存在", "请返回商户重新发起支付");
    }
    String choice = request.param("choice").orElse("");
    boolean counted = choice.equals("leave") || desk.choose(matter.get(), choice);
    return Pages.go(counted ? back(matter.get()) : PATH + matter.get().deal().serial());
  }

  /** A bank's page is for what is paid at one. */
  private Optional<Matter> matter(ServerRequest request) {
    return desk.find(request.pathVariable("serial"))
        .filter(matter -> matter.request().channel().equals(CHANNEL));
  }

  private static String back(Matter matter) {
    return matter.fact(RETURN_TO, "/");
  }
}
