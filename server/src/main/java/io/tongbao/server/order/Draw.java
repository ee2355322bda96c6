package io.tongbao.server.order;

import java.util.ArrayList;
import java.util.List;

/**
 * What a disbursement takes from one collection, in fen. Specification escrow §4.2.6.
 *
 * @param collection the collecting order's row id
 */
public record Draw(long collection, long amount) {

  /**
   * Takes {@code need} fen from what is left of collections, the earlier ones first.
   *
   * @param open what is left of each, in the order in which they are used
   * @return the draws, or an empty list when all of them together hold too little
   */
  public static List<Draw> of(long need, List<Draw> open) {
    List<Draw> draws = new ArrayList<>();
    long left = need;
    for (Draw source : open) {
      long taken = Math.min(left, source.amount);
      if (taken > 0) {
        draws.add(new Draw(source.collection, taken));
        left -= taken;
      }
    }
    return left == 0 ? draws : List.of();
  }
}
