package io.tongbao.server.member;

import io.tongbao.kernel.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a card that is to be bound.
 *
 * @param method how it is to be bound
 * @param holder the name of the card's owner
 * @param holderIdentity the owner's identity number
 * @param phone the phone that the bank should know; absent where three elements do
 * @param validThru year and month (yyMM) printed on a credit card; asked of the bank, never kept
 * @param securityCode the digits on a credit card's back; asked of the bank, never kept
 * @param safe whether it becomes the safe card
 * @param unionBank the bank's payment number (支付行号)
 */
public record CardClaim(
    BindMethod method,
    Secret holder,
    Secret holderIdentity,
    Secret number,
    @Nullable Secret phone,
    @Nullable Secret validThru,
    @Nullable Secret securityCode,
    boolean safe,
    @Nullable String unionBank) {}
