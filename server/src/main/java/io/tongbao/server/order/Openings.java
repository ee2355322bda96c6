package io.tongbao.server.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.channel.Answer;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.channel.ChannelWorker;
import io.tongbao.server.member.Codes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Opens the orders that somebody pays: deposits, purchases, collections. Most then wait for the
 * payer's confirmation at the {@link Checkout}. Where a terminal or a wallet pays, the channel is
 * told at once and says what the payer pays with; where the payer showed a code, it is asked at
 * once. Specification escrow §4.2.1 to §4.2.5, §5.2.
 */
@Component
public final class Openings {
  /**
   * For how long only the request that opens an order may ask the channel: it alone has what no row
   * holds. Whoever comes by later asks without.
   */
  private static final Duration FIRST_WORD = Duration.ofMinutes(1);

  private static final String SILENT = "渠道没有应答";

  private final Orders orders;
  private final Parts parts;
  private final Tenders tenders;
  private final PaymentCodes codes;
  private final Arrivals arrivals;
  private final Commits commits;
  private final ChannelWorker worker;

  Openings(
      Orders orders,
      Parts parts,
      Tenders tenders,
      PaymentCodes codes,
      Arrivals arrivals,
      Commits commits,
      ChannelWorker worker) {
    this.orders = orders;
    this.parts = parts;
    this.tenders = tenders;
    this.codes = codes;
    this.arrivals = arrivals;
    this.commits = commits;
    this.worker = worker;
  }

  /** Opens an order that has no rows of its kind's own. */
  public Opened open(Draft draft) {
    return open(draft, _ -> List.of());
  }

  /**
   * Opens an order: checks the draft, writes the order with its parts, and sees to what its way of
   * paying needs.
   *
   * @param own the rows of the order's kind, written in the same commit
   */
  public Opened open(Draft draft, Function<Order, List<RowWrite>> own) {
    Way.Nature nature = outer(draft).map(Way::nature).orElse(Way.Nature.INNER);
    boolean atOnce = nature == Way.Nature.SCANNED;
    Order order = Opening.order(draft, atOnce ? State.IN_PROGRESS : State.UNPAID);
    check(draft);
    Payment payment =
        new Payment(order, tenders.parts(draft.merchant(), draft.payer(), draft.tenders()));
    return switch (nature) {
      case INNER, PAGE, ASKED, OUTGOING -> await(draft, payment, own.apply(order));
      case VOUCHER -> vouch(draft, payment, own.apply(order));
      case SCANNED -> new Opened(order, asked(ask(draft, payment, own.apply(order))));
    };
  }

  private static Optional<Way> outer(Draft draft) {
    return draft.tenders().stream().map(Tender::way).filter(way -> !way.isInner()).findFirst();
  }

  private void check(Draft draft) {
    List<Way> ways = draft.tenders().stream().map(Tender::way).toList();
    Combination.check(draft.kind(), draft.amount(), draft.tenders(), draft.confirmation());
    Combination.checkPermissions(draft.merchant(), ways);
    for (Way way : ways) {
      if (!way.isInner() && !worker.carries(way.name())) {
        throw Refusal.of(Reason.NO_CHANNEL, way.name());
      }
    }
    if (ways.contains(Way.GATEWAY) && draft.terms().frontUrl() == null) {
      throw Refusal.of(Reason.MISSING_FIELD, "frontUrl");
    }
    if (orders.find(draft.merchant(), draft.number()).isPresent()) {
      throw Refusal.of(Reason.ORDER_EXISTS, "bizOrderNo");
    }
  }

  /** The payer gets the code that confirms the order, and must confirm it. */
  private Opened await(Draft draft, Payment payment, List<RowWrite> own) {
    Order order = payment.order();
    Optional<Codes.Draft> code =
        codes.draft(draft.merchant(), draft.payer(), order, payment.parts());
    commits.make(
        opening(draft, payment, own)
            .writeAll(code.map(Codes.Draft::writes).orElse(List.of()))
            .build());
    code.ifPresent(sending -> codes.send(draft.merchant(), sending));
    Opened.Next next =
        QuickPay.of(payment.parts())
            .<Opened.Next>map(Opened.Next.Quick::new)
            .orElseGet(Opened.Next.Confirmation::new);
    return new Opened(order, next);
  }

  /** The channel is told, and says what the payer pays with; without that there is no order. */
  private Opened vouch(Draft draft, Payment payment, List<RowWrite> own) {
    Order order = payment.order();
    Way way = payment.outer().orElseThrow().way();
    Answer answer = ask(draft, payment, own);
    if (answer instanceof Answer.Accepted accepted && accepted.voucher() != null) {
      return new Opened(order, new Opened.Next.Voucher(way, accepted.voucher()));
    }
    return switch (answer) {
      case Answer.Settled _ -> new Opened(order, asked(answer));
      case Answer.Declined declined -> throw Refusal.of(Reason.PAYMENT_FAILED, declined.reason());
      case Answer.Accepted _, Answer.Unknown _, Answer.Returned _ -> {
        abandon(draft, order);
        throw Refusal.of(Reason.PAYMENT_TIMED_OUT, order.number());
      }
    };
  }

  /** Nobody got what the order is paid with, so nobody will pay it. */
  private void abandon(Draft draft, Order order) {
    Instant now = draft.now();
    Payment payment = new Payment(order, parts.of(order));
    commits.attempt(
        arrivals
            .abandonment(draft.merchant(), payment, new Event.Declined(SILENT), now)
            .writeAll(payment.withdrawRequest(SILENT, now))
            .build());
  }

  private Answer ask(Draft draft, Payment payment, List<RowWrite> own) {
    Instant now = draft.now();
    Part outer = payment.outer().orElseThrow();
    ChannelRequest request =
        payment.request(
            outer,
            tenders.facts(draft.merchant(), payment.order(), outer),
            now,
            now.plus(FIRST_WORD));
    Payment asking = new Payment(payment.order(), List.of(outer.asking(request.id())));
    commits.make(opening(draft, asking, own).write(ChannelRequests.opening(request)).build());
    return worker.askNow(draft.merchant(), request.id(), Tenders.spoken(draft.tenders()), now);
  }

  private static Opened.Next asked(Answer answer) {
    return new Opened.Next.Asked(Checkout.progress(answer));
  }

  private Change.Builder opening(Draft draft, Payment payment, List<RowWrite> own) {
    return Change.at(draft.now())
        .writeAll(orders.open(payment.order()))
        .writeAll(Parts.open(payment.order(), payment.parts()))
        .writeAll(own);
  }
}
