package io.tongbao.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tab of the browser as a person uses it: opens an address, touches what it sees, types, looks.
 */
final class Tab {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final int PATIENCE_SECONDS = 15;
  private static final int LONGEST = 4000;
  private static final int MOST_PAGES = 10;

  private final DevTools tools;
  private final String session;
  private final Chromium.Screen screen;
  private final Semaphore loads = new Semaphore(0);
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final Map<String, JsonNode> documents = new ConcurrentHashMap<>();

  Tab(DevTools tools, String session, Chromium.Screen screen) {
    this.tools = tools;
    this.session = session;
    this.screen = screen;
    tools.listen(session, this::hear);
    for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
      call(domain + ".enable", DevTools.object());
    }
    call(
        "Emulation.setDeviceMetricsOverride",
        DevTools.object()
            .put("width", screen.width())
            .put("height", screen.height())
            .put("deviceScaleFactor", screen.density())
            .put("mobile", screen.touched()));
    call("Emulation.setTouchEmulationEnabled", DevTools.object().put("enabled", screen.touched()));
    call("Emulation.setFocusEmulationEnabled", DevTools.object().put("enabled", true));
    call("Page.bringToFront", DevTools.object());
  }

  /** What the browser complained of: refused scripts, styles, frames, addresses. */
  List<String> complaints() {
    return complaints;
  }

  /** A header of the document that the tab shows. */
  String header(String name) {
    JsonNode headers = documents.getOrDefault(address().toString(), DevTools.object());
    return headers
        .propertyStream()
        .filter(each -> each.getKey().equalsIgnoreCase(name))
        .map(each -> each.getValue().asString(""))
        .findFirst()
        .orElse("");
  }

  Tab open(URI address) {
    return loading(() -> {
      JsonNode went = call("Page.navigate", DevTools.object().put("url", address.toString()));
      assertThat(went.path("errorText").asString("")).isEmpty();
    });
  }

  Tab reload() {
    return loading(() -> call("Page.reload", DevTools.object()));
  }

  /** The browser's own button for the page before, which it may have kept as it was. */
  Tab back() {
    JsonNode history = call("Page.getNavigationHistory", DevTools.object());
    int before = history.get("currentIndex").asInt() - 1;
    int entry = history.get("entries").get(before).get("id").asInt();
    return loading(
        () -> call("Page.navigateToHistoryEntry", DevTools.object().put("entryId", entry)));
  }

  /** Does what makes the browser load another page, and waits for that. */
  private Tab loading(Runnable act) {
    loads.drainPermits();
    act.run();
    try {
      assertThat(loads.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("another page than %s %s", address(), complaints)
          .isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** Touches, or clicks, what {@code selector} finds, where it can be seen. */
  Tab tap(String selector) {
    JsonNode at = box(selector);
    String x = at.get("x").asString();
    String y = at.get("y").asString();
    if (screen.touched()) {
      touch("touchStart", Double.parseDouble(x), Double.parseDouble(y));
      call("Input.dispatchTouchEvent", touches("touchEnd"));
      return this;
    }
    for (String type : List.of("mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          DevTools.object()
              .put("type", type)
              .put("button", "left")
              .put("clickCount", 1)
              .put("x", Double.parseDouble(x))
              .put("y", Double.parseDouble(y)));
    }
    return this;
  }

  private void touch(String type, double x, double y) {
    ObjectNode start = touches(type);
    start.withArray("touchPoints").addObject().put("x", x).put("y", y);
    call("Input.dispatchTouchEvent", start);
  }

  private static ObjectNode touches(String type) {
    ObjectNode event = DevTools.object().put("type", type);
    event.putArray("touchPoints");
    return event;
  }

  /** The middle of an element, scrolled to, which nothing else may cover. */
  private JsonNode box(String selector) {
    JsonNode at =
        evaluate(
            """
            (() => {
              const found = document.querySelector(%s);
              if (!found) return {missing: true};
              found.scrollIntoView({block: "center", behavior: "instant"});
              const box = found.getBoundingClientRect();
              const x = box.x + box.width / 2, y = box.y + box.height / 2;
              const top = document.elementFromPoint(x, y);
              const label = top && top.closest("label");
              const hit = top && (found.contains(top) || top.contains(found)
                || (label && label.control === found));
              return {x: String(x), y: String(y), covered: !hit, hidden: box.width < 1};
            })()
            """
                .formatted(quoted(selector)));
    assertThat(at.has("missing")).as("%s at %s: %s", selector, address(), text()).isFalse();
    assertThat(at.get("hidden").asBoolean()).as("%s is hidden", selector).isFalse();
    assertThat(at.get("covered").asBoolean()).as("%s is covered", selector).isFalse();
    return at;
  }

  /** Touches what leads to another page. */
  Tab follow(String selector) {
    return loading(() -> tap(selector));
  }

  /** Touches the button or link that says this, which leads to another page. */
  Tab press(String words) {
    String marked = "data-test-press";
    assertThat(
            evaluate(
                    """
                    (() => {
                      document.querySelectorAll("[%1$s]").forEach(e => e.removeAttribute("%1$s"));
                      const found = [...document.querySelectorAll("button, a")].filter(
                        e => e.offsetWidth > 1 && e.tabIndex >= 0 && e.innerText.trim() === %2$s);
                      found.forEach(e => e.setAttribute("%1$s", ""));
                      return found.length;
                    })()
                    """
                        .formatted(marked, quoted(words)))
                .asInt())
        .as("buttons that say %s at %s: %s", words, address(), text())
        .isEqualTo(1);
    return follow("[" + marked + "]");
  }

  /** Touches a field and types over what is in it with the phone's or the desk's keyboard. */
  Tab type(String selector, String text) {
    tap(selector);
    await("document.activeElement === document.querySelector(" + quoted(selector) + ")");
    evaluate("document.activeElement.select()");
    text.chars()
        .forEach(each ->
            call("Input.insertText", DevTools.object().put("text", String.valueOf((char) each))));
    return this;
  }

  /** A key of the keyboard, such as Tab or Enter. */
  Tab key(String name, int code) {
    for (String type : List.of("keyDown", "keyUp")) {
      ObjectNode event =
          DevTools.object()
              .put("type", type)
              .put("key", name)
              .put("code", name)
              .put("windowsVirtualKeyCode", code);
      if (name.equals("Enter") && type.equals("keyDown")) {
        event.put("text", "\r");
      }
      call("Input.dispatchKeyEvent", event);
    }
    return this;
  }

  Tab enter() {
    return loading(() -> key("Enter", 13));
  }

  /** Waits until a condition of the page holds. */
  Tab await(String condition) {
    String look =
        """
        new Promise(answer => {
          const end = performance.now() + 5000;
          (function look() {
            if (%s) { answer(true); return; }
            if (performance.now() > end) { answer(false); return; }
            setTimeout(look, 10);
          })();
        })
        """
            .formatted(condition);
    assertThat(whilePagesCome(() -> evaluate(look)).asBoolean())
        .as("%s at %s", condition, address())
        .isTrue();
    return this;
  }

  /** Asks again where the page went away before it answered. */
  private static JsonNode whilePagesCome(Supplier<JsonNode> question) {
    for (int i = 0; i < MOST_PAGES; i++) {
      try {
        return question.get();
      } catch (DevTools.Failed e) {
        if (!e.navigated()) {
          throw e;
        }
      }
    }
    return question.get();
  }

  URI address() {
    return URI.create(evaluate("location.href").asString());
  }

  String title() {
    return evaluate("document.title").asString();
  }

  /** What a person reads. */
  String text() {
    String text = evaluate("document.body ? document.body.innerText : ''").asString();
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  /** The whole document with what is typed in its fields: all that another script could find. */
  String everything() {
    return evaluate(
            """
            document.documentElement.outerHTML + [...document.querySelectorAll("input")]
              .map(e => "|" + e.value).join("")
            """)
        .asString();
  }

  JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            DevTools.object()
                .put("expression", expression)
                .put("returnByValue", true)
                .put("awaitPromise", true));
    assertThat(answer.has("exceptionDetails")).as(answer.toString()).isFalse();
    return answer.path("result").path("value");
  }

  /** Pretends that the person likes dark pages. */
  Tab dark() {
    ObjectNode wish = DevTools.object();
    wish.putArray("features").addObject().put("name", "prefers-color-scheme").put("value", "dark");
    call("Emulation.setEmulatedMedia", wish);
    return this;
  }

  /**
   * Keeps what the tab shows, the whole page, as target/screenshots/{name}.png; it must be sound.
   */
  Tab picture(String name) {
    assertThat(whilePagesCome(() -> evaluate(Soundness.SCRIPT)).toString())
        .as("what is unsound in %s", name)
        .isEqualTo("[]");
    JsonNode taken =
        call(
            "Page.captureScreenshot",
            DevTools.object().put("format", "png").put("captureBeyondViewport", true));
    try {
      Files.createDirectories(SCREENSHOTS);
      Files.write(
          SCREENSHOTS.resolve(name + ".png"),
          Base64.getDecoder().decode(taken.get("data").asString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private JsonNode call(String method, ObjectNode params) {
    return tools.call(session, method, params);
  }

  private void hear(String event, JsonNode facts) {
    boolean restored =
        event.equals("Page.frameNavigated")
            && facts.path("type").asString("").equals("BackForwardCacheRestore");
    if (restored || event.equals("Page.loadEventFired")) {
      loads.release();
    }
    if (event.equals("Log.entryAdded")) {
      complaints.add(facts.path("entry").path("text").asString(""));
    }
    if (event.equals("Runtime.consoleAPICalled") || event.equals("Runtime.exceptionThrown")) {
      complaints.add(facts.toString());
    }
    if (event.equals("Network.responseReceived")
        && facts.path("type").asString("").equals("Document")) {
      JsonNode response = facts.path("response");
      documents.put(response.path("url").asString(""), response.path("headers"));
    }
  }

  static String quoted(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }
}
