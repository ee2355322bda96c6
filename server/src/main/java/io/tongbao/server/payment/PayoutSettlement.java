package io.tongbao.server.payment;

import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.server.channel.Answer;
import io.tongbao.server.channel.Applied;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.channel.Settlement;
import io.tongbao.server.payment.Part.Side;
import io.tongbao.server.payment.Part.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Moves a payout by what the channel answers about one of its parts. Two red packets may be
 * answered at the same time; whoever comes second looks again.
 */
@Component
final class PayoutSettlement implements Settlement {
  private static final int MOST_ROUNDS = 50;

  private final PayoutRows rows;
  private final PayoutMoves moves;
  private final PayoutMoney money;
  private final Ledger ledger;

  PayoutSettlement(PayoutRows rows, PayoutMoves moves, PayoutMoney money, Ledger ledger) {
    this.rows = rows;
    this.moves = moves;
    this.money = money;
    this.ledger = ledger;
  }

  @Override
  public boolean handles(String owner) {
    return owner.equals(Asked.OWNER);
  }

  @Override
  public Applied apply(ChannelRequest request, Answer.Final answer, Instant now) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Payout payout = rows.byId(request.merchant(), request.order()).orElseThrow();
      Part part =
          payout.parts().stream()
              .filter(each -> each.request() == request.id())
              .findFirst()
              .orElseThrow();
      Optional<Part> next = next(part, answer);
      if (next.isEmpty()) {
        return part.state() == State.FAILED || answer instanceof Answer.Declined
            ? refused(part, answer)
            : new Applied.Repeated();
      }
      Outcome outcome = ledger.commit(change(payout, part, next.get(), request, answer, now));
      if (!(outcome instanceof Outcome.Conflict)) {
        return Applied.of(outcome);
      }
    }
    return new Applied.Later("moved by others all the time");
  }

  private static Applied refused(Part part, Answer.Final answer) {
    return part.state() == State.FAILED && answer instanceof Answer.Declined
        ? new Applied.Repeated()
        : new Applied.Contradicted("a part in state " + part.state());
  }

  /** Where the answer leads the part; empty where it does not move it. */
  private static Optional<Part> next(Part part, Answer.Final answer) {
    return switch (answer) {
      case Answer.Settled settled -> {
        State to = settled.untaken() ? State.SENT : State.TAKEN;
        boolean moves =
            part.state() == State.ASKED || (part.state() == State.SENT && to == State.TAKEN);
        yield moves ? Optional.of(part.with(to, PayoutDetail.NONE)) : Optional.empty();
      }
      case Answer.Declined declined -> {
        PayoutDetail plainly =
            part.side() == Side.SYSTEM ? PayoutDetail.SYSTEM_FAILED : PayoutDetail.BROKER_FAILED;
        PayoutDetail why = PayoutDetail.ofRefusal(declined.code(), plainly);
        yield part.state() == State.ASKED
            ? Optional.of(part.with(State.FAILED, why))
            : Optional.empty();
      }
      case Answer.Returned _ ->
          part.state() == State.SENT || part.state() == State.TAKEN
              ? Optional.of(part.with(State.RETURNED, PayoutDetail.NONE))
              : Optional.empty();
    };
  }

  private Change change(
      Payout payout,
      Part part,
      Part next,
      ChannelRequest request,
      Answer.Final answer,
      Instant now) {
    List<Part> after =
        payout.parts().stream().map(each -> each.side() == part.side() ? next : each).toList();
    PartsResult result = PartsResult.of(after);
    Standing standing = payout.standing().to(result.status(), result.detail(), now);
    Change.Builder change =
        moves
            .change(payout, standing, result.from(payout.status(), payout.detail()), now)
            .write(PartRows.move(payout, part, next, channelNo(answer), now));
    boolean closes = part.state() == State.ASKED || next.state() == State.RETURNED;
    if (closes) {
      change.write(ChannelRequests.closing(request, answer, now));
    }
    move(change, payout, part, next);
    return change.build();
  }

  private void move(Change.Builder change, Payout payout, Part part, Part next) {
    switch (next.state()) {
      case SENT, TAKEN -> {
        if (part.state() == State.ASKED) {
          change.key(PayoutMoney.key(payout, part, PayoutMoney.OUT)).move(money.out(payout, part));
        }
      }
      case FAILED -> change.move(PayoutMoney.letGo(part));
      case RETURNED ->
          change
              .key(PayoutMoney.key(payout, part, PayoutMoney.BACK))
              .move(money.back(payout, part));
      case ASKED -> throw new IllegalStateException("a part is asked by its payout");
    }
  }

  private static @Nullable String channelNo(Answer.Final answer) {
    return switch (answer) {
      case Answer.Settled settled -> settled.channelNo();
      case Answer.Returned _, Answer.Declined _ -> null;
    };
  }
}
