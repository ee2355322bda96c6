package io.tongbao.server.order;

import static io.tongbao.server.order.Confirmation.NONE;
import static io.tongbao.server.order.Confirmation.PASSWORD;
import static io.tongbao.server.order.Confirmation.SMS_CODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which ways of paying go together, and how they are confirmed: §4.2.1, §5.2, THREATS T3-6. */
class CombinationTest {
  /** N: not at all, S: by a code, P: by the password. */
  private static final Map<Way, String> CONFIRMATIONS =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Way.GATEWAY, "NSP"),
              Map.entry(Way.POSPAY, "NS"),
              Map.entry(Way.REALNAMEPAY, "SP"),
              Map.entry(Way.REALNAMEPAY_BATCH, "SP"),
              Map.entry(Way.WITHHOLD_TLT, "SP"),
              Map.entry(Way.QUICKPAY_N, "N"),
              Map.entry(Way.WECHATPAY_APP, "NS"),
              Map.entry(Way.SCAN_WEIXIN, "NS"),
              Map.entry(Way.SCAN_ALIPAY, "NS"),
              Map.entry(Way.WECHAT_PUBLIC, "NS"),
              Map.entry(Way.ALIPAY_SERVICE, "NS"),
              Map.entry(Way.QQ_WALLET, "NS"),
              Map.entry(Way.CODEPAY_W, "N"),
              Map.entry(Way.CODEPAY_A, "N"),
              Map.entry(Way.CODEPAY_Q, "N"),
              Map.entry(Way.BALANCE, "SP"),
              Map.entry(Way.COUPON, "SP"),
              Map.entry(Way.COUPONLIST, "SP"),
              Map.entry(Way.WITHDRAW_TLT, "SP")));

  @ParameterizedTest
  @EnumSource(Way.class)
  void eachWayIsConfirmedAsTheTableSays(Way way) {
    String allowed = Objects.requireNonNull(CONFIRMATIONS.get(way));
    for (Confirmation confirmation : Confirmation.values()) {
      boolean fits = allowed.contains(confirmation.name().substring(0, 1));
      Reason refused = reason(() -> Combination.checkConfirmation(List.of(way), confirmation));
      assertThat(refused)
          .as("%s %s", way, confirmation)
          .isEqualTo(fits ? null : Reason.WRONG_CONFIRMATION);
    }
  }

  @Test
  void whoeverPaysFromABalanceProvesHimselfWhateverTheChannelAsks() {
    List<Way> both = List.of(Way.GATEWAY, Way.BALANCE);
    assertThat(reason(() -> Combination.checkConfirmation(both, NONE)))
        .isEqualTo(Reason.WRONG_CONFIRMATION);
    assertThatCode(() -> Combination.checkConfirmation(both, SMS_CODE)).doesNotThrowAnyException();
    assertThatCode(() -> Combination.checkConfirmation(both, PASSWORD)).doesNotThrowAnyException();
  }

  @Test
  void depositsAndWithdrawalsArePaidInOneWay() {
    assertThat(ways(Kind.DEPOSIT, Way.REALNAMEPAY)).isNull();
    assertThat(ways(Kind.DEPOSIT, Way.GATEWAY)).isNull();
    assertThat(ways(Kind.DEPOSIT, Way.BALANCE)).isEqualTo(Reason.RULE_LIMIT);
    assertThat(ways(Kind.DEPOSIT, Way.WITHDRAW_TLT)).isEqualTo(Reason.RULE_LIMIT);
    assertThat(ways(Kind.DEPOSIT, Way.GATEWAY, Way.REALNAMEPAY)).isEqualTo(Reason.RULE_LIMIT);
    assertThat(ways(Kind.WITHDRAWAL, Way.WITHDRAW_TLT)).isNull();
    assertThat(ways(Kind.WITHDRAWAL, Way.BALANCE)).isEqualTo(Reason.RULE_LIMIT);
  }

  @Test
  void purchasesAndCollectionsTakeOneChannelAndTheBalance() {
    for (Kind kind : List.of(Kind.PURCHASE, Kind.COLLECTION)) {
      assertThat(ways(kind, Way.BALANCE)).isNull();
      assertThat(ways(kind, Way.GATEWAY, Way.BALANCE)).isNull();
      assertThat(ways(kind, Way.REALNAMEPAY, Way.BALANCE)).isNull();
      assertThat(ways(kind, Way.REALNAMEPAY, Way.GATEWAY)).isEqualTo(Reason.RULE_LIMIT);
      assertThat(ways(kind, Way.WITHDRAW_TLT)).isEqualTo(Reason.RULE_LIMIT);
    }
  }

  @Test
  void quickpayAndGatewayExcludeEachOther() {
    assertThat(ways(Kind.PURCHASE, Way.GATEWAY, Way.QUICKPAY_N))
        .isEqualTo(Reason.QUICKPAY_WITH_GATEWAY);
  }

  /** Every pair of ways on every kind of order: what §4.2.1 part three lets go together. */
  @Test
  void pairsGoTogetherAsTheSpecificationSays() {
    for (Kind kind : List.of(Kind.DEPOSIT, Kind.PURCHASE, Kind.COLLECTION, Kind.WITHDRAWAL)) {
      for (Way first : Way.values()) {
        for (Way second : Way.values()) {
          Reason refused = ways(kind, first, second);
          assertThat(refused == null)
              .as("%s by %s and %s: %s", kind, first, second, refused)
              .isEqualTo(together(kind, first, second) || together(kind, second, first));
        }
      }
    }
  }

  /** 一种渠道类入金支付方式 + 账户余额, on collections also coupons; wallets, codes and POS only alone. */
  private static boolean together(Kind kind, Way channel, Way inner) {
    List<Way> channels =
        List.of(
            Way.GATEWAY,
            Way.REALNAMEPAY,
            Way.REALNAMEPAY_BATCH,
            Way.WITHHOLD_TLT,
            Way.QUICKPAY_N,
            Way.BALANCE,
            Way.COUPON,
            Way.COUPONLIST);
    return switch (kind) {
      case PURCHASE ->
          inner == Way.BALANCE
              && channels.contains(channel)
              && channel != Way.COUPON
              && channel != Way.COUPONLIST;
      case COLLECTION ->
          List.of(Way.BALANCE, Way.COUPON, Way.COUPONLIST).contains(inner)
              && channels.contains(channel);
      case DEPOSIT, WITHDRAWAL, DISBURSEMENT, BATCH_DISBURSEMENT, REFUND -> false;
    };
  }

  @Test
  void quickpayBesideABalanceWantsACodeOfOurs() {
    List<Way> both = List.of(Way.QUICKPAY_N, Way.BALANCE);
    assertThat(reason(() -> Combination.checkConfirmation(both, NONE)))
        .isEqualTo(Reason.WRONG_CONFIRMATION);
    assertThat(reason(() -> Combination.checkConfirmation(both, PASSWORD)))
        .isEqualTo(Reason.WRONG_CONFIRMATION);
    assertThatCode(() -> Combination.checkConfirmation(both, SMS_CODE)).doesNotThrowAnyException();
  }

  @Test
  void nothingIsNoWayOfPaying() {
    assertThat(ways(Kind.DEPOSIT)).isEqualTo(Reason.MISSING_FIELD);
  }

  @Test
  void partsAddUpToTheFen() {
    assertThat(sum(100, 60, 40)).isNull();
    assertThat(sum(100, 60, 39)).isEqualTo(Reason.PARTS_DO_NOT_ADD_UP);
    assertThat(sum(100, 60, 41)).isEqualTo(Reason.PARTS_DO_NOT_ADD_UP);
    assertThat(sum(100, 100, 0)).isEqualTo(Reason.BAD_AMOUNT);
  }

  @Test
  void anOrderIsCheckedForItsWaysAndItsConfirmationToo() {
    Money five = Money.ofFen(5);
    List<Tender> balance = List.of(new Tender.Balance("200001", five));
    assertThat(reason(() -> Combination.check(Kind.DEPOSIT, five, balance, SMS_CODE)))
        .isEqualTo(Reason.RULE_LIMIT);
    assertThat(reason(() -> Combination.check(Kind.PURCHASE, five, balance, NONE)))
        .isEqualTo(Reason.WRONG_CONFIRMATION);
    assertThat(reason(() -> Combination.check(Kind.PURCHASE, five, balance, SMS_CODE))).isNull();
  }

  private static @Nullable Reason sum(long amount, long gateway, long balance) {
    List<Tender> tenders =
        List.of(
            new Tender.Gateway("vbank", 1, Money.ofFen(gateway)),
            new Tender.Balance("200001", Money.ofFen(balance)));
    return reason(() -> Combination.check(Kind.PURCHASE, Money.ofFen(amount), tenders, SMS_CODE));
  }

  private static @Nullable Reason ways(Kind kind, Way... ways) {
    return reason(() -> Combination.checkWays(kind, List.of(ways)));
  }

  private static @Nullable Reason reason(Runnable check) {
    try {
      check.run();
      return null;
    } catch (Refusal refusal) {
      return refusal.reason();
    }
  }
}
