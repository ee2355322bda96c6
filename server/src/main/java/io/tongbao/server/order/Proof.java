package io.tongbao.server.order;

import io.tongbao.kernel.Secret;
import org.jspecify.annotations.Nullable;

/** How a payer shows that he means it. Specification escrow §6.20. */
public sealed interface Proof {

  /** The code that was sent to his phone. */
  record Code(@Nullable String text) implements Proof {}

  /** His payment password, typed on a page of ours. */
  record Password(Secret digits) implements Proof {}
}
