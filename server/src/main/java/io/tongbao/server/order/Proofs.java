package io.tongbao.server.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.PasswordKind;
import io.tongbao.server.member.Passwords;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Checks the proof that an order's confirmation asks for. Specification escrow §5.2, §6.20. */
@Component
final class Proofs {
  private final PaymentCodes codes;
  private final Passwords passwords;

  Proofs(PaymentCodes codes, Passwords passwords) {
    this.codes = codes;
    this.passwords = passwords;
  }

  /**
   * Refuses a proof that is wrong or of another kind than the order's.
   *
   * @return what marks the proof used, for the order's own commit
   */
  List<RowWrite> check(
      Merchant merchant, Member payer, Order order, List<Part> parts, Proof proof, Instant now) {
    Confirmation wanted =
        switch (proof) {
          case Proof.Code _ -> Confirmation.SMS_CODE;
          case Proof.Password _ -> Confirmation.PASSWORD;
        };
    if (order.confirmation() != wanted) {
      throw Refusal.of(Reason.WRONG_CONFIRMATION, order.number());
    }
    return switch (proof) {
      case Proof.Code(String code) ->
          List.of(codes.redeem(merchant, payer, order, parts, code, now));
      case Proof.Password(var digits) -> {
        passwords.require(payer, PasswordKind.PAY, digits, now);
        yield List.of();
      }
    };
  }

  /** Whether the order wants a proof from the payer before he goes to a bank's page. */
  static boolean wanted(Order order, List<Part> parts) {
    return order.confirmation() == Confirmation.PASSWORD || PaymentCodes.needsCode(order, parts);
  }
}
