package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.channel.BankPage;
import io.tongbao.server.member.Member;
import io.tongbao.server.merchant.Merchant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of tenders: looks up the accounts and cards that they name. */
@Component
final class Tenders {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  /** 营销专用账户和保证金账户. */
  private static final Set<String> COUPON_SETS =
      Set.of(PlatformAccounts.MARKETING, PlatformAccounts.DEPOSIT);

  private final PlatformAccounts accounts;
  private final PayingCards cards;

  Tenders(PlatformAccounts accounts, PayingCards cards) {
    this.accounts = accounts;
    this.cards = cards;
  }

  /** The parts of a new order, in the order of the tenders. */
  List<Part> parts(Merchant merchant, Member payer, List<Tender> tenders) {
    List<Part> parts = new ArrayList<>();
    Set<Long> inner = new HashSet<>();
    for (Tender tender : merged(tenders)) {
      Part part = part(merchant, payer, parts.size() + 1, tender, tenders.size() == 1);
      if (part.isInner() && !inner.add(part.account())) {
        throw Refusal.of(Reason.BAD_FIELD, "payMethod." + part.way() + ".accountSetNo");
      }
      parts.add(part);
    }
    return parts;
  }

  /** What a channel must know to be paid an outer part; no clear numbers. */
  Map<String, String> facts(Merchant merchant, Order order, Part outer) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("orderNo", order.orderNo());
    facts.put(BankPage.PAYEE, merchant.name());
    facts.put(BankPage.GOODS, goods(order.terms()));
    String detail = outer.detail();
    if (detail != null) {
      facts.putAll(JSON.readValue(detail, TEXTS));
    }
    Long card = outer.card();
    if (card != null) {
      facts.putAll(cards.facts(merchant, order, card));
    }
    return facts;
  }

  private static String goods(Order.Terms terms) {
    String goods = terms.goodsName() == null ? terms.summary() : terms.goodsName();
    return goods == null ? "" : goods;
  }

  /** What a channel must hear and no row may hold: the code that the payer showed, who he is. */
  static Map<String, Secret> spoken(List<Tender> tenders) {
    Map<String, Secret> spoken = new HashMap<>();
    for (Tender tender : tenders) {
      if (tender instanceof Tender.ShownCode shown) {
        spoken.put("code", shown.code());
      }
      if (tender instanceof Tender.Wallet wallet && wallet.payer() != null) {
        spoken.put("payer", wallet.payer());
      }
    }
    return spoken;
  }

  private Part part(Merchant merchant, Member payer, int seq, Tender tender, boolean alone) {
    return switch (tender) {
      case Tender.Balance balance -> balance(merchant, payer, seq, balance);
      case Tender.Gateway gateway ->
          outer(
              merchant,
              seq,
              gateway,
              null,
              Map.of(
                  "bankCode", gateway.bankCode(), "payType", Integer.toString(gateway.payType())));
      case Tender.BoundCard card -> boundCard(merchant, payer, seq, card, alone);
      case Tender.Coupon coupon -> coupon(merchant, seq, coupon);
      case Tender.Terminal terminal -> outer(merchant, seq, terminal, null, Map.of());
      case Tender.Wallet wallet -> outer(merchant, seq, wallet, null, limit(wallet.limit()));
      case Tender.ShownCode shown -> outer(merchant, seq, shown, null, limit(shown.limit()));
    };
  }

  private static Map<String, String> limit(@Nullable String limit) {
    return limit == null ? Map.of() : Map.of("limit", limit);
  }

  private static Part balance(Merchant merchant, Member payer, int seq, Tender.Balance balance) {
    if (!merchant.setting("accountSetNo").equals(balance.accountSetNo())) {
      boolean standard = AccountSets.isStandard(balance.accountSetNo());
      throw Refusal.of(
          standard ? Reason.WRONG_ACCOUNT_SET : Reason.ACCOUNT_SET_UNKNOWN,
          "payMethod.BALANCE.accountSetNo");
    }
    return new Part(
        seq, Way.BALANCE, payer.account(), balance.amount(), null, null, null, null, Money.ZERO);
  }

  /** Coupons of one account set are one part: it is one account that pays. */
  private static List<Tender> merged(List<Tender> tenders) {
    List<Tender> merged = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    for (Tender tender : tenders) {
      if (!(tender instanceof Tender.Coupon coupon)) {
        merged.add(tender);
        continue;
      }
      Integer place = places.putIfAbsent(coupon.accountSetNo(), merged.size());
      if (place == null) {
        merged.add(coupon);
      } else {
        Money sum = merged.get(place).amount().plus(coupon.amount());
        merged.set(place, new Tender.Coupon(coupon.way(), coupon.accountSetNo(), sum));
      }
    }
    return merged;
  }

  private Part coupon(Merchant merchant, int seq, Tender.Coupon coupon) {
    if (!COUPON_SETS.contains(coupon.accountSetNo())) {
      throw Refusal.of(Reason.WRONG_ACCOUNT_SET, "payMethod." + coupon.way() + ".accountSetNo");
    }
    long account = accounts.of(merchant, coupon.accountSetNo());
    return new Part(
        seq, coupon.way(), account, coupon.amount(), null, null, null, null, Money.ZERO);
  }

  private Part boundCard(
      Merchant merchant, Member payer, int seq, Tender.BoundCard tender, boolean alone) {
    long card = card(merchant, payer, tender);
    Map<String, String> detail =
        tender.way() == Way.QUICKPAY_N
            ? QuickPay.of(merchant, tender.amount(), alone).detail()
            : Map.of();
    return outer(merchant, seq, tender, card, detail);
  }

  private long card(Merchant merchant, Member payer, Tender.BoundCard tender) {
    try {
      return cards.require(merchant, payer, tender.way(), tender.cardNumber());
    } catch (Refusal refusal) {
      throw refusal.calling("bankCardNo", "payMethod." + tender.way() + ".bankCardNo");
    }
  }

  private Part outer(
      Merchant merchant, int seq, Tender tender, @Nullable Long card, Map<String, String> detail) {
    long clearing = accounts.clearing(merchant, tender.way().name());
    String text = detail.isEmpty() ? null : JSON.writeValueAsString(detail);
    return new Part(
        seq, tender.way(), clearing, tender.amount(), card, text, null, null, Money.ZERO);
  }
}
