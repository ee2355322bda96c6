package io.tongbao.server.payout;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import java.util.regex.Pattern;

/**
 * What numbers on the payout face look like (THREATS T2-1, T-X11). A bank card, an Alipay account
 * and an openid exclude each other, so that a request for one channel is none for another. Each
 * method gives the text back or refuses it by its wire name.
 */
public final class PayoutForms {
  private static final Pattern ORDER = Pattern.compile("\\A[A-Za-z0-9][A-Za-z0-9_-]{0,63}\\z");
  private static final Pattern BROKER = Pattern.compile("\\A[A-Za-z0-9_-]{1,64}\\z");
  private static final Pattern CARD = Pattern.compile("\\A[3-9][0-9]{11,18}\\z");

  /** A phone, a mail address, or a user's sixteen digits; after it perhaps a tester's wish. */
  private static final Pattern ALIPAY =
      Pattern.compile(
          "\\A(?=[!-~]{3,100}\\z)(?:1[0-9]{10}|2088[0-9]{12}"
              + "|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+)(?:_[a-z]{1,12})?\\z");

  private static final Pattern OPENID = Pattern.compile("\\A[A-Za-z0-9_-]{1,128}\\z");

  private PayoutForms() {}

  /** A dealer's number of an order: it goes into files and must not begin like a formula. */
  public static String orderId(String text, String field) {
    return matching(ORDER, text, field, Reason.BAD_FIELD);
  }

  public static String brokerId(String text, String field) {
    return matching(BROKER, text, field, Reason.BAD_FIELD);
  }

  /** A dealer's own number of the one who is paid. */
  public static String anchorId(String text, String field) {
    return matching(BROKER, text, field, Reason.BAD_FIELD);
  }

  /** A bank card's number, refused as 银行卡号错误. */
  public static Secret bankCard(Secret text, String field) {
    matching(CARD, text.reveal(), field, Reason.WRONG_CARD);
    return text;
  }

  public static Secret alipayAccount(Secret text, String field) {
    matching(ALIPAY, text.reveal(), field, Reason.BAD_FIELD);
    return text;
  }

  public static String openid(String text, String field) {
    return matching(OPENID, text, field, Reason.BAD_FIELD);
  }

  private static String matching(Pattern form, String text, String field, Reason reason) {
    if (!form.matcher(text).matches()) {
      throw Refusal.of(reason, field);
    }
    return text;
  }
}
