package io.tongbao.server.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.channel.Answer;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.channel.ChannelWorker;
import io.tongbao.server.member.Member;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Where payers confirm their orders: deposits, purchases, collections, as {@link Openings} opened
 * them. Asks the channel that pays the outer part. What a kind does with the money its {@link
 * Destination} says. Specification escrow §4.2.1, §4.2.8 to §4.2.11.
 */
@Component
public final class Checkout {
  /** The {@link ChannelRequest#owner()} of requests that pay inbound orders. */
  static final String OWNER = "checkout";

  private final Orders orders;
  private final Parts parts;
  private final Tenders tenders;
  private final Proofs proofs;
  private final Arrivals arrivals;
  private final Commits commits;
  private final ChannelRequests requests;
  private final ChannelWorker worker;

  Checkout(
      Orders orders,
      Parts parts,
      Tenders tenders,
      Proofs proofs,
      Arrivals arrivals,
      Commits commits,
      ChannelRequests requests,
      ChannelWorker worker) {
    this.orders = orders;
    this.parts = parts;
    this.tenders = tenders;
    this.proofs = proofs;
    this.arrivals = arrivals;
    this.commits = commits;
    this.requests = requests;
    this.worker = worker;
  }

  /**
   * The payer confirms (确认支付): by call with a code, or on our page with his password.
   *
   * @param now the merchant's clock
   */
  public Progress confirm(Merchant merchant, Member payer, Order order, Proof proof, Instant now) {
    Payment payment = payable(payer, order, now);
    Optional<Part> outer = payment.outer();
    if (outer.isPresent() && outer.get().way().nature() != Way.Nature.ASKED) {
      throw Refusal.of(Reason.WRONG_CONFIRMATION, order.number());
    }
    List<RowWrite> used = proofs.check(merchant, payer, order, payment.parts(), proof, now);
    if (outer.isEmpty()) {
      commits.pay(arrivals.change(merchant, payer, payment, now).writeAll(used).build());
      return new Progress.Succeeded();
    }
    return ask(merchant, payment, outer.get(), used, now);
  }

  private Progress ask(
      Merchant merchant, Payment payment, Part outer, List<RowWrite> used, Instant now) {
    ChannelRequest request =
        payment.request(outer, tenders.facts(merchant, payment.order(), outer), now, now);
    Change.Builder change = Change.at(now);
    payment.hold(change);
    commits.make(
        change
            .writeAll(orders.move(payment.order(), new Event.Confirmed(), now))
            .writeAll(payment.ask(outer, request))
            .writeAll(used)
            .build());
    return progress(worker.askNow(merchant, request.id(), now));
  }

  /**
   * The payer goes to the bank's page (确认支付, 前台). Other parts of the order are set aside now, with
   * the code that this needs; the bank reports what became of the rest. Coming a second time leads
   * to the same page.
   *
   * @param facts what the bank's page must know besides, such as where the payer goes afterwards
   * @return the request that the bank's page is about
   */
  public ChannelRequest toBank(
      Merchant merchant,
      Member payer,
      Order order,
      Proof proof,
      Instant now,
      Map<String, String> facts) {
    Payment payment = payable(payer, order, now);
    Part outer =
        payment
            .outer()
            .filter(part -> part.way() == Way.GATEWAY)
            .orElseThrow(() -> Refusal.of(Reason.WRONG_CONFIRMATION, order.number()));
    Optional<ChannelRequest> earlier = asked(order, outer);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    try {
      return sendToBank(merchant, payer, payment, outer, proof, now, facts);
    } catch (Refusal refusal) {
      // Who touches the merchant's button twice comes twice at the same time.
      return parts.of(order).stream()
          .filter(part -> part.seq() == outer.seq())
          .findFirst()
          .flatMap(part -> asked(order, part))
          .orElseThrow(() -> refusal);
    }
  }

  /** What the bank was asked before for a part. */
  private Optional<ChannelRequest> asked(Order order, Part part) {
    return Optional.ofNullable(part.request()).flatMap(id -> requests.find(order.merchant(), id));
  }

  private ChannelRequest sendToBank(
      Merchant merchant,
      Member payer,
      Payment payment,
      Part outer,
      Proof proof,
      Instant now,
      Map<String, String> facts) {
    Order order = payment.order();
    Map<String, String> all = new HashMap<>(tenders.facts(merchant, order, outer));
    all.putAll(facts);
    ChannelRequest request = payment.request(outer, all, now, now);
    Change.Builder change = Change.at(now);
    if (Proofs.wanted(order, payment.parts())) {
      change.writeAll(proofs.check(merchant, payer, order, payment.parts(), proof, now));
    }
    payment.hold(change);
    commits.make(change.write(orders.touch(order)).writeAll(payment.ask(outer, request)).build());
    worker.askNow(merchant, request.id(), now);
    return requests.find(merchant.id(), request.id()).orElse(request);
  }

  /** Refuses an order that is not, or no longer, to be confirmed, before anybody is asked to. */
  public static void requirePayable(Member payer, Order order, Instant now) {
    Opening.checkPayable(payer, order, now);
  }

  /** The order with its parts, which the payer may still confirm. */
  private Payment payable(Member payer, Order order, Instant now) {
    Opening.checkPayable(payer, order, now);
    return new Payment(order, parts.of(order));
  }

  static Progress progress(Answer answer) {
    return switch (answer) {
      case Answer.Settled _ -> new Progress.Succeeded();
      case Answer.Declined declined -> new Progress.Failed(declined.reason());
      case Answer.Accepted _, Answer.Unknown _, Answer.Returned _ -> new Progress.Pending();
    };
  }
}
