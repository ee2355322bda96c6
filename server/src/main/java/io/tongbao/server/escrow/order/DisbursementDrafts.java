package io.tongbao.server.escrow.order;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.server.member.Companies;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.notice.NoticeUrls;
import io.tongbao.server.order.AccountSets;
import io.tongbao.server.order.Disbursement;
import io.tongbao.server.order.DisbursementDraft;
import io.tongbao.server.order.Order;
import io.tongbao.server.order.Payee;
import io.tongbao.server.order.Trade;
import io.tongbao.server.order.Ware;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Looks up what a disbursement on the wire names, alone or in a batch. Specification §4.2.6, §5.11,
 * §5.12.
 */
@Component
final class DisbursementDrafts {
  private final Members members;
  private final AccountSets sets;
  private final NoticeUrls urls;
  private final Companies companies;
  private final Payee.Book payees;

  DisbursementDrafts(
      Members members, AccountSets sets, NoticeUrls urls, Companies companies, Payee.Book payees) {
    this.members = members;
    this.companies = companies;
    this.sets = sets;
    this.urls = urls;
    this.payees = payees;
  }

  /**
   * One disbursement as it came.
   *
   * @param batch the batch's number; absent for a single one
   */
  record Item(
      String number,
      String member,
      String accountSetNo,
      String backUrl,
      @Nullable BankCardTarget target,
      Money amount,
      Money fee,
      @Nullable JsonNode splits,
      @Nullable String summary,
      @Nullable String extendInfo,
      @Nullable String batch) {}

  /** What is asked for, or the refusal that says what is wrong with it. */
  DisbursementDraft draft(Merchant merchant, Item item, Trade trade, Ware ware, Bytes fingerprint) {
    Member payee = members.active(merchant, item.member());
    sets.requireMembers(merchant, item.accountSetNo());
    String backUrl = urls.check(merchant, item.backUrl(), "backUrl");
    Disbursement.Target target = null;
    BankCardTarget card = item.target();
    if (card != null) {
      backUrl = urls.check(merchant, card.backUrl(), "payToBankCardInfo.backUrl");
      target =
          new Disbursement.Target(
              named(merchant, payee, card), card.amount(), WithdrawType.speed(card.withdrawType()));
    }
    return new DisbursementDraft(
        item.number(),
        payee,
        trade,
        ware,
        item.amount(),
        item.fee(),
        SplitRules.read("splitRuleList", item.splits()),
        target,
        terms(item, backUrl),
        fingerprint);
  }

  private Payee named(Merchant merchant, Member payee, BankCardTarget card) {
    try {
      return account(merchant, payee, card);
    } catch (Refusal refusal) {
      throw refusal
          .calling("bankCardNo", "payToBankCardInfo.bankCardNo")
          .calling("unionBank", "payToBankCardInfo.unionBank");
    }
  }

  /** A company's own account where the number is that one's; else a bound card. */
  private Payee account(Merchant merchant, Member payee, BankCardTarget card) {
    Secret number = card.number();
    boolean own =
        companies.find(payee).filter(c -> c.facts().accountNo().equals(number)).isPresent();
    if (own) {
      return payees.ownAccount(payee, number, card.unionBank());
    }
    return payees.card(merchant, payee, number, card.unionBank());
  }

  private static Order.Terms terms(Item item, String backUrl) {
    return new Order.Terms(
        backUrl,
        null,
        item.summary(),
        item.extendInfo(),
        null,
        null,
        null,
        null,
        null,
        item.batch());
  }
}
