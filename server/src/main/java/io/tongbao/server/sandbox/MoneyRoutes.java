package io.tongbao.server.sandbox;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.ledger.Account;
import io.tongbao.ledger.Accounts;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.Outcome;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.payment.Broker;
import io.tongbao.server.payment.Brokers;
import io.tongbao.server.payment.PayoutChannel;
import io.tongbao.server.payment.Topups;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Money from outside into the platform's own accounts, and what these accounts hold. */
@Component
@Profile("sandbox")
final class MoneyRoutes implements Routes {
  private static final String CLEARING = "clearing:";
  private static final String OUTSIDE = CLEARING + "GATEWAY";

  /** What these hold belongs to orders: nobody puts money in beside them. */
  private static final Set<String> INTERMEDIATE = Set.of("100004", "100005");

  private final Guests guests;
  private final Merchants merchants;
  private final Accounts accounts;
  private final Ledger ledger;
  private final Brokers brokers;
  private final Topups topups;
  private final Scheduler scheduler;

  MoneyRoutes(
      Guests guests,
      Merchants merchants,
      Accounts accounts,
      Ledger ledger,
      Brokers brokers,
      Topups topups,
      Scheduler scheduler) {
    this.guests = guests;
    this.merchants = merchants;
    this.brokers = brokers;
    this.topups = topups;
    this.scheduler = scheduler;
    this.accounts = accounts;
    this.ledger = ledger;
  }

  @Override
  public void add(RouterFunctions.Builder routes) {
    routes.POST("/topups", this::topUp).GET("/accounts", this::list);
  }

  private ServerResponse topUp(ServerRequest request) {
    ObjectNode body = Replies.body(request);
    return switch (Replies.text(body, "face").orElse(Face.ESCROW.code())) {
      case "escrow" -> topUpPlatform(body);
      case "payout" -> topUpDealer(body);
      default -> throw Refusal.of(Refusal.Reason.BAD_FIELD, "face");
    };
  }

  /** In yuan, because that is what this face speaks. */
  private ServerResponse topUpDealer(ObjectNode body) {
    Merchant dealer = guests.named(Face.PAYOUT, Replies.required(body, "dealerId"));
    Broker broker = brokers.find(dealer, Replies.required(body, "brokerId"));
    PayoutChannel channel =
        PayoutChannel.ofCode(Replies.required(body, "channel"))
            .orElseThrow(() -> Refusal.of(Refusal.Reason.BAD_FIELD, "channel"));
    Money amount = Replies.yuan(body, "amount");
    topups.add(dealer, broker, channel, amount, Ids.twentyDigits(), merchants.now(dealer));
    scheduler.runDue(dealer);
    return Replies.ok(
        Replies.object()
            .put("brokerId", broker.code())
            .put("channel", channel.code())
            .put("balance", brokers.balances(broker).of(channel).yuan()));
  }

  private ServerResponse topUpPlatform(ObjectNode body) {
    Merchant merchant = guests.named(Face.ESCROW, Replies.required(body, "sysid"));
    Money amount = Money.parseFen(Replies.required(body, "amount"));
    if (!amount.isPositive()) {
      throw Refusal.of(Refusal.Reason.BAD_AMOUNT, "amount");
    }
    String set = Replies.required(body, "accountSetNo");
    if (set.startsWith(CLEARING) || INTERMEDIATE.contains(set)) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "accountSetNo");
    }
    Account target = account(merchant, set);
    post(merchant, target, amount);
    return Replies.ok(describe(account(merchant, target.setNo())));
  }

  private void post(Merchant merchant, Account target, Money amount) {
    Account outside = account(merchant, OUTSIDE);
    String number = Ids.twentyDigits();
    Bytes fingerprint = Bytes.utf8(number + target.id() + amount.fen()).sha256();
    Change change =
        Change.at(merchants.now(merchant))
            .key(new Change.Key(merchant.id(), "sandbox.topup", number, 0, fingerprint))
            .move(
                new Movement.Post(
                    List.of(
                        new Movement.Leg(outside.id(), -amount.fen(), "沙箱充值"),
                        new Movement.Leg(target.id(), amount.fen(), "沙箱充值"))))
            .build();
    if (!(ledger.commit(change) instanceof Outcome.Committed)) {
      throw Refusal.of(Refusal.Reason.BUSY);
    }
  }

  private ServerResponse list(ServerRequest request) {
    Merchant merchant = guests.of(request);
    ArrayNode all = Replies.list();
    accounts.of(merchant.id(), 0).forEach(account -> all.add(describe(account)));
    return Replies.ok(all);
  }

  private Account account(Merchant merchant, String set) {
    return accounts
        .find(merchant.id(), 0, set)
        .orElseThrow(() -> Refusal.of(Refusal.Reason.ACCOUNT_SET_UNKNOWN, set));
  }

  private ObjectNode describe(Account account) {
    var balance = accounts.balance(account.id()).orElseThrow();
    return Replies.object()
        .put("accountSetNo", account.setNo())
        .put("balance", balance.total().fen())
        .put("frozen", balance.frozen().fen());
  }
}
