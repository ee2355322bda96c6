package io.tongbao.server.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.member.Audit;
import io.tongbao.server.member.Card;
import io.tongbao.server.member.CardType;
import io.tongbao.server.member.Cards;
import io.tongbao.server.member.Companies;
import io.tongbao.server.member.Company;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.member.PasswordKind;
import io.tongbao.server.member.Passwords;
import io.tongbao.server.merchant.Merchant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * The bank accounts that ways of paying debit: which one a member may name for which way, and what
 * the channel must know of it. Specification escrow §5.2.
 */
@Component
final class PayingCards {
  private static final String FIELD = "bankCardNo";

  private final Cards cards;
  private final Companies companies;
  private final Members members;
  private final Passwords passwords;

  PayingCards(Cards cards, Companies companies, Members members, Passwords passwords) {
    this.cards = cards;
    this.companies = companies;
    this.members = members;
    this.passwords = passwords;
  }

  /** The row id of the payer's card; {@link Payee#OWN_ACCOUNT} is a company's own account. */
  long require(Merchant merchant, Member payer, Way way, Secret number) {
    return switch (way) {
      case REALNAMEPAY, REALNAMEPAY_BATCH -> cards.requireDebitable(payer, number).id();
      case WITHHOLD_TLT -> withholdable(payer, number);
      case QUICKPAY_N -> quick(merchant, payer, number).id();
      case GATEWAY,
          POSPAY,
          WECHATPAY_APP,
          SCAN_WEIXIN,
          SCAN_ALIPAY,
          WECHAT_PUBLIC,
          ALIPAY_SERVICE,
          QQ_WALLET,
          CODEPAY_W,
          CODEPAY_A,
          CODEPAY_Q,
          BALANCE,
          COUPON,
          COUPONLIST,
          WITHDRAW_TLT ->
          throw new IllegalArgumentException(way + " debits no card");
    };
  }

  /** What a channel must know of it; no clear numbers. Refuses one that is bound no more. */
  Map<String, String> facts(Merchant merchant, Order order, long id) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("card", Payee.reference(id));
    if (id == Payee.OWN_ACCOUNT) {
      Member member = members.byId(merchant, order.member());
      Company.Facts company = companies.requireAudited(member).facts();
      facts.put("cardNo", company.accountNo().masked(4, 4));
      facts.put("bankName", company.parentBankName());
      return facts;
    }
    Card card = cards.requireBound(merchant, id);
    facts.put("cardNo", card.number().masked(6, 4));
    Secret phone = card.phone();
    facts.put("phone", phone == null ? "" : phone.masked(3, 0));
    return facts;
  }

  /** 通联通代扣: a bound debit card, however it was bound, or a company's own account. */
  private long withholdable(Member payer, Secret number) {
    if (payer.isCompany() && companies.requireAudited(payer).facts().accountNo().equals(number)) {
      return Payee.OWN_ACCOUNT;
    }
    Card card =
        cards
            .find(payer, number)
            .filter(each -> each.approval() == Audit.PASSED)
            .orElseThrow(() -> Refusal.of(Reason.CARD_UNKNOWN, FIELD));
    if (card.type() == CardType.CREDIT) {
      throw Refusal.of(Reason.CREDIT_CARD_NOT_SUPPORTED, FIELD);
    }
    return card.id();
  }

  /** 新移动快捷: a card bound for it, of a member who has set its password. */
  private Card quick(Merchant merchant, Member payer, Secret number) {
    if (!merchant.allows("bind.quickpay")) {
      throw Refusal.of(Reason.PAYMENT_NOT_PERMITTED, Way.QUICKPAY_N.name());
    }
    Optional<Card> card = cards.find(payer, number).filter(Card::quickpay);
    if (card.isEmpty()) {
      throw Refusal.of(Reason.CARD_UNKNOWN, FIELD);
    }
    if (!passwords.isSet(payer, PasswordKind.QUICKPAY)) {
      throw Refusal.of(Reason.PASSWORD_NOT_SET, "bizUserId");
    }
    return card.get();
  }
}
