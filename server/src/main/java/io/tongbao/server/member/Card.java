package io.tongbao.server.member;

import io.tongbao.kernel.Secret;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bank card that is bound to a member. Escrow specification §5.9.
 *
 * @param holder whose name the card is in: the member's own, or a company's person
 * @param phone the phone that the bank knows; absent where only three elements were checked
 * @param unionBank the bank's payment number (支付行号), where the merchant gave it
 * @param method the first binding
 * @param methods all bindings, the first among them
 * @param safe whether money may be withdrawn to this card only
 * @param approval what the audit desk says; passed from the start unless a company's card is a
 *     person's
 */
public record Card(
    long id,
    int merchantId,
    long memberId,
    Secret number,
    Secret holder,
    Secret holderIdentity,
    @Nullable Secret phone,
    String bankCode,
    String bankName,
    CardType type,
    @Nullable String unionBank,
    BindMethod method,
    Set<BindMethod> methods,
    boolean safe,
    Audit approval,
    boolean personal,
    Instant boundAt) {

  public Card {
    methods = Set.copyOf(methods);
  }

  /** Whether 实名付 may debit it: four elements or more were checked. */
  public boolean payable() {
    return methods.contains(BindMethod.FOUR_ELEMENTS) || methods.contains(BindMethod.VERIFY_PAY);
  }

  /** Whether payments by 新移动快捷 may debit it. */
  public boolean quickpay() {
    return methods.contains(BindMethod.QUICKPAY);
  }
}
