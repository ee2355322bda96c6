package io.tongbao.wire.payout;

import io.tongbao.kernel.Refusal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The two headers of every request, dealer-id and request-id; neither is signed. Specification:
 * payout chapter 4 §1.
 */
public record PayoutHeaders(String dealerId, String requestId) {
  private static final Pattern DEALER = Pattern.compile("\\A[A-Za-z0-9_-]{1,64}\\z");
  private static final Pattern REQUEST = Pattern.compile("\\A[!-~]{1,128}\\z");

  public PayoutHeaders {
    require(DEALER.matcher(dealerId).matches(), "dealer-id");
    require(isRequestId(requestId), "request-id");
  }

  /** The headers as they came; null where one is absent. */
  public static PayoutHeaders of(@Nullable String dealerId, @Nullable String requestId) {
    return new PayoutHeaders(required(dealerId, "dealer-id"), required(requestId, "request-id"));
  }

  /** Whether a request may bear this number. */
  public static boolean isRequestId(String text) {
    return REQUEST.matcher(text).matches();
  }

  private static String required(@Nullable String value, String name) {
    if (value == null || value.isEmpty()) {
      throw Refusal.of(Refusal.Reason.MISSING_FIELD, name);
    }
    return value;
  }

  private static void require(boolean met, String name) {
    if (!met) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, name);
    }
  }
}
