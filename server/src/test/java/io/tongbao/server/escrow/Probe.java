package io.tongbao.server.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Account;
import io.tongbao.ledger.Accounts;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.Outcome;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Coded;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Operations that only tests have. Nested in a test class, where the server's own scan does not
 * look; a test imports those that it wants.
 */
class Probe {

  enum Colour implements Coded {
    RED("1"),
    BLUE("2");

    private final String code;

    Colour(String code) {
      this.code = code;
    }

    @Override
    public String code() {
      return code;
    }

    @Override
    public boolean isNumber() {
      return true;
    }
  }

  record Item(@JsonProperty("name") String name, @JsonProperty("amount") Money amount) {}

  record Everything(
      @JsonProperty("text") String text,
      @JsonProperty("amount") Money amount,
      @JsonProperty("fee") @Nullable Money fee,
      @JsonProperty("count") @Nullable Long count,
      @JsonProperty("flag") @Nullable Boolean flag,
      @JsonProperty("ordErexpireDatetime") @Nullable Instant time, // sic
      @JsonProperty("day") @Nullable LocalDate day,
      @JsonProperty("colour") @Nullable Colour colour,
      @JsonProperty("cardNo") @Nullable Secret card,
      @JsonProperty("itemList") @Nullable List<Item> items,
      @JsonProperty("payMethod") @Nullable JsonNode ways) {}

  /** Says back what it was told. */
  @Endpoint(value = "ProbeService.echo", reads = true)
  static final class Echo implements EscrowOperation<Everything, Everything> {
    @Override
    public Everything handle(Caller caller, Everything request) {
      return request;
    }
  }

  record Gift(@JsonProperty("amount") Money amount) {}

  record Given(@JsonProperty("orderNo") String number, @JsonProperty("serial") int serial) {}

  /** Brings money in from outside, once per message; no answer is like another. */
  @Endpoint("ProbeService.give")
  static final class Give implements EscrowOperation<Gift, Given> {
    final AtomicInteger handled = new AtomicInteger();
    private final Ledger ledger;
    private final Accounts accounts;

    Give(Ledger ledger, Accounts accounts) {
      this.ledger = ledger;
      this.accounts = accounts;
    }

    @Override
    public Given handle(Caller caller, Gift request) {
      if (request.amount().isZero()) {
        throw Refusal.of(Refusal.Reason.WRONG_ORDER_AMOUNT, "amount");
      }
      int serial = handled.incrementAndGet();
      long fen = request.amount().fen();
      Merchant merchant = caller.merchant();
      Change change =
          Change.at(caller.now())
              .key(
                  new Change.Key(merchant.id(), "probe", caller.digest().hex(), 0, caller.digest()))
              .move(
                  new Movement.Post(
                      List.of(
                          new Movement.Leg(account(merchant, "clearing:GATEWAY").id(), -fen),
                          new Movement.Leg(account(merchant, "100001").id(), fen))))
              .build();
      assertThat(ledger.commit(change)).isInstanceOf(Outcome.Committed.class);
      return new Given(Ids.twentyDigits(), serial);
    }

    Account account(Merchant merchant, String set) {
      return accounts.find(merchant.id(), 0, set).orElseThrow();
    }
  }

  record Nothing() {}

  /** Is broken. */
  @Endpoint("ProbeService.fail")
  static final class Fail implements EscrowOperation<Nothing, Nothing> {
    final AtomicInteger handled = new AtomicInteger();

    @Override
    public Nothing handle(Caller caller, Nothing request) {
      handled.incrementAndGet();
      throw new IllegalStateException("card 6228480402637874214 is at fault");
    }
  }

  @Test
  void isForTests() {
    assertThat(Colour.RED.code()).isEqualTo("1");
  }
}
