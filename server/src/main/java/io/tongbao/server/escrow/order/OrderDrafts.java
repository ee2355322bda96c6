package io.tongbao.server.escrow.order;

import io.tongbao.kernel.Money;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.member.Member;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.notice.NoticeUrls;
import io.tongbao.server.order.Draft;
import io.tongbao.server.order.Kind;
import io.tongbao.server.order.Order;
import io.tongbao.server.order.Tender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes drafts of orders that somebody pays out of what requests say. §4.2.2 to §4.2.5. */
@Component
final class OrderDrafts {
  private final NoticeUrls urls;

  OrderDrafts(NoticeUrls urls) {
    this.urls = urls;
  }

  /**
   * What an order moves.
   *
   * @param account the ledger account that the order credits (a withdrawal: debits)
   */
  record Matter(Kind kind, Member payer, long account, Money fee) {}

  /** A draft of an order that brings money in. */
  Draft of(Caller caller, Matter matter, PaymentTerms said, GoodsWords goods) {
    List<Tender> tenders = said.payMethod().tenders();
    return draft(caller, matter, said.order(), tenders, said.frontUrl(), goods);
  }

  /** A draft of an order that sends money out. */
  Draft of(Caller caller, Matter matter, OrderTerms said) {
    return draft(caller, matter, said, List.of(), null, GoodsWords.NONE);
  }

  private Draft draft(
      Caller caller,
      Matter matter,
      OrderTerms said,
      List<Tender> tenders,
      @Nullable String frontUrl,
      GoodsWords goods) {
    Merchant merchant = caller.merchant();
    Order.Terms terms =
        new Order.Terms(
            urls.check(merchant, said.backUrl(), "backUrl"),
            frontUrl == null ? null : urls.check(merchant, frontUrl, "frontUrl"),
            said.summary(),
            said.extendInfo(),
            said.industryCode(),
            said.industryName(),
            said.source().number(),
            goods.name(),
            goods.description(),
            null);
    return new Draft(
        merchant,
        matter.payer(),
        matter.kind(),
        said.number(),
        matter.account(),
        said.amount(),
        matter.fee(),
        ValidateType.confirmation(said.validateType()),
        tenders,
        said.expiresAt(),
        terms,
        caller.digest(),
        caller.now());
  }
}
