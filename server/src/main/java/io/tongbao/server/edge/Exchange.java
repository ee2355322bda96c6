package io.tongbao.server.edge;

import io.tongbao.kernel.Refusal;
import io.tongbao.server.merchant.Merchant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** One message in, one answer out: what happens in between, top to bottom. */
@Component
public final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final Limits limits;
  private final ReplayGuard guard;
  private final EvidenceRows evidence;
  private final Meters meters;
  private final List<Witness> witnesses;

  Exchange(
      Limits limits,
      ReplayGuard guard,
      EvidenceRows evidence,
      Meters meters,
      ObjectProvider<Witness> witnesses) {
    this.limits = limits;
    this.guard = guard;
    this.evidence = evidence;
    this.meters = meters;
    this.witnesses = witnesses.orderedStream().toList();
  }

  /** Answers a message. Never throws: whatever goes wrong is said in the face's own envelope. */
  public Reply serve(Protocol protocol, WireRequest request) {
    Meters.Watch watch = meters.start(protocol.face(), request);
    Admitted admitted = null;
    Reply reply;
    try (Limits.Seat _ = limits.enter()) {
      admitted = protocol.admit(request);
      watch.admitted(admitted);
      reply = serve(protocol, request, admitted, watch);
    } catch (Refusal refusal) {
      reply = protocol.refuse(request, admitted, refusal);
    } catch (RuntimeException bug) {
      reply = fault(protocol, request, admitted, bug);
    }
    watch.stop(reply);
    for (Witness witness : witnesses) {
      witness.saw(protocol.face(), request, admitted, reply);
    }
    return reply;
  }

  private Reply serve(
      Protocol protocol, WireRequest request, Admitted admitted, Meters.Watch watch) {
    Merchant merchant = admitted.caller().merchant();
    try (Limits.Seat _ = limits.enter(merchant)) {
      Bound<?, ?> operation = protocol.catalog().find(admitted.operation());
      watch.found(operation.name());
      merchant.requirePermission(operation.name());
      if (operation.reads()) {
        if (protocol.signsNoAddress()) {
          guard.bind(admitted.caller(), operation.first());
        }
        return carryOut(protocol, request, admitted, operation);
      }
      Reply reply =
          guard.once(
              admitted.caller(),
              operation.first(),
              protocol.contentType(),
              () -> List.of(evidence.write(admitted)),
              () -> carryOut(protocol, request, admitted, operation));
      return protocol.addressed(request, reply);
    }
  }

  private Reply carryOut(
      Protocol protocol, WireRequest request, Admitted admitted, Bound<?, ?> operation) {
    try {
      return protocol.answer(request, admitted, operation.carryOut(admitted));
    } catch (Refusal refusal) {
      return protocol.refuse(request, admitted, refusal);
    } catch (RuntimeException bug) {
      return fault(protocol, request, admitted, bug);
    }
  }

  private static Reply fault(
      Protocol protocol, WireRequest request, @Nullable Admitted admitted, RuntimeException bug) {
    LOG.error("a message met a fault of ours", bug);
    return protocol.refuse(request, admitted, Refusal.of(Refusal.Reason.INTERNAL));
  }
}
