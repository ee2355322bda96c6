package io.tongbao.server.order;

import io.tongbao.kernel.Secret;
import org.jspecify.annotations.Nullable;

/** How a payer shows that he means it. Specification escrow §6.20. */
public sealed interface Proof {

  /**
   * The code that was sent to his phone.
   *
   * @param quickPassword the password of 新移动快捷, where that way asks for it
   */
  record Code(@Nullable String text, @Nullable Secret quickPassword) implements Proof {
    public Code(@Nullable String text) {
      this(text, null);
    }
  }

  /** His payment password, typed on a page of ours. */
  record Password(Secret digits) implements Proof {}
}
