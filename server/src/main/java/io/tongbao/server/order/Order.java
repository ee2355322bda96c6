package io.tongbao.server.order;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order of the escrow face: what all kinds share. Row of table {@code orders}.
 *
 * @param number the merchant's own number (bizOrderNo), unique per merchant over all kinds
 * @param orderNo ours; begins with twenty random digits
 * @param member the payer's row id; of a disbursement the payee's
 * @param account the ledger account that the order credits (a withdrawal: debits)
 * @param amount fen, including the fee
 * @param refunded fen given back or about to be
 * @param fingerprint of the merchant's request
 * @param failure why it failed, in Chinese
 * @param version grows whenever a decision about the order is committed
 * @param createdAt this and the other times: the merchant's clock
 */
public record Order(
    int merchant,
    long id,
    Kind kind,
    String number,
    String orderNo,
    State state,
    long member,
    long account,
    Money amount,
    Money fee,
    Confirmation confirmation,
    Money refunded,
    Money feeRefunded,
    Terms terms,
    Bytes fingerprint,
    @Nullable String failure,
    int version,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant finishedAt) {

  /** What the merchant said about the order and gets back as it was; no decision depends on it. */
  public record Terms(
      @Nullable String backUrl,
      @Nullable String frontUrl,
      @Nullable String summary,
      @Nullable String extendInfo,
      @Nullable String industryCode,
      @Nullable String industryName,
      @Nullable Integer source,
      @Nullable String goodsName,
      @Nullable String goodsDesc,
      @Nullable String batchNo) {

    public static final Terms NONE =
        new Terms(null, null, null, null, null, null, null, null, null, null);
  }

  /** What reaches the receiver: the amount less the fee. */
  public Money net() {
    return amount.minus(fee);
  }
}
