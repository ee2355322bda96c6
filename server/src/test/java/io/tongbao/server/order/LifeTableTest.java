package io.tongbao.server.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The life of an order, printed, against the table that people read. */
class LifeTableTest {
  private static final List<Event> EVENTS =
      List.of(
          new Event.Confirmed(),
          new Event.Settled(),
          new Event.Declined("拒绝"),
          new Event.Expired(),
          new Event.GivenBack());

  @Test
  void isTheTableThatIsCheckedIn() throws IOException {
    assertThat(printed()).isEqualTo(checkedIn());
  }

  @Test
  void whatHasFailedOrClosedNeverMoves() {
    for (State state : State.values()) {
      for (Event event : EVENTS) {
        if (state.isTerminal()) {
          assertThat(Life.step(state, event)).isNotInstanceOf(Life.Move.class);
        }
      }
    }
  }

  private static String printed() {
    StringBuilder table = new StringBuilder("%-12s".formatted(""));
    EVENTS.forEach(event -> table.append("%-13s".formatted(event.name())));
    for (State state : State.values()) {
      table.append("\n%-12s".formatted(state));
      EVENTS.forEach(event -> table.append("%-13s".formatted(word(Life.step(state, event)))));
    }
    return table.toString().replaceAll(" +(?=\n|$)", "");
  }

  private static String word(Life.Step step) {
    return switch (step) {
      case Life.Move move -> move.to().name();
      case Life.Stay _ -> "-";
      case Life.Contradiction _ -> "!";
    };
  }

  private String checkedIn() throws IOException {
    try (InputStream table = getClass().getResourceAsStream("/tables/order-life.txt")) {
      String text =
          new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList().stream()
          .reduce((above, below) -> above + "\n" + below)
          .orElseThrow();
    }
  }
}
