package io.tongbao.client.tour;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The payer's browser, as far as a tour or a test needs one: opens a page, presses the button that
 * says what he wants, follows redirects and remembers where it is. Pages are the platform's own.
 */
public final class Browser {
  private static final int MOST_REDIRECTS = 5;
  private static final Pattern FORM =
      Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final Pattern HIDDEN =
      Pattern.compile("<input\\b[^>]*type=\"hidden\"[^>]*>", Pattern.CASE_INSENSITIVE);
  private static final Pattern BUTTON =
      Pattern.compile(
          "<button\\b([^>]*)>(.*?)</button>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Map<String, String> typed = new LinkedHashMap<>();
  private URI at;
  private String page = "";

  public Browser(URI start) {
    this.at = start;
  }

  public URI at() {
    return at;
  }

  public String page() {
    return page;
  }

  public void open(URI address) {
    go(HttpRequest.newBuilder(address).GET().build());
  }

  /** Types into the field of this name; what was typed goes with the next button. */
  public void type(String field, String value) {
    if (!page.contains("name=\"" + field + "\"")) {
      throw new TourFailed("no field " + field + " at " + at.getPath());
    }
    typed.put(field, value);
  }

  /** Presses the first button whose text contains {@code words}, in whatever form it is. */
  public void press(String words) {
    Matcher form = FORM.matcher(page);
    while (form.find()) {
      Matcher button = BUTTON.matcher(form.group(2));
      while (button.find()) {
        if (button.group(2).contains(words)) {
          submit(form.group(1), form.group(2), button.group(1));
          return;
        }
      }
    }
    throw new TourFailed("no button says " + words + " at " + at.getPath());
  }

  private void submit(String form, String content, String button) {
    StringJoiner body = new StringJoiner("&");
    Matcher hidden = HIDDEN.matcher(content);
    while (hidden.find()) {
      body.add(field(hidden.group()));
    }
    if (!attribute(button, "name").isEmpty()) {
      body.add(field(button));
    }
    typed.forEach((name, value) -> body.add(Sandbox.encode(name) + "=" + Sandbox.encode(value)));
    typed.clear();
    String action = attribute(form, "action");
    go(
        HttpRequest.newBuilder(action.isEmpty() ? at : at.resolve(action))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
  }

  private void go(HttpRequest first) {
    HttpRequest request = first;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpResponse<String> response = send(request);
      at = response.uri();
      page = response.body();
      if (response.statusCode() / 100 != 3) {
        return;
      }
      URI next = at.resolve(response.headers().firstValue("location").orElseThrow());
      request = HttpRequest.newBuilder(next).GET().build();
    }
    throw new TourFailed("too many redirects at " + at.getPath());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new TourFailed(request.uri().getPath() + " does not answer: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TourFailed("interrupted");
    }
  }

  private static String field(String tag) {
    return Sandbox.encode(attribute(tag, "name")) + "=" + Sandbox.encode(attribute(tag, "value"));
  }

  private static String attribute(String tag, String name) {
    Matcher found = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
    return found.find() ? found.group(1).replace("&amp;", "&") : "";
  }
}
