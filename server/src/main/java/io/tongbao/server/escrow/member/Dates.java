package io.tongbao.server.escrow.member;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.server.member.BindMethod;
import io.tongbao.server.member.CardApplication;
import org.jspecify.annotations.Nullable;

/** The day of a card's application, which only the binding by four elements writes. §4.1.10. */
final class Dates {
  private Dates() {}

  static @Nullable String of(CardApplication application) {
    if (application.method() != BindMethod.FOUR_ELEMENTS) {
      return null;
    }
    return BeijingTime.compactDay(BeijingTime.dayOf(application.appliedAt()));
  }
}
