package io.tongbao.server.payout.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.member.Forms;
import org.jspecify.annotations.Nullable;

/**
 * 打款备注: what the payee reads beside the amount. At most twenty characters, of which a hanzi, and
 * whatever else is not ASCII, counts two; without the printed marks, in either width. Specification
 * §2.1 (1).
 */
final class PayRemark {
  static final int LONGEST = 20;

  private static final String FORBIDDEN = "'\"&|@%*()-:#¥＇＂＆｜＠％＊（）－：＃￥‘’“”";

  private PayRemark() {}

  static @Nullable String check(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String remark = Forms.words(text, LONGEST, "pay_remark");
    int length = remark.codePoints().map(each -> each < 0x80 ? 1 : 2).sum();
    boolean marked = remark.codePoints().anyMatch(each -> FORBIDDEN.indexOf(each) >= 0);
    if (length > LONGEST || marked) {
      throw Refusal.of(Reason.BAD_FIELD, "pay_remark");
    }
    return remark;
  }
}
