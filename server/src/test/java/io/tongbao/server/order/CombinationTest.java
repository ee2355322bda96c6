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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which ways of paying go together, and how they are confirmed: §4.2.1, §5.2, THREATS T3-6. */
class CombinationTest {
  /** The columns are NONE, SMS_CODE, PASSWORD. */
  private static final Map<Way, String> CONFIRMATIONS =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Way.GATEWAY, "yyy"),
              Map.entry(Way.POSPAY, "yy-"),
              Map.entry(Way.REALNAMEPAY, "-yy"),
              Map.entry(Way.REALNAMEPAY_BATCH, "-yy"),
              Map.entry(Way.WITHHOLD_TLT, "-yy"),
              Map.entry(Way.QUICKPAY_N, "y--"),
              Map.entry(Way.WECHATPAY_APP, "yy-"),
              Map.entry(Way.SCAN_WEIXIN, "yy-"),
              Map.entry(Way.SCAN_ALIPAY, "yy-"),
              Map.entry(Way.WECHAT_PUBLIC, "yy-"),
              Map.entry(Way.ALIPAY_SERVICE, "yy-"),
              Map.entry(Way.QQ_WALLET, "yy-"),
              Map.entry(Way.CODEPAY_W, "y--"),
              Map.entry(Way.CODEPAY_A, "y--"),
              Map.entry(Way.CODEPAY_Q, "y--"),
              Map.entry(Way.BALANCE, "-yy"),
              Map.entry(Way.COUPON, "-yy"),
              Map.entry(Way.COUPONLIST, "-yy"),
              Map.entry(Way.WITHDRAW_TLT, "-yy")));

  @ParameterizedTest
  @EnumSource(Way.class)
  void eachWayIsConfirmedAsTheTableSays(Way way) {
    String row = CONFIRMATIONS.get(way);
    assertThat(row).isNotNull();
    for (Confirmation confirmation : Confirmation.values()) {
      boolean allowed = row.charAt(confirmation.ordinal()) == 'y';
      Reason refused = reason(() -> Combination.checkConfirmation(List.of(way), confirmation));
      assertThat(refused).as("%s %s", way, confirmation).isEqualTo(
          allowed ? null : Reason.WRONG_CONFIRMATION);
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

  @Test
  void waysWithoutAChannelAreNotPermitted() {
    assertThat(ways(Kind.DEPOSIT, Way.SCAN_WEIXIN)).isEqualTo(Reason.PAYMENT_NOT_PERMITTED);
    assertThat(ways(Kind.COLLECTION, Way.COUPON)).isEqualTo(Reason.PAYMENT_NOT_PERMITTED);
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

  private static @Nullable Reason sum(long amount, long gateway, long balance) {
    List<Tender> tenders =
        List.of(
            new Tender.Gateway("vbank", 1, Money.ofFen(gateway)),
            new Tender.Balance("200001", Money.ofFen(balance)));
    return reason(
        () -> Combination.check(Kind.PURCHASE, Money.ofFen(amount), tenders, SMS_CODE));
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
