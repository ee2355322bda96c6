package io.tongbao.wire.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Refusal;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** THREATS T-X1: two accepted requests that differ never have the same signed string. */
final class EscrowCanonicalTest {
  private static final int PAIRS = 200_000;
  private static final String SIGN = "c2lnbg==";
  private static final String[] TIMES = {
    "2026-03-01 12:00:00", "2026-03-0112:00:00", "2026-03-01 11:00:00", "2026-03-0111:00:00"
  };

  private static final String[] BLANKS = {"", " ", "\n"};

  @Test
  void distinctRequestsHaveDistinctStrings() {
    Random random = new Random(20260301);
    int met = 0;
    for (int i = 0; i < PAIRS; i++) {
      EscrowRequest one = request(random);
      EscrowRequest other = request(random);
      boolean same = one.equals(other);
      met += same ? 1 : 0;
      assertThat(one.canonical().equals(other.canonical())).isEqualTo(same);
    }
    assertThat(met).as("pairs drawn from so few that some are equal").isPositive();
  }

  @Test
  void eachStringCanBeCutInOneWayOnly() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      EscrowRequest request = request(random);
      String whole = request.canonical();
      for (int from = 0; from <= whole.length(); from++) {
        for (int to = from; to <= whole.length(); to++) {
          EscrowRequest cut =
              accepted(whole.substring(0, from), whole.substring(from, to), whole.substring(to));
          if (cut != null) {
            assertThat(cut).isEqualTo(request);
          }
        }
      }
    }
  }

  /** Few letters, and those that the borders are made of, so that collisions would be found. */
  private static EscrowRequest request(Random random) {
    StringBuilder sysid = new StringBuilder("100000");
    for (int i = random.nextInt(3); i > 0; i--) {
      sysid.append(random.nextInt(2));
    }
    StringBuilder req = new StringBuilder(BLANKS[random.nextInt(3)]).append('{');
    for (int i = random.nextInt(4); i > 0; i--) {
      String[] pieces = {"1", "0", "{", "}", "-", " ", ":", "}" + TIMES[random.nextInt(4)], "\""};
      req.append(pieces[random.nextInt(pieces.length)]);
    }
    String time = TIMES[random.nextInt(TIMES.length)];
    req.append('}').append(BLANKS[random.nextInt(3)]);
    return new EscrowRequest(sysid.toString(), SIGN, time, "1.0", req.toString());
  }

  private static @Nullable EscrowRequest accepted(String sysid, String req, String timestamp) {
    try {
      return new EscrowRequest(sysid, SIGN, timestamp, "1.0", req);
    } catch (Refusal otherShape) {
      return null;
    }
  }
}
