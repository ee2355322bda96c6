package io.tongbao.server.sandbox;

import io.tongbao.kernel.Refusal;
import io.tongbao.server.channel.Channel;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.channel.Maintenance;
import io.tongbao.server.channel.simulated.SimulatedBank;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.merchant.SpecialPhones;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the platform asked of the simulated channels, and what a tester answers for them. */
@Component
@Profile("sandbox")
final class ChannelRoutes implements Routes {
  private static final int MOST = 200;

  private final Guests guests;
  private final Merchants merchants;
  private final Scheduler scheduler;
  private final ChannelRequests requests;
  private final Maintenance maintenance;
  private final SimulatedBank bank;
  private final List<Channel> channels;

  ChannelRoutes(
      Guests guests,
      Merchants merchants,
      Scheduler scheduler,
      ChannelRequests requests,
      Maintenance maintenance,
      SimulatedBank bank,
      List<Channel> channels) {
    this.guests = guests;
    this.merchants = merchants;
    this.scheduler = scheduler;
    this.requests = requests;
    this.maintenance = maintenance;
    this.bank = bank;
    this.channels = List.copyOf(channels);
  }

  @Override
  public void add(RouterFunctions.Builder routes) {
    routes
        .GET("/channel/requests", this::list)
        .POST("/channel/requests/{id}", this::answer)
        .POST("/channel/maintenance", this::maintain)
        .POST("/channel/phones", this::phones);
  }

  private ServerResponse list(ServerRequest request) {
    boolean openOnly = request.param("state").filter("open"::equals).isPresent();
    ArrayNode all = Replies.list();
    for (Merchant merchant : guests.chosen(request)) {
      requests.list(merchant.id(), openOnly, MOST).forEach(each -> all.add(describe(each)));
    }
    return Replies.ok(all);
  }

  private ServerResponse answer(ServerRequest request) {
    ObjectNode body = Replies.body(request);
    SimulatedBank.Say say = say(Replies.required(body, "answer"));
    String reason = Replies.text(body, "reason").orElse(null);
    long id = id(request.pathVariable("id"));
    for (Merchant merchant : guests.all()) {
      if (requests.find(merchant.id(), id).isPresent()) {
        boolean taken = bank.answer(merchant, id, say, reason, merchants.now(merchant));
        scheduler.runDue(merchant);
        return taken
            ? Replies.ok(describe(requests.find(merchant.id(), id).orElseThrow()))
            : Replies.refused(HttpStatus.CONFLICT, "the channel has decided already");
      }
    }
    return Replies.refused(HttpStatus.NOT_FOUND, "no channel request " + id);
  }

  private ServerResponse maintain(ServerRequest request) {
    ObjectNode body = Replies.body(request);
    String channel = Replies.required(body, "channel").toUpperCase(Locale.ROOT);
    if (channels.stream().noneMatch(each -> each.name().equals(channel))) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "channel");
    }
    Replies.required(body, "on");
    maintenance.set(channel, Replies.flag(body, "on", false));
    guests.all().forEach(scheduler::runDue);
    return Replies.ok(body);
  }

  /** {@code {"fail": true}}: phones of 151, 152, 153, 181, 182, 183 and 188 fail everywhere. */
  private ServerResponse phones(ServerRequest request) {
    ObjectNode body = Replies.body(request);
    Map<String, String> setting =
        Map.of(SpecialPhones.FAIL, String.valueOf(Replies.flag(body, "fail", false)));
    guests.all().forEach(merchant -> merchants.changeSettings(merchant, setting));
    return Replies.ok(body);
  }

  private static ObjectNode describe(ChannelRequest request) {
    ObjectNode one =
        Replies.object()
            .put("id", String.valueOf(request.id()))
            .put("channel", request.channel())
            .put("act", request.act().name())
            .put("order", String.valueOf(request.order()))
            .put("amount", request.amount().fen())
            .put("state", request.state().name())
            .put("attempts", request.attempts())
            .put("reason", request.reason());
    ObjectNode facts = one.putObject("facts");
    request.facts().forEach(facts::put);
    return one;
  }

  private static SimulatedBank.Say say(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "settled" -> SimulatedBank.Say.SETTLED;
      case "declined" -> SimulatedBank.Say.DECLINED;
      case "unknown" -> SimulatedBank.Say.UNKNOWN;
      case "returned" -> SimulatedBank.Say.RETURNED;
      default -> throw Refusal.of(Refusal.Reason.BAD_FIELD, "answer");
    };
  }

  private static long id(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "id");
    }
  }
}
