package io.tongbao.server.page;

import io.tongbao.kernel.Money;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * How pages leave: never stored, never framed, without a script, with the one stylesheet, and
 * telling no other site where the browser came from (THREATS T3-8, T-X5).
 */
public final class Pages {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none';"
          + " frame-ancestors 'none'";

  /** A bank's page, and the merchant's behind it, may be anywhere on the web, and nowhere else. */
  private static final String FORMS_LEAD_ON = "; form-action 'self' http: https:";

  private static final String SCRIPT = "; script-src 'self'; form-action 'self'";

  /** Between two digits, before a whole number of groups of three up to the point. */
  private static final Pattern THOUSANDS = Pattern.compile("(?<=[0-9])(?=([0-9]{3})+\\.)");

  private Pages() {}

  /**
   * A page with the keypad for passwords: the one script that there is. Its form leads to pages of
   * ours and to this address's site only.
   */
  public static ServerResponse showWithKeypad(
      String template, Map<String, ?> model, @Nullable String address) {
    String policy = POLICY + SCRIPT + (address == null ? "" : " " + site(address));
    return ServerResponse.ok()
        .headers(Pages::guard)
        .headers(headers -> headers.set("Content-Security-Policy", policy))
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .render(template, model);
  }

  /** A page made of a template. */
  public static ServerResponse show(String template, Map<String, ?> model) {
    return ServerResponse.ok()
        .headers(Pages::guard)
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .render(template, model);
  }

  /** A page that says why it does not go on. */
  public static ServerResponse trouble(String title, String message) {
    return trouble(title, message, "", "");
  }

  /**
   * A page that says why it does not go on.
   *
   * @param code the face's error code, or empty
   * @param back where the browser may go instead, or empty
   */
  public static ServerResponse trouble(String title, String message, String code, String back) {
    return show("trouble", Map.of("title", title, "message", message, "code", code, "back", back));
  }

  /** An amount as payers read it: yuan, two decimals, thousands set apart. */
  public static String amount(Money money) {
    return THOUSANDS.matcher(money.yuan()).replaceAll(",");
  }

  /** The browser goes on to another page, by GET. */
  public static ServerResponse go(String address) {
    return ServerResponse.status(HttpStatus.SEE_OTHER)
        .headers(Pages::guard)
        .location(URI.create(address))
        .build();
  }

  /** How a policy names a site; it has no words for IPv6, so there the scheme must do. */
  static String site(String address) {
    URI uri = URI.create(address);
    boolean plain = uri.getHost() != null && !uri.getHost().startsWith("[");
    return plain ? uri.getScheme() + "://" + uri.getAuthority() : uri.getScheme() + ":";
  }

  private static void guard(HttpHeaders headers) {
    headers.setCacheControl("no-store");
    headers.set("Content-Security-Policy", POLICY + FORMS_LEAD_ON);
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
  }
}
