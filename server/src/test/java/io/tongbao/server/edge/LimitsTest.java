package io.tongbao.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tongbao.kernel.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who comes when all seats are taken is told at once (THREATS T-X18). */
class LimitsTest {
  private final Limits limits = new Limits(new EdgeSettings(List.of(), 3, 1));

  @Test
  void turnsAwayWhomItCannotSeat() {
    List<Limits.Seat> seats = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      seats.add(limits.enter());
    }
    assertThat(catchThrowableOfType(Refusal.class, limits::enter).reason())
        .isEqualTo(Refusal.Reason.BUSY);
    seats.removeLast().close();
    limits.enter().close();
  }
}
