package io.tongbao.server.sandbox;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.server.edge.Admitted;
import io.tongbao.server.edge.Reply;
import io.tongbao.server.edge.WireRequest;
import io.tongbao.server.edge.Witness;
import io.tongbao.server.merchant.Face;
import io.tongbao.wire.escrow.EscrowRequest;
import io.tongbao.wire.payout.PayoutMessage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last requests with all that a developer asks when a signature does not fit: the bytes, the
 * string to sign, the verdict, the answer. In memory only, and only in the sandbox.
 */
@Component
@Profile("sandbox")
final class RequestLog implements Witness, Routes {
  private static final int KEPT = 500;
  private static final int SHOWN = 50;
  private static final int LONGEST_BODY = 256 * 1024;

  private record Seen(
      long millis, Face face, WireRequest request, @Nullable Admitted admitted, Reply reply) {}

  private final Clock clock;
  private final Deque<Seen> last = new ArrayDeque<>();

  RequestLog(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void saw(Face face, WireRequest request, @Nullable Admitted admitted, Reply reply) {
    boolean isLong = request.body().size() > LONGEST_BODY;
    Seen seen =
        isLong
            ? new Seen(clock.millis(), face, withoutBody(request), null, reply)
            : new Seen(clock.millis(), face, request, admitted, reply);
    synchronized (last) {
      if (last.size() == KEPT) {
        last.removeLast();
      }
      last.addFirst(seen);
    }
  }

  /** Of a long message, such as one with pictures, only what stands before its body is kept. */
  private static WireRequest withoutBody(WireRequest request) {
    return new WireRequest(
        request.method(),
        request.path(),
        request.query(),
        request.headers(),
        Bytes.utf8("(" + request.body().size() + " bytes)"),
        request.source(),
        request.trace());
  }

  @Override
  public void add(RouterFunctions.Builder routes) {
    routes.GET("/requests", this::list);
  }

  void clear() {
    synchronized (last) {
      last.clear();
    }
  }

  private ServerResponse list(ServerRequest request) {
    int limit = limit(request.param("limit").orElse(String.valueOf(SHOWN)));
    ArrayNode all = Replies.list();
    synchronized (last) {
      Iterator<Seen> newest = last.iterator();
      while (newest.hasNext() && all.size() < limit) {
        all.add(describe(newest.next()));
      }
    }
    return Replies.ok(all);
  }

  /** A line of the list, for the page. */
  public record Line(String at, String operation, String verdict) {}

  List<Line> last(int limit) {
    synchronized (last) {
      return last.stream().limit(limit).map(RequestLog::line).toList();
    }
  }

  private static Line line(Seen seen) {
    Admitted admitted = seen.admitted();
    String operation = admitted == null ? seen.request().path() : admitted.operation();
    String at = BeijingTime.seconds(Instant.ofEpochMilli(seen.millis()));
    return new Line(at, operation, seen.reply().outcome());
  }

  private static int limit(String text) {
    try {
      return Math.clamp(Integer.parseInt(text), 1, KEPT);
    } catch (NumberFormatException e) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "limit");
    }
  }

  private static ObjectNode describe(Seen seen) {
    WireRequest request = seen.request();
    ObjectNode one =
        Replies.object()
            .put("at", Instant.ofEpochMilli(seen.millis()).toString())
            .put("trace", request.trace())
            .put("face", seen.face().code())
            .put("method", request.method())
            .put("path", request.path())
            .put("query", request.query().utf8())
            .put("body", request.body().utf8())
            .put("stringToSign", canonical(seen))
            .put("verdict", seen.reply().outcome());
    Admitted admitted = seen.admitted();
    if (admitted != null) {
      one.put("operation", admitted.operation()).set("parameters", admitted.parameters());
    }
    return one.put("answer", seen.reply().body().utf8());
  }

  private static @Nullable String canonical(Seen seen) {
    WireRequest request = seen.request();
    try {
      return switch (seen.face()) {
        case ESCROW -> call(request).canonical();
        case PAYOUT -> message(request).canonical() + "&key=<appkey>";
        case QUICKPASS, FINDCARD, WITHHOLD -> null;
      };
    } catch (Refusal e) {
      return null;
    }
  }

  private static EscrowRequest call(WireRequest request) {
    return request.path().equals("/service/soa")
        ? EscrowRequest.read(request.query(), request.body())
        : EscrowRequest.readPage(request.query(), request.body());
  }

  private static PayoutMessage message(WireRequest request) {
    return request.method().equals("GET")
        ? PayoutMessage.readGet(request.query(), request.body())
        : PayoutMessage.readPost(request.query(), request.header("content-type"), request.body());
  }
}
