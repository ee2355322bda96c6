package io.tongbao.server.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DrawTest {

  @Test
  void earlierCollectionsAreUsedUpFirst() {
    List<Draw> open = List.of(new Draw(1, 30), new Draw(2, 50), new Draw(3, 20));
    assertThat(Draw.of(30, open)).containsExactly(new Draw(1, 30));
    assertThat(Draw.of(31, open)).containsExactly(new Draw(1, 30), new Draw(2, 1));
    assertThat(Draw.of(100, open)).isEqualTo(open);
    assertThat(Draw.of(101, open)).isEmpty();
    assertThat(Draw.of(1, List.of())).isEmpty();
  }

  @Test
  void drawsAddUpAndNeverTakeMoreThanIsLeft() {
    Random random = new Random(426);
    for (int round = 0; round < 2_000; round++) {
      List<Draw> open = new ArrayList<>();
      long sum = 0;
      for (int i = 0; i < random.nextInt(8); i++) {
        open.add(new Draw(i, 1 + random.nextInt(100)));
        sum += open.getLast().amount();
      }
      long need = 1L + random.nextInt(400);
      List<Draw> draws = Draw.of(need, open);
      assertThat(draws.isEmpty()).isEqualTo(need > sum);
      if (!draws.isEmpty()) {
        assertThat(draws.stream().mapToLong(Draw::amount).sum()).isEqualTo(need);
        for (int i = 0; i < draws.size() - 1; i++) {
          assertThat(draws.get(i)).isEqualTo(open.get(i));
        }
        assertThat(draws.getLast().amount()).isBetween(1L, open.get(draws.size() - 1).amount());
      }
    }
  }
}
