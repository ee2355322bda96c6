package io.tongbao.server.channel.simulated;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.server.channel.BankPage;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.channel.simulated.Deal.Verdict;
import io.tongbao.server.channel.simulated.SimulatedBank.Choice;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.page.Pages;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * What the sandbox's payers do at a bank's page, at a terminal or in a wallet: find what is to be
 * paid, see it, choose.
 */
@Component
@Profile("sandbox")
final class Desk {
  private final SimulatedBank bank;
  private final ChannelRequests requests;
  private final Merchants merchants;

  Desk(SimulatedBank bank, ChannelRequests requests, Merchants merchants) {
    this.bank = bank;
    this.requests = requests;
    this.merchants = merchants;
  }

  /** What a payer has before him: what the bank remembers, and what the platform asked of it. */
  record Matter(Deal deal, ChannelRequest request) {

    /** Whether the platform still waits for his choice. */
    boolean open() {
      return deal.verdict() == Verdict.OPEN && request.state().open();
    }

    String fact(String name, String otherwise) {
      return request.facts().getOrDefault(name, otherwise);
    }
  }

  Optional<Matter> find(String serial) {
    return bank.deal(serial).flatMap(this::matter);
  }

  /** What a code at one of the merchant's terminals stands for. */
  Optional<Matter> atTerminal(String sysid, String code) {
    return merchants
        .find(Face.ESCROW, sysid)
        .flatMap(merchant -> bank.atTerminal(merchant, code))
        .flatMap(this::matter);
  }

  private Optional<Matter> matter(Deal deal) {
    return requests.find(deal.merchant(), deal.request()).map(asked -> new Matter(deal, asked));
  }

  /** What all pages show. */
  Map<String, Object> model(Matter matter) {
    Map<String, Object> model = new HashMap<>();
    model.put("open", matter.open());
    model.put("payee", matter.fact(BankPage.PAYEE, "商户"));
    model.put("goods", matter.fact(BankPage.GOODS, ""));
    model.put("amount", Pages.amount(matter.deal().amount()));
    model.put("serial", matter.deal().serial());
    model.put("orderNo", matter.fact("orderNo", ""));
    Instant until = matter.request().payUntil();
    model.put("until", until == null ? "" : BeijingTime.seconds(until));
    model.put("verdict", words(matter.deal()));
    model.put("mark", mark(matter.deal().verdict()));
    return model;
  }

  /**
   * Whether the choice counted: {@code pay}, {@code silent} (paid, and nobody is told) or {@code
   * refuse}. Nobody takes money for what the platform no longer waits for.
   */
  boolean choose(Matter matter, String choice) {
    return switch (choice) {
      case "pay" -> decide(matter, Choice.PAY);
      case "silent" -> decide(matter, Choice.PAY_SILENTLY);
      case "refuse" -> decide(matter, Choice.REFUSE);
      case String _ -> false;
    };
  }

  private boolean decide(Matter matter, Choice choice) {
    Merchant merchant = merchants.byId(matter.deal().merchant());
    return matter.open() && bank.choose(merchant, matter.deal(), choice, merchants.now(merchant));
  }

  private static String words(Deal deal) {
    return switch (deal.verdict()) {
      case OPEN -> "订单已关闭，没有扣款";
      case PENDING -> "银行处理中";
      case SETTLED -> "已支付";
      case DECLINED -> deal.refusal() + "，没有扣款";
      case RETURNED -> "已退回";
    };
  }

  /** Which sign goes with the words. */
  private static String mark(Verdict verdict) {
    return switch (verdict) {
      case SETTLED -> "good";
      case DECLINED -> "bad";
      case OPEN, PENDING, RETURNED -> "wait";
    };
  }
}
