package io.tongbao.server.sandbox;

import io.tongbao.kernel.Refusal;
import io.tongbao.server.member.Cards;
import io.tongbao.server.member.Companies;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** The desk that audits companies and their personal cards, as a tester plays it. */
@Component
@Profile("sandbox")
final class AuditDeskRoutes implements Routes {
  private final Guests guests;
  private final Merchants merchants;
  private final Members members;
  private final Companies companies;
  private final Cards cards;

  AuditDeskRoutes(
      Guests guests, Merchants merchants, Members members, Companies companies, Cards cards) {
    this.guests = guests;
    this.merchants = merchants;
    this.members = members;
    this.companies = companies;
    this.cards = cards;
  }

  @Override
  public void add(RouterFunctions.Builder routes) {
    routes
        .POST("/members/{bizUserId}/company", this::company)
        .POST("/members/{bizUserId}/card", this::card);
  }

  private ServerResponse company(ServerRequest request) {
    ObjectNode body = Replies.body(request);
    Merchant merchant = merchant(body);
    String reason = Replies.text(body, "reason").orElse("");
    companies.audit(
        merchant, member(merchant, request), passes(body), reason, merchants.now(merchant));
    return Replies.ok(body);
  }

  private ServerResponse card(ServerRequest request) {
    ObjectNode body = Replies.body(request);
    Merchant merchant = merchant(body);
    cards.audit(member(merchant, request), passes(body), merchants.now(merchant));
    return Replies.ok(body);
  }

  private Merchant merchant(ObjectNode body) {
    return guests.named(Replies.text(body, "sysid").orElse(EscrowGuest.SYSID));
  }

  private Member member(Merchant merchant, ServerRequest request) {
    return members.require(merchant, request.pathVariable("bizUserId"));
  }

  private static boolean passes(ObjectNode body) {
    return switch (Replies.required(body, "result")) {
      case "pass" -> true;
      case "fail" -> false;
      default -> throw Refusal.of(Refusal.Reason.BAD_FIELD, "result");
    };
  }
}
