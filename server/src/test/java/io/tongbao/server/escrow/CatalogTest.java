package io.tongbao.server.escrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.tongbao.server.edge.Catalog;
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
 * What the catalog says of operations, and which it refuses when the server starts. The operations
 * nested here exist in tests only: the server's own scan passes test classes over, and a test
 * imports those that it wants.
 */
class CatalogTest {

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
                  new Change.Key(
                      merchant.id(), "sandbox.topup", caller.digest().hex(), 0, caller.digest()))
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

  @Endpoint({"ProbeService.one", "ProbeService.two"})
  static final class TwoNames implements EscrowOperation<Nothing, Nothing> {
    @Override
    public Nothing handle(Caller caller, Nothing request) {
      return request;
    }
  }

  @Endpoint("ProbeService.two")
  static final class TakenName implements EscrowOperation<Nothing, Nothing> {
    @Override
    public Nothing handle(Caller caller, Nothing request) {
      return request;
    }
  }

  static final class NoName implements EscrowOperation<Nothing, Nothing> {
    @Override
    public Nothing handle(Caller caller, Nothing request) {
      return request;
    }
  }

  record Unwired(String text) {}

  @Endpoint("ProbeService.unwired")
  static final class NoWireName implements EscrowOperation<Unwired, Nothing> {
    @Override
    public Nothing handle(Caller caller, Unwired request) {
      return new Nothing();
    }
  }

  record Fraction(@JsonProperty("share") double share) {}

  @Endpoint("ProbeService.fraction")
  static final class NoJson implements EscrowOperation<Fraction, Nothing> {
    @Override
    public Nothing handle(Caller caller, Fraction request) {
      return new Nothing();
    }
  }

  @Test
  void saysWhatThereIs() {
    assertThat(new Catalog(List.of(new TwoNames(), new Echo())).lines())
        .containsExactly(
            "ProbeService.echo (%1$s) → (%1$s)".formatted(ECHO),
            "ProbeService.one () → ()",
            "ProbeService.two () → ()");
  }

  private static final String ECHO =
      "text: String, amount: Money, fee?: Money, count?: Long, flag?: Boolean,"
          + " ordErexpireDatetime?: Instant, day?: LocalDate, colour?: Colour, cardNo?: Secret,"
          + " itemList?: [{name: String, amount: Money}], payMethod?: JsonNode";

  @Test
  void refusesToStartWithAMistake() {
    assertMistake("two operations are called ProbeService.two", new TwoNames(), new TakenName());
    assertMistake("has no endpoint", new NoName());
    assertMistake("Unwired.text has no name", new NoWireName());
    assertMistake("no JSON for double", new NoJson());
  }

  private static void assertMistake(String what, EscrowOperation<?, ?>... operations) {
    assertThatThrownBy(() -> new Catalog(List.of(operations)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(what);
  }
}
