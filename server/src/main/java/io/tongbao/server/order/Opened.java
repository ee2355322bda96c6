package io.tongbao.server.order;

/** An order as its opening left it, and how it goes on. Specification escrow §4.2.2, §5.2. */
public record Opened(Order order, Next next) {

  /** What must happen for an order to be paid. */
  public sealed interface Next {

    /** The payer confirms with a code or his password, or goes to the bank's page. */
    record Confirmation() implements Next {}

    /** The payer confirms with what 新移动快捷 asks of him. */
    record Quick(QuickPay asks) implements Next {}

    /**
     * The payer pays elsewhere, with what the channel gave.
     *
     * @param text a code for the terminal, or what the merchant hands to the wallet
     */
    record Voucher(Way way, String text) implements Next {}

    /** The channel was asked at once, and said this. */
    record Asked(Progress progress) implements Next {}
  }
}
