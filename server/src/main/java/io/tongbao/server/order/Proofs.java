package io.tongbao.server.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.PasswordKind;
import io.tongbao.server.member.Passwords;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    Optional<QuickPay> quick = QuickPay.of(parts);
    if (quick.isPresent()) {
      return quick(merchant, payer, order, parts, quick.get(), proof, now);
    }
    Confirmation wanted =
        switch (proof) {
          case Proof.Code _ -> Confirmation.SMS_CODE;
          case Proof.Password _ -> Confirmation.PASSWORD;
        };
    if (order.confirmation() != wanted) {
      throw Refusal.of(Reason.WRONG_CONFIRMATION, order.number());
    }
    return switch (proof) {
      case Proof.Code code ->
          List.of(codes.redeem(merchant, payer, order, parts, code.text(), now));
      case Proof.Password(var digits) -> {
        passwords.require(payer, PasswordKind.PAY, digits, now);
        yield List.of();
      }
    };
  }

  /**
   * What 新移动快捷 asked for when the order was opened: the code first, so that nobody guesses at the
   * password without it. §4.2.11.
   */
  private List<RowWrite> quick(
      Merchant merchant,
      Member payer,
      Order order,
      List<Part> parts,
      QuickPay asks,
      Proof proof,
      Instant now) {
    if (!(proof instanceof Proof.Code given)) {
      throw Refusal.of(Reason.WRONG_CONFIRMATION, order.number());
    }
    Secret password = given.quickPassword();
    if (asks.password() && password == null) {
      throw Refusal.of(Reason.MISSING_FIELD, "quickNewPwd");
    }
    List<RowWrite> used =
        asks.code()
            ? List.of(codes.redeem(merchant, payer, order, parts, given.text(), now))
            : List.of();
    if (asks.password() && password != null) {
      passwords.require(payer, PasswordKind.QUICKPAY, password, now);
    }
    return used;
  }

  /** Whether the order wants a proof from the payer before he goes to a bank's page. */
  static boolean wanted(Order order, List<Part> parts) {
    return order.confirmation() == Confirmation.PASSWORD || PaymentCodes.needsCode(order, parts);
  }
}
