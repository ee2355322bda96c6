package io.tongbao.server.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.member.Card;
import io.tongbao.server.member.CardBins;
import io.tongbao.server.member.Cards;
import io.tongbao.server.member.Companies;
import io.tongbao.server.member.Company;
import io.tongbao.server.member.Member;
import io.tongbao.server.merchant.Merchant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The bank account of a member that money goes out to: a bound card, or a company's own account.
 * Specification escrow §4.2.3, §5.12, §6.22.
 *
 * @param card the card's row id; {@link #OWN_ACCOUNT} is the company's own account
 * @param unionBank the bank's payment number (支付行号), where it was given
 */
public record Payee(long card, @Nullable String unionBank) {
  /** What stands in the place of a card for a company's own account. */
  public static final long OWN_ACCOUNT = 0;

  private static final int LETTERS_AND_DIGITS = 36;

  /** A card's row id as channels hear it; in letters, because in digits it looks like a number. */
  static String reference(long card) {
    return Long.toString(card, LETTERS_AND_DIGITS);
  }

  /** Finds the accounts that members may be paid at, and what a channel must know of them. */
  @Component
  public static final class Book {
    private final Cards cards;
    private final CardBins bins;
    private final Companies companies;

    Book(Cards cards, CardBins bins, Companies companies) {
      this.cards = cards;
      this.bins = bins;
      this.companies = companies;
    }

    /** A card that is bound to the member, and may be paid to. */
    public Payee card(Merchant merchant, Member member, Secret number, @Nullable String unionBank) {
      Card card = cards.requirePayable(merchant, member, number);
      String bank = unionBank == null ? card.unionBank() : unionBank;
      boolean direct = bins.find(card.number()).map(bin -> bin.direct()).orElse(false);
      if (bank == null && !direct) {
        throw Refusal.of(Reason.MISSING_FIELD, "unionBank");
      }
      return new Payee(card.id(), bank);
    }

    /** The company's own account, which must have the number that the merchant names. */
    public Payee ownAccount(Member member, Secret number, @Nullable String unionBank) {
      Company.Facts company = companies.requireAudited(member).facts();
      if (!company.accountNo().equals(number)) {
        throw Refusal.of(Reason.CARD_UNKNOWN, "bankCardNo");
      }
      String bank = unionBank == null ? company.unionBank() : unionBank;
      if (bank == null && !Companies.isDirect(company.parentBankName())) {
        throw Refusal.of(Reason.MISSING_FIELD, "unionBank");
      }
      return new Payee(OWN_ACCOUNT, bank);
    }

    /**
     * What a channel must know to pay it; no clear numbers. Refuses an account that may no longer
     * be paid: time has passed since it was named.
     */
    public Map<String, String> facts(Merchant merchant, Member member, Order order, Payee payee) {
      Map<String, String> facts = new TreeMap<>();
      facts.put("orderNo", order.orderNo());
      facts.put("card", reference(payee.card()));
      Optional.ofNullable(payee.unionBank()).ifPresent(bank -> facts.put("unionBank", bank));
      if (payee.card() == OWN_ACCOUNT) {
        Company.Facts company = companies.requireAudited(member).facts();
        facts.put("cardNo", company.accountNo().masked(4, 4));
        facts.put("bankName", company.parentBankName());
        return facts;
      }
      Card card = cards.requirePayable(merchant, member, payee.card());
      facts.put("cardNo", card.number().masked(6, 4));
      facts.put("bankCode", card.bankCode());
      facts.put("bankName", card.bankName());
      return facts;
    }
  }
}
