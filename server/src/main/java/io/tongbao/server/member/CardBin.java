package io.tongbao.server.member;

/**
 * What the first digits of a card number tell. Escrow specification §5.1.
 *
 * @param prefix the digits
 * @param length how many digits such a card has in all
 * @param bankCode the bank's code of §6.22
 * @param direct whether money goes to this bank without its payment number (支付行号), §6.22
 */
public record CardBin(
    String prefix,
    int length,
    CardType type,
    String bankCode,
    String bankName,
    String cardName,
    boolean direct) {}
