package io.tongbao.server.escrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.server.edge.Codec;
import io.tongbao.server.edge.Json;
import io.tongbao.wire.crypto.RsaKeys;
import java.security.KeyPair;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records whose members stand in the object of another: {@code @JsonUnwrapped}. */
class UnwrappedTest {
  private static final KeyPair KEYS = RsaKeys.generate();
  private static final EscrowSpelling SPELLING =
      new EscrowSpelling(KEYS.getPublic(), KEYS.getPrivate());

  record Inmost(
      @JsonProperty("amount") Money amount, @JsonProperty("summary") @Nullable String summary) {
    Inmost {
      if (amount.isZero()) {
        throw Refusal.of(Refusal.Reason.WRONG_ORDER_AMOUNT, "amount");
      }
    }
  }

  record Inner(@JsonUnwrapped Inmost inmost, @JsonProperty("source") int source) {}

  record Outer(
      @JsonProperty("number") String number,
      @JsonUnwrapped Inner inner,
      @JsonProperty("list") @Nullable List<Inner> list) {}

  record Twice(@JsonProperty("amount") Money amount, @JsonUnwrapped Inmost inmost) {}

  record Absent(@JsonUnwrapped @Nullable Inmost inmost) {}

  record Plain(@JsonUnwrapped String text) {}

  private static final Codec<Outer> CODEC = Codec.of(Outer.class);

  @Test
  void theirMembersStandInTheSameObject() {
    Outer read =
        decode(
            "{\"number\":\"a\",\"amount\":7,\"source\":1,\"list\":[{\"amount\":8,\"source\":2}]}");
    assertThat(read.inner()).isEqualTo(new Inner(new Inmost(Money.ofFen(7), null), 1));
    assertThat(CODEC.encode(read, SPELLING))
        .isEqualTo(
            "{\"number\":\"a\",\"amount\":7,\"source\":1,\"list\":[{\"amount\":8,\"source\":2}]}");
    assertThat(CODEC.members())
        .startsWith("number: String", "amount: Money", "summary?: String", "source: Integer");
  }

  @Test
  void whatIsWrongIsNamedAsItStandsThere() {
    assertRefused("{\"number\":\"a\",\"source\":1}", Refusal.Reason.MISSING_FIELD, "amount");
    assertRefused(
        "{\"number\":\"a\",\"amount\":0,\"source\":1}",
        Refusal.Reason.WRONG_ORDER_AMOUNT,
        "amount");
    assertRefused(
        "{\"number\":\"a\",\"amount\":7,\"source\":1,\"list\":[{\"amount\":0,\"source\":2}]}",
        Refusal.Reason.WRONG_ORDER_AMOUNT,
        "list[0].amount");
  }

  @Test
  void whatCannotBeReadBackIsABug() {
    for (Class<? extends Record> type : List.of(Twice.class, Absent.class, Plain.class)) {
      assertThatThrownBy(() -> Codec.of(type)).isInstanceOf(IllegalStateException.class);
    }
  }

  private static void assertRefused(String text, Refusal.Reason reason, String subject) {
    assertThatThrownBy(() -> decode(text))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.subject()).isEqualTo(subject);
            });
  }

  private static Outer decode(String text) {
    return CODEC.decode(Json.object("", text), SPELLING);
  }
}
