package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.order.Tender;
import io.tongbao.server.order.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * 支付方式: what an order is paid with, a member for each way. The parts come in the order of the
 * specification's table, whatever the order on the wire. Specification §5.2.
 */
record PayMethod(
    @JsonProperty("GATEWAY") @Nullable Gateway gateway,
    @JsonProperty("POSPAY") @Nullable Plain posPay,
    @JsonProperty("REALNAMEPAY") @Nullable CardPay realNamePay,
    @JsonProperty("REALNAMEPAY_BATCH") @Nullable CardPay realNamePayBatch,
    @JsonProperty("WITHHOLD_TLT") @Nullable CardPay withholdTlt,
    @JsonProperty("WECHATPAY_APP") @Nullable WechatApp wechatApp,
    @JsonProperty("SCAN_WEIXIN") @Nullable Scan scanWeixin,
    @JsonProperty("SCAN_ALIPAY") @Nullable Scan scanAlipay,
    @JsonProperty("WECHAT_PUBLIC") @Nullable Account wechatPublic,
    @JsonProperty("ALIPAY_SERVICE") @Nullable Account alipayService,
    @JsonProperty("QQ_WALLET") @Nullable Plain qqWallet,
    @JsonProperty("CODEPAY_W") @Nullable ShownCode codePayWechat,
    @JsonProperty("CODEPAY_A") @Nullable ShownCode codePayAlipay,
    @JsonProperty("CODEPAY_Q") @Nullable ShownCode codePayQq,
    @JsonProperty("BALANCE") @Nullable List<OfSet> balance,
    @JsonProperty("COUPON") @Nullable Coupon coupon,
    @JsonProperty("COUPONLIST") @Nullable List<Coupon> couponList,
    @JsonProperty("QUICKPAY_N") @Nullable CardPay quickPayNew,
    @JsonProperty("QUICKPAY") @Nullable JsonNode quickPay,
    @JsonProperty("WITHDRAW_TLT") @Nullable JsonNode withdrawTlt) {

  /** Where coupons come from unless the merchant says otherwise: 标准营销账户集. */
  private static final String MARKETING = "2000000";

  private static final int MOST_PARTS = 20;
  private static final String WECHAT_DEBIT_ONLY = "W02";
  private static final Set<String> WECHAT_SCAN = Set.of("W01", WECHAT_DEBIT_ONLY);
  private static final String NO_CREDIT = "no_credit";

  /** What wallets call their users. */
  private static final Pattern ACCOUNT = Pattern.compile("\\A[A-Za-z0-9_.@-]{1,64}\\z");

  /** 支付授权码: the digits of the code that the payer's wallet shows. */
  private static final Pattern SHOWN_CODE = Pattern.compile("\\A[0-9]{10,32}\\z");

  /** 网关支付. */
  record Gateway(
      @JsonProperty("bankCode") String bankCode,
      @JsonProperty("payType") Long payType,
      @JsonProperty("amount") Money amount) {}

  /** A way that needs nothing but the amount. */
  record Plain(@JsonProperty("amount") Money amount) {}

  /** A bound card pays. */
  record CardPay(
      @JsonProperty("bankCardNo") Secret cardNumber, @JsonProperty("amount") Money amount) {}

  /** 微信 APP 支付. */
  record WechatApp(
      @JsonProperty("limitPay") @Nullable String limitPay, @JsonProperty("amount") Money amount) {}

  /** 正扫. */
  record Scan(@JsonProperty("payType") String payType, @JsonProperty("amount") Money amount) {}

  /** JS 支付: the payer's id at the wallet. */
  record Account(
      @JsonProperty("payType") @Nullable String payType,
      @JsonProperty("acct") String acct,
      @JsonProperty("amount") Money amount) {}

  /** 被扫: the code that the payer showed. */
  record ShownCode(
      @JsonProperty("payType") @Nullable String payType,
      @JsonProperty("authcode") String authcode,
      @JsonProperty("amount") Money amount) {}

  /** 账户余额. */
  record OfSet(
      @JsonProperty("accountSetNo") String accountSetNo, @JsonProperty("amount") Money amount) {}

  /** 代金券. */
  record Coupon(
      @JsonProperty("accountSetNo") @Nullable String accountSetNo,
      @JsonProperty("amount") Money amount) {}

  /** The tenders, in the order of the specification's table. */
  List<Tender> tenders() {
    if (quickPay != null) {
      // Only known from the specification's example: replaced by QUICKPAY_N since.
      throw Refusal.of(
          gateway == null ? Reason.PAYMENT_NOT_PERMITTED : Reason.QUICKPAY_WITH_GATEWAY,
          "QUICKPAY");
    }
    if (withdrawTlt != null) {
      throw Refusal.of(Reason.RULE_LIMIT, "WITHDRAW_TLT");
    }
    List<Tender> tenders = new ArrayList<>();
    addBank(tenders);
    addWallets(tenders);
    addShownCodes(tenders);
    addInner(tenders);
    if (tenders.size() > MOST_PARTS) {
      throw Refusal.of(Reason.BAD_FIELD, "payMethod");
    }
    return tenders;
  }

  private void addBank(List<Tender> tenders) {
    if (gateway != null) {
      tenders.add(GatewayBanks.tender(gateway));
    }
    if (posPay != null) {
      tenders.add(new Tender.Terminal(posPay.amount()));
    }
    addCard(tenders, Way.REALNAMEPAY, realNamePay);
    addCard(tenders, Way.REALNAMEPAY_BATCH, realNamePayBatch);
    addCard(tenders, Way.WITHHOLD_TLT, withholdTlt);
    addCard(tenders, Way.QUICKPAY_N, quickPayNew);
  }

  private static void addCard(List<Tender> tenders, Way way, @Nullable CardPay pay) {
    if (pay != null) {
      tenders.add(new Tender.BoundCard(way, pay.cardNumber(), pay.amount()));
    }
  }

  private void addWallets(List<Tender> tenders) {
    if (wechatApp != null) {
      String limit = limit(Way.WECHATPAY_APP, "limitPay", wechatApp.limitPay());
      tenders.add(new Tender.Wallet(Way.WECHATPAY_APP, limit, null, wechatApp.amount()));
    }
    if (scanWeixin != null) {
      String type = scanWeixin.payType();
      require(WECHAT_SCAN.contains(type), "SCAN_WEIXIN.payType");
      String limit = type.equals(WECHAT_DEBIT_ONLY) ? NO_CREDIT : null;
      tenders.add(new Tender.Wallet(Way.SCAN_WEIXIN, limit, null, scanWeixin.amount()));
    }
    if (scanAlipay != null) {
      require(scanAlipay.payType().equals("A01"), "SCAN_ALIPAY.payType");
      tenders.add(new Tender.Wallet(Way.SCAN_ALIPAY, null, null, scanAlipay.amount()));
    }
    addAccount(tenders, Way.WECHAT_PUBLIC, wechatPublic);
    addAccount(tenders, Way.ALIPAY_SERVICE, alipayService);
    if (qqWallet != null) {
      tenders.add(new Tender.Wallet(Way.QQ_WALLET, null, null, qqWallet.amount()));
    }
  }

  private static void addAccount(List<Tender> tenders, Way way, @Nullable Account account) {
    if (account != null) {
      require(ACCOUNT.matcher(account.acct()).matches(), way + ".acct");
      String limit = limit(way, "payType", account.payType());
      Secret payer = new Secret(account.acct());
      tenders.add(new Tender.Wallet(way, limit, payer, account.amount()));
    }
  }

  private void addShownCodes(List<Tender> tenders) {
    addShownCode(tenders, Way.CODEPAY_W, codePayWechat);
    addShownCode(tenders, Way.CODEPAY_A, codePayAlipay);
    addShownCode(tenders, Way.CODEPAY_Q, codePayQq);
  }

  private static void addShownCode(List<Tender> tenders, Way way, @Nullable ShownCode code) {
    if (code != null) {
      require(SHOWN_CODE.matcher(code.authcode()).matches(), way + ".authcode");
      String limit = limit(way, "payType", code.payType());
      Secret shown = new Secret(code.authcode());
      tenders.add(new Tender.ShownCode(way, limit, shown, code.amount()));
    }
  }

  private void addInner(List<Tender> tenders) {
    for (OfSet set : balance == null ? List.<OfSet>of() : balance) {
      tenders.add(new Tender.Balance(set.accountSetNo(), set.amount()));
    }
    if (coupon != null) {
      tenders.add(coupon(Way.COUPON, coupon));
    }
    for (Coupon each : couponList == null ? List.<Coupon>of() : couponList) {
      tenders.add(coupon(Way.COUPONLIST, each));
    }
  }

  private static Tender coupon(Way way, Coupon coupon) {
    String set = coupon.accountSetNo();
    return new Tender.Coupon(way, set == null ? MARKETING : set, coupon.amount());
  }

  /** 非贷记卡: no_credit; anything else that is printed means no limit. */
  private static @Nullable String limit(Way way, String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      return null;
    }
    require(value.equals(NO_CREDIT), way + "." + field);
    return value;
  }

  private static void require(boolean fits, String field) {
    if (!fits) {
      throw Refusal.of(Reason.BAD_FIELD, "payMethod." + field);
    }
  }
}
