package io.tongbao.server.page;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line to a browser in the DevTools protocol: numbered calls and their answers, and events of the
 * pages, each named by its session. Decision 0031 says why there is no library for this.
 */
final class DevTools implements WebSocket.Listener {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long PATIENCE_SECONDS = 20;

  /** The browser said no, or is gone. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean navigated;

    Failed(String what) {
      super(what);
      this.navigated = what.contains("navigated") || what.contains("context");
    }

    /** Whether it was only that another page came. */
    boolean navigated() {
      return navigated;
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final Map<String, BiConsumer<String, JsonNode>> listeners = new ConcurrentHashMap<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  DevTools(URI address) {
    this.socket = http.newWebSocketBuilder().buildAsync(address, this).join();
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Tells of the events of a session from now on. */
  void listen(String session, BiConsumer<String, JsonNode> listener) {
    listeners.put(session, listener);
  }

  JsonNode call(@Nullable String session, String method, ObjectNode params) {
    int number = numbers.incrementAndGet();
    ObjectNode message = object().put("id", number).put("method", method);
    message.set("params", params);
    if (session != null) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(number, answer);
    send(message.toString());
    return result(method, answer);
  }

  /** A socket takes one message at a time. */
  private synchronized void send(String text) {
    socket.sendText(text, true).join();
  }

  private static JsonNode result(String method, CompletableFuture<JsonNode> answer) {
    try {
      JsonNode message = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message.has("error")) {
        throw new Failed(method + ": " + message.get("error").path("message").asString(""));
      }
      return message.path("result");
    } catch (TimeoutException e) {
      throw new Failed(method + ": the browser does not answer");
    } catch (ExecutionException e) {
      throw new Failed(method + ": " + e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      JsonNode message = JSON.readTree(partial.toString());
      partial.setLength(0);
      hear(message);
    }
    from.request(1);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    waiting.values().forEach(answer -> answer.completeExceptionally(error));
  }

  private void hear(JsonNode message) {
    if (message.has("id")) {
      CompletableFuture<JsonNode> answer = waiting.remove(message.get("id").asInt());
      if (answer != null) {
        answer.complete(message);
      }
      return;
    }
    BiConsumer<String, JsonNode> listener =
        listeners.get(message.path("sessionId").asString("browser"));
    if (listener != null) {
      listener.accept(message.path("method").asString(""), message.path("params"));
    }
  }
}
