package io.tongbao.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may send a long body while others do (THREATS T-X18). */
class LongBodiesTest {
  private static final byte[] ORDINARY = new byte[LongBodies.ORDINARY];
  private static final byte[] SECOND = new byte[LongBodies.SLOW_BYTES_PER_SECOND];

  private long nanos;
  private final LongBodies bodies = new LongBodies(() -> nanos);

  @Test
  void whatIsNotLongCostsNoSeat() {
    List<LongBodies.Body> ordinary = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      ordinary.add(bodies.from("one"));
      ordinary.getLast().add(ORDINARY, ORDINARY.length);
    }
    longOnes("one", LongBodies.OF_ONE_SOURCE);
    assertThat(ordinary.getLast().whole()).isEqualTo(Bytes.of(ORDINARY));
  }

  @Test
  void seatsAFew() {
    List<LongBodies.Body> taken = new ArrayList<>();
    for (int i = 0; i < LongBodies.SEATS; i++) {
      taken.addAll(longOnes("source " + i, 1));
    }
    LongBodies.Body late = ordinary("late");
    isBusy(late);
    late.close();
    taken.removeLast().close();
    late.add(SECOND, 1);
    assertThat(late.whole().size()).isEqualTo(LongBodies.ORDINARY + 1);
  }

  @Test
  void oneSourceHasItsShare() {
    List<LongBodies.Body> taken = longOnes("greedy", LongBodies.OF_ONE_SOURCE);
    isBusy(ordinary("greedy"));
    longOnes("modest", 1);
    taken.getFirst().close();
    longOnes("greedy", 1);
    isBusy(ordinary("greedy"));
  }

  @Test
  void theSlowMakeRoomAndHearOfIt() {
    List<LongBodies.Body> slow = new ArrayList<>();
    for (int i = 0; i < LongBodies.SEATS; i++) {
      slow.addAll(longOnes("source " + i, 1));
    }
    nanos += Duration.ofSeconds(1).toNanos();
    isBusy(ordinary("early"));
    nanos += Duration.ofSeconds(1).toNanos();
    // The first has kept the pace: two seconds' worth in two seconds.
    slow.getFirst().add(SECOND, SECOND.length);
    slow.getFirst().add(SECOND, SECOND.length);
    longOnes("early", 1);
    isBusy(slow.get(1));
    assertThat(catchThrowableOfType(Refusal.class, slow.get(1)::whole).reason())
        .isEqualTo(Refusal.Reason.BUSY);
    assertThat(slow.get(1).size()).isZero();
    slow.get(1).close();
    slow.getFirst().add(SECOND, 1);
    slow.get(2).add(SECOND, 1);
  }

  @Test
  void oneMakesRoomAmongHisOwnFirst() {
    List<LongBodies.Body> his = longOnes("his", LongBodies.OF_ONE_SOURCE);
    LongBodies.Body other = longOnes("other", 1).getFirst();
    nanos += Duration.ofSeconds(5).toNanos();
    longOnes("his", 1);
    isBusy(his.getFirst());
    other.add(SECOND, 1);
  }

  private LongBodies.Body ordinary(String source) {
    LongBodies.Body body = bodies.from(source);
    body.add(ORDINARY, ORDINARY.length);
    return body;
  }

  private List<LongBodies.Body> longOnes(String source, int count) {
    List<LongBodies.Body> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(ordinary(source));
      made.getLast().add(SECOND, 1);
    }
    return made;
  }

  private static void isBusy(LongBodies.Body body) {
    assertThat(catchThrowableOfType(Refusal.class, () -> body.add(SECOND, 1)).reason())
        .isEqualTo(Refusal.Reason.BUSY);
  }
}
