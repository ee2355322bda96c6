package io.tongbao.server.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.server.order.Share.Paid;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShareTest {
  private static final Paid BALANCE = paid(1, Way.BALANCE, 40, 0);
  private static final Paid GATEWAY = paid(2, Way.GATEWAY, 60, 0);
  private static final Paid COUPON = paid(3, Way.COUPON, 25, 0);

  @Test
  void theChannelsPartIsGivenBackBeforeTheBalance() {
    List<Paid> parts = List.of(BALANCE, GATEWAY);
    assertThat(shares(50, 0, parts)).containsExactly(share(2, Way.GATEWAY, 50));
    assertThat(shares(75, 0, parts))
        .containsExactly(share(2, Way.GATEWAY, 60), share(1, Way.BALANCE, 15));
    assertThat(shares(100, 0, parts))
        .containsExactly(share(2, Way.GATEWAY, 60), share(1, Way.BALANCE, 40));
  }

  @Test
  void whatWasGivenBackBeforeIsNotGivenAgain() {
    List<Paid> parts = List.of(BALANCE, paid(2, Way.GATEWAY, 60, 55));
    assertThat(shares(15, 0, parts))
        .containsExactly(share(2, Way.GATEWAY, 5), share(1, Way.BALANCE, 10));
    assertThatThrownBy(() -> shares(46, 0, parts)).isInstanceOf(Refusal.class);
  }

  @Test
  void couponsComeBackAllAtOnceOrNotAtAll() {
    List<Paid> parts = List.of(BALANCE, COUPON, paid(4, Way.COUPONLIST, 5, 0));
    assertThat(shares(40, 0, parts)).containsExactly(share(1, Way.BALANCE, 40));
    assertThat(shares(50, 30, parts))
        .containsExactly(
            share(1, Way.BALANCE, 20), share(3, Way.COUPON, 25), share(4, Way.COUPONLIST, 5));
    for (long partly : new long[] {1, 5, 25, 29, 31}) {
      Refusal refusal = catchThrowableOfType(Refusal.class, () -> shares(partly, partly, parts));
      assertThat(refusal.subject()).isEqualTo("couponAmount");
    }
    List<Paid> again = List.of(BALANCE, paid(3, Way.COUPON, 25, 25));
    assertThatThrownBy(() -> shares(25, 25, again)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> shares(41, 0, parts))
        .as("coupons never stand in for money")
        .isInstanceOf(Refusal.class);
  }

  @Test
  void sharesAddUpAndStayWithinTheirParts() {
    Random random = new Random(4217);
    for (int round = 0; round < 2_000; round++) {
      List<Paid> parts =
          List.of(
              randomPaid(random, 1, Way.BALANCE),
              randomPaid(random, 2, Way.REALNAMEPAY),
              randomPaid(random, 3, Way.BALANCE));
      long left = parts.stream().mapToLong(part -> part.left().fen()).sum();
      long amount = 1L + random.nextInt(300);
      if (amount > left) {
        assertThatThrownBy(() -> shares(amount, 0, parts)).isInstanceOf(Refusal.class);
        continue;
      }
      List<Share> shares = shares(amount, 0, parts);
      assertThat(shares.stream().mapToLong(share -> share.amount().fen()).sum()).isEqualTo(amount);
      for (Share share : shares) {
        Paid part = parts.get(share.part() - 1);
        assertThat(share.amount().fen()).isBetween(1L, part.left().fen());
        assertThat(share.way()).isEqualTo(part.way());
      }
    }
  }

  private static Paid randomPaid(Random random, int part, Way way) {
    int amount = 1 + random.nextInt(100);
    return paid(part, way, amount, random.nextInt(amount + 1));
  }

  private static List<Share> shares(long amount, long coupons, List<Paid> parts) {
    return Share.of(Money.ofFen(amount), Money.ofFen(coupons), parts);
  }

  private static Paid paid(int part, Way way, long amount, long refunded) {
    return new Paid(part, way, Money.ofFen(amount), Money.ofFen(refunded));
  }

  private static Share share(int part, Way way, long amount) {
    return new Share(part, way, Money.ofFen(amount));
  }
}
