package io.tongbao.server.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A payout from its acceptance to its result, and where the money is then. */
@TestServer
class PayingTest {
  @Autowired private ApplicationContext context;

  @AfterEach
  void audit() {
    new Dealer(context).audit();
  }

  @Test
  void aPayoutIsTakenInAtOnceAndPaidLater() {
    Dealer dealer = new Dealer(context);
    dealer.topUp(PayoutChannel.BANKCARD, 1_000_000);
    Payout accepted = dealer.accept(dealer.card(100_000));
    assertThat(accepted.status()).isEqualTo(PayoutStatus.ACCEPTED);
    assertThat(dealer.balance(PayoutChannel.BANKCARD)).isEqualTo(1_000_000);

    dealer.settle();
    Payout paid = dealer.read(accepted);
    assertThat(paid.status()).isEqualTo(PayoutStatus.PAID);
    assertThat(paid.detail()).isEqualTo(PayoutDetail.NONE);
    assertThat(paid.ref()).isEqualTo(accepted.ref());
    assertThat(dealer.path(paid)).containsExactly(0, 8, 5, 1);
    assertThat(dealer.told(paid)).containsExactly(1);
    assertThat(dealer.balance(PayoutChannel.BANKCARD)).isEqualTo(1_000_000 - 100_000 - 7_000);
    assertThat(dealer.fees()).isEqualTo(7_000);
    assertThat(dealer.outside(PayoutChannel.BANKCARD)).isEqualTo(-1_000_000 + 100_000);
  }
}
