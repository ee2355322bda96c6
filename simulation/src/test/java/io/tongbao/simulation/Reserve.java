package io.tongbao.simulation;

import io.tongbao.client.escrow.MoneyCalls;
import io.tongbao.client.tour.Actor;
import io.tongbao.kernel.Money;

/** Money of a member that is frozen, and then let go in part. */
final class Reserve {
  private static final Money AMOUNT = Money.ofFen(100);
  private static final Money BACK = Money.ofFen(40);

  private final Actor member;
  private final Ask<MoneyCalls.Frozen> freeze;
  private final Ask<MoneyCalls.Frozen> unfreeze;

  Reserve(World world, Actor member, String number) {
    this.member = member;
    this.freeze =
        Ask.of(
            world.client(),
            new MoneyCalls.Freeze(member.member(), number, world.accountSet(), AMOUNT));
    this.unfreeze =
        Ask.of(
            world.client(),
            new MoneyCalls.Unfreeze(member.member(), number, world.accountSet(), BACK));
  }

  void travel() {
    freeze.send();
    if (freeze.answer() != null) {
      unfreeze.send();
    }
  }

  Actor member() {
    return member;
  }

  Ask<MoneyCalls.Frozen> freeze() {
    return freeze;
  }

  Ask<MoneyCalls.Frozen> unfreeze() {
    return unfreeze;
  }

  /** What stays frozen, when everything is known. Fen. */
  long frozen() {
    return (took(freeze) ? AMOUNT.fen() : 0) - (took(unfreeze) ? BACK.fen() : 0);
  }

  /** A message that was lost and, sent again, finds its own number taken has had its effect. */
  private static boolean took(Ask<?> ask) {
    return ask.fate() instanceof Fate.Answered
        || (ask.fate() instanceof Fate.Refused refused && refused.code().equals("40017"));
  }
}
