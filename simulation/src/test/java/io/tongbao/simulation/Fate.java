package io.tongbao.simulation;

import io.tongbao.client.escrow.EscrowRefused;
import io.tongbao.client.escrow.OutcomeUnknown;
import java.util.Set;
import java.util.function.Supplier;

/** What a caller knows after a call. */
sealed interface Fate {

  /** The platform's signed yes. */
  record Answered(Object answer) implements Fate {}

  /** Its signed no: nothing was changed. */
  record Refused(String code, String reason) implements Fate {}

  /** No answer, or one that says that we must ask again. */
  record Unknown(String why) implements Fate {}

  /** §7's codes of a platform that is too busy or at fault. */
  Set<String> NO_ANSWER = Set.of("9100", "9000");

  static Fate of(Supplier<?> call) {
    try {
      return new Answered(call.get());
    } catch (EscrowRefused no) {
      return NO_ANSWER.contains(no.code())
          ? new Unknown(no.code() + " " + no.reason())
          : new Refused(no.code(), no.reason());
    } catch (OutcomeUnknown nothing) {
      return new Unknown(String.valueOf(nothing.getMessage()));
    }
  }
}
