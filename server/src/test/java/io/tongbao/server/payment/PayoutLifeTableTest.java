package io.tongbao.server.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Money;
import io.tongbao.server.payment.Part.Side;
import io.tongbao.server.payment.Part.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The life of a payout and the tables of its red packets, printed, against what people read. */
class PayoutLifeTableTest {
  @Test
  void isTheTableThatIsCheckedIn() throws IOException {
    assertThat(printed()).isEqualTo(checkedIn("/tables/payout-life.txt"));
  }

  @Test
  void partsAreTheTableThatIsCheckedIn() throws IOException {
    assertThat(parts()).isEqualTo(checkedIn("/tables/payout-parts.txt"));
  }

  @Test
  void whatHasEndedNeverMoves() {
    for (PayoutStatus status : PayoutStatus.values()) {
      for (PayoutEvent event : PayoutEvent.values()) {
        if (status.isTerminal()) {
          assertThat(PayoutLife.step(status, event)).isNotInstanceOf(PayoutLife.Move.class);
        }
      }
    }
  }

  /** Whatever the parts do, the events that follow from it are ones that life allows. */
  @Test
  void partsLeadOnlyWhereLifeLeads() {
    for (State system : State.values()) {
      for (State broker : State.values()) {
        PartsResult before =
            PartsResult.of(List.of(part(Side.SYSTEM, system), part(Side.BROKER, broker)));
        for (State next : State.values()) {
          if (follows(system, next)) {
            PartsResult after =
                PartsResult.of(List.of(part(Side.SYSTEM, next), part(Side.BROKER, broker)));
            assertThat(walk(before.status(), after.from(before.status(), before.detail())))
                .as("%s %s, then %s", system, broker, next)
                .isEqualTo(after.status());
          }
        }
      }
    }
  }

  private static PayoutStatus walk(PayoutStatus from, List<PayoutEvent> events) {
    PayoutStatus status = from;
    for (PayoutEvent event : events) {
      status = ((PayoutLife.Move) PayoutLife.step(status, event)).to();
    }
    return status;
  }

  private static boolean follows(State state, State next) {
    return switch (state) {
      case ASKED -> next == State.SENT || next == State.TAKEN || next == State.FAILED;
      case SENT -> next == State.TAKEN || next == State.RETURNED;
      case TAKEN -> next == State.RETURNED;
      case FAILED, RETURNED -> false;
    };
  }

  private static String parts() {
    StringBuilder table = new StringBuilder("%-14s".formatted("broker\\system"));
    for (State system : State.values()) {
      table.append("%-10s".formatted(system));
    }
    for (State broker : State.values()) {
      table.append("\n%-14s".formatted(broker));
      for (State system : State.values()) {
        PartsResult result =
            PartsResult.of(List.of(part(Side.SYSTEM, system), part(Side.BROKER, broker)));
        table.append("%-10s".formatted(word(result)));
      }
    }
    table.append("\n%-14s".formatted("(one)"));
    for (State system : State.values()) {
      table.append("%-10s".formatted(word(PartsResult.of(List.of(part(Side.SYSTEM, system))))));
    }
    return table.toString().replaceAll(" +(?=\n|$)", "");
  }

  private static String word(PartsResult result) {
    return result.status().code() + "/" + result.detail().code();
  }

  private static Part part(Side side, State state) {
    PayoutDetail why = state == State.FAILED ? PayoutDetail.WXPAY_RISK : PayoutDetail.NONE;
    return new Part(side, Money.ofFen(100), Money.ZERO, Money.ZERO, 1, 1, state, why, null);
  }

  private static String printed() {
    StringBuilder table = new StringBuilder("%-12s".formatted(""));
    for (PayoutStatus status : PayoutStatus.values()) {
      table.append("%-4d".formatted(status.code()));
    }
    for (PayoutEvent event : PayoutEvent.values()) {
      table.append("\n%-12s".formatted(event.words()));
      for (PayoutStatus status : PayoutStatus.values()) {
        table.append("%-4s".formatted(word(PayoutLife.step(status, event))));
      }
    }
    return table.toString().replaceAll(" +(?=\n|$)", "");
  }

  private static String word(PayoutLife.Step step) {
    return switch (step) {
      case PayoutLife.Move move -> Integer.toString(move.to().code());
      case PayoutLife.Stay _ -> "-";
      case PayoutLife.Contradiction _ -> "!";
    };
  }

  private String checkedIn(String name) throws IOException {
    try (InputStream table = getClass().getResourceAsStream(name)) {
      String text =
          new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
    }
  }
}
