package io.tongbao.server.edge;

import io.tongbao.server.merchant.Face;
import org.jspecify.annotations.Nullable;

/**
 * Who looks on as messages are answered, such as the sandbox's list of the last requests. Called
 * after the answer is made and before it is sent; must be quick and must not throw.
 */
public interface Witness {

  /**
   * Sees one message and its answer.
   *
   * @param admitted what was signed, or null where the message did not get so far
   */
  void saw(Face face, WireRequest request, @Nullable Admitted admitted, Reply reply);
}
