package io.tongbao.server.payment;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The switches and limits of a dealer, and what each may be set to. */
public final class DealerSettings {
  /** Refuses an order that lacks money (2027) instead of holding it, {@code "true"}. */
  static final String REFUSE_SHORT = "balance.refuse";

  private static final Set<String> SWITCHES =
      Set.of(PayoutNews.TELL_HELD, PayoutNews.TELL_PAYING, REFUSE_SHORT);

  /** {@code <channel>.most} and {@code <channel>.day}, in fen. */
  private static final Set<String> LIMITS =
      Arrays.stream(PayoutChannel.values())
          .flatMap(channel -> Stream.of(channel.code() + ".most", channel.code() + ".day"))
          .collect(Collectors.toUnmodifiableSet());

  private static final Pattern FEN = Pattern.compile("\\A[1-9][0-9]{0,14}\\z");

  private DealerSettings() {}

  /** Whether there is a switch or limit of this name that can be set to this. */
  public static boolean admits(String name, String value) {
    return SWITCHES.contains(name)
        ? value.equals("true") || value.equals("false")
        : LIMITS.contains(name) && FEN.matcher(value).matches();
  }
}
