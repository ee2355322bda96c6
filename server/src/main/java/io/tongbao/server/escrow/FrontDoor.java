package io.tongbao.server.escrow;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.edge.Admitted;
import io.tongbao.server.edge.Evidence;
import io.tongbao.server.edge.Intake;
import io.tongbao.server.edge.Reply;
import io.tongbao.server.edge.WireRequest;
import io.tongbao.server.edge.Witness;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.page.Pages;
import io.tongbao.server.page.Turnstile;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The door of the front pages: takes the signed message that a merchant gave the payer's browser
 * along, and sends the browser on to a page of ours; or says what is wrong with it, on a page with
 * the code and words of §7. Specification §3.5, WIRE 10.
 */
@Component
public final class FrontDoor {
  private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
  private static final int LONGEST_MESSAGE = 64 * 1024;
  private static final String TEXT = "text/plain;charset=UTF-8";

  private final EscrowAdmission admission;
  private final Intake intake;
  private final Evidence evidence;
  private final Turnstile turnstile;
  private final List<Witness> witnesses;

  FrontDoor(
      EscrowAdmission admission,
      Intake intake,
      Evidence evidence,
      Turnstile turnstile,
      ObjectProvider<Witness> witnesses) {
    this.admission = admission;
    this.intake = intake;
    this.evidence = evidence;
    this.turnstile = turnstile;
    this.witnesses = witnesses.orderedStream().toList();
  }

  /**
   * Answers a browser that brings a merchant's message.
   *
   * @param operation what the message must ask for, in whatever case
   * @param trouble what a page says, in Chinese, above the reason why it does not go on
   * @param next does what the message asks for, and says where the browser goes next
   */
  public ServerResponse open(
      ServerRequest request, String operation, String trouble, Function<Admitted, String> next) {
    HttpServletRequest servlet = request.servletRequest();
    WireRequest head = intake.head(servlet);
    try {
      // Read before its turn comes, so that a slow browser keeps nobody else out.
      WireRequest message = intake.read(head, servlet, LONGEST_MESSAGE);
      return turnstile.pass(() -> serve(message, operation, trouble, next));
    } catch (Refusal unreadable) {
      return refuse(trouble, head, null, unreadable);
    }
  }

  private ServerResponse serve(
      WireRequest message, String operation, String trouble, Function<Admitted, String> next) {
    Admitted admitted = null;
    try {
      admitted = admission.page(message, operation);
      // The address says which page it is; clients in the field also write OrderService.Pay.
      if (!admitted.operation().equalsIgnoreCase(operation)) {
        throw Refusal.of(Reason.UNKNOWN_OPERATION, admitted.operation());
      }
      evidence.keep(admitted);
      String address = next.apply(admitted);
      show(message, admitted, Reply.ok(TEXT, Bytes.utf8(address)));
      return Pages.go(address);
    } catch (Refusal refusal) {
      return refuse(trouble, message, admitted, refusal);
    } catch (RuntimeException bug) {
      LOG.error("page {} met a fault of ours", message.trace(), bug);
      return refuse(trouble, message, admitted, Refusal.of(Reason.INTERNAL));
    }
  }

  private ServerResponse refuse(
      String trouble, WireRequest message, @Nullable Admitted admitted, Refusal refusal) {
    EscrowRefusals.Words words = EscrowRefusals.words(refusal);
    Bytes said = Bytes.utf8(words.code() + " " + words.message());
    show(message, admitted, Reply.refused(TEXT, said, refusal));
    return Pages.trouble(trouble, words.message(), words.code(), "");
  }

  private void show(WireRequest message, @Nullable Admitted admitted, Reply reply) {
    for (Witness witness : witnesses) {
      witness.saw(Face.ESCROW, message, admitted, reply);
    }
  }
}
