package io.tongbao.server.order;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Money;
import io.tongbao.server.member.Member;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order that somebody pays, as the merchant asks for it.
 *
 * @param payer who pays and confirms
 * @param number the merchant's own number
 * @param account the ledger account that the order credits (a withdrawal: debits)
 * @param amount fen, including the fee
 * @param tenders what it is paid with
 * @param expiresAt when it closes unless it is confirmed; absent means as late as possible
 * @param fingerprint of the merchant's request
 * @param now the merchant's clock
 */
public record Draft(
    Merchant merchant,
    Member payer,
    Kind kind,
    String number,
    long account,
    Money amount,
    Money fee,
    Confirmation confirmation,
    List<Tender> tenders,
    @Nullable Instant expiresAt,
    Order.Terms terms,
    Bytes fingerprint,
    Instant now) {

  public Draft {
    tenders = List.copyOf(tenders);
  }
}
