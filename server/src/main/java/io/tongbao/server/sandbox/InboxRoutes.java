package io.tongbao.server.sandbox;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.server.member.Inbox;
import io.tongbao.server.member.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET sms?phone=P}: what was texted to a phone, newest first. */
@Component
@Profile("sandbox")
final class InboxRoutes implements Routes {
  private final Inbox inbox;

  InboxRoutes(Inbox inbox) {
    this.inbox = inbox;
  }

  @Override
  public void add(RouterFunctions.Builder routes) {
    routes.GET("/sms", this::read);
  }

  private ServerResponse read(ServerRequest request) {
    String phone =
        request.param("phone").orElseThrow(() -> Refusal.of(Refusal.Reason.MISSING_FIELD, "phone"));
    ArrayNode texts = Replies.list();
    inbox.read(new Secret(phone)).forEach(text -> texts.add(describe(text)));
    return Replies.ok(texts);
  }

  private static ObjectNode describe(Text text) {
    Secret code = text.code();
    return Replies.object()
        .put("phone", text.phone().reveal())
        .put("code", code == null ? null : code.reveal())
        .put("purpose", text.purpose().name())
        .put("subject", text.subject())
        .put("sentAt", time(text.sentAt()))
        .put("expiresAt", time(text.expiresAt()));
  }

  private static @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : instant.atZone(BeijingTime.ZONE).toOffsetDateTime().toString();
  }
}
