package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** What the payer is told that he pays for. Specification §4.2.4, §4.2.5. */
record GoodsWords(
    @JsonProperty("goodsName") @Nullable String name,
    @JsonProperty("goodsDesc") @Nullable String description) {

  /** Nothing: a deposit, a withdrawal. */
  static final GoodsWords NONE = new GoodsWords(null, null);

  GoodsWords {
    GoodsFields.describe(name, description);
  }
}
