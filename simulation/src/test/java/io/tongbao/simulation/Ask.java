package io.tongbao.simulation;

import io.tongbao.client.escrow.EscrowCall;
import io.tongbao.client.escrow.EscrowClient;
import io.tongbao.wire.escrow.EscrowRequest;
import org.jspecify.annotations.Nullable;

/** One signed message, which can be sent again byte for byte, and what is known of it. */
final class Ask<R> {
  private final EscrowClient client;
  private final EscrowRequest request;
  private final Class<R> type;
  private volatile Fate fate = new Fate.Unknown("not sent");
  private volatile boolean sent;

  private Ask(EscrowClient client, EscrowRequest request, Class<R> type) {
    this.client = client;
    this.request = request;
    this.type = type;
  }

  static <R> Ask<R> of(EscrowClient client, EscrowCall<R> call) {
    return new Ask<>(client, client.sign(call), call.answer());
  }

  /** The same bytes for another who sends them. */
  Ask<R> again() {
    return new Ask<>(client, request, type);
  }

  /** Sends it, for the first time or again; remembers the first fate that is known. */
  Fate send() {
    sent = true;
    Fate now = Fate.of(() -> client.send(request, type));
    if (fate instanceof Fate.Unknown) {
      fate = now;
    }
    return now;
  }

  Fate fate() {
    return fate;
  }

  boolean wasSent() {
    return sent;
  }

  boolean isUnknown() {
    return fate instanceof Fate.Unknown;
  }

  /** The answer, where there was one. */
  @Nullable R answer() {
    return fate instanceof Fate.Answered answered ? type.cast(answered.answer()) : null;
  }

  @Override
  public String toString() {
    return type.getSimpleName() + " " + fate;
  }
}
