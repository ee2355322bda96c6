package io.tongbao.server.escrow.order;

import io.tongbao.server.order.Ware;
import org.jspecify.annotations.Nullable;

/** What the fields about goods must look like. Specification §4.2.5, §6.6. */
final class GoodsFields {
  private static final int NAME = 200;
  private static final int DESCRIPTION = 1000;

  private GoodsFields() {}

  /** goodsName and goodsDesc: the merchant's own words. */
  static void describe(@Nullable String name, @Nullable String description) {
    OrderFields.text("goodsName", name, NAME);
    OrderFields.lines("goodsDesc", description, DESCRIPTION);
  }

  /** goodsType and goodsNo; 默认无商品类型，值为 0. */
  static Ware ware(@Nullable Long type, @Nullable String number) {
    Ware ware = Ware.of(type, number);
    if (!ware.equals(Ware.NONE)) {
      OrderFields.number("goodsNo", ware.number());
    }
    return ware;
  }
}
