package io.tongbao.server.channel.simulated;

import io.tongbao.kernel.Money;
import io.tongbao.server.channel.Answer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated bank remembers of a request.
 *
 * @param request our number of it
 * @param serial the bank's own
 * @param code what the payer types at a terminal, where one takes the money
 * @param asked how often it was asked or queried
 * @param clockOffset the merchant's when the deal was taken in
 */
public record Deal(
    long request,
    int merchant,
    String channel,
    Money amount,
    String serial,
    Verdict verdict,
    Manner manner,
    @Nullable String reason,
    @Nullable String code,
    int asked,
    Duration clockOffset) {

  static final String GIVEN_BACK = "收款账户异常，款项退回";

  /** 668807: nobody can tell before this question. */
  private static final int TELLING = 3;

  /** What became of it. */
  public enum Verdict {
    /** The payer has not chosen yet. */
    OPEN,
    /** The bank has not decided yet. */
    PENDING,
    SETTLED,
    DECLINED,
    RETURNED
  }

  boolean undecided() {
    return verdict == Verdict.OPEN || verdict == Verdict.PENDING;
  }

  /** Whether nobody can tell anything yet. */
  boolean vague() {
    return manner == Manner.VAGUE && asked < TELLING;
  }

  /** What the bank says when it is asked. */
  Answer answer() {
    return switch (verdict) {
      case OPEN, PENDING -> whileUndecided();
      case SETTLED ->
          manner == Manner.LOSING && asked == 1
              ? new Answer.Unknown("the answer was lost")
              : new Answer.Settled(serial, manner == Manner.PACKET);
      case DECLINED -> declined(refusal());
      case RETURNED -> new Answer.Returned(serial, said(GIVEN_BACK));
    };
  }

  /** Why it was refused, in the payer's words or the bank's. */
  String refusal() {
    return said("银行拒绝交易");
  }

  private Answer whileUndecided() {
    return switch (manner) {
      case SILENT -> new Answer.Unknown("the bank does not know");
      case PROMPT, REFUSING, SLOW, RETURNING, VAGUE, LOSING, PACKET ->
          vague() ? new Answer.Unknown("the bank does not know") : new Answer.Accepted(serial);
    };
  }

  private static Answer declined(String why) {
    return new Answer.Declined(Wish.code(why), why);
  }

  private String said(String otherwise) {
    return reason == null ? otherwise : reason;
  }
}
