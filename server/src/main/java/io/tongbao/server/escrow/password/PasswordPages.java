package io.tongbao.server.escrow.password;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.server.edge.Admitted;
import io.tongbao.server.edge.Intake;
import io.tongbao.server.escrow.EscrowRefusals;
import io.tongbao.server.escrow.FrontDoor;
import io.tongbao.server.escrow.password.PasswordPage.Entered;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.page.Pages;
import io.tongbao.server.page.Turnstile;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The password pages' addresses. A merchant's signed message opens a visit (WIRE 10); the visit's
 * own address, which nobody can guess, shows the form and takes it. Good for 15 minutes and once.
 */
@Configuration(proxyBeanMethods = false)
class PasswordPages {
  private static final Logger LOG = LoggerFactory.getLogger(PasswordPages.class);
  private static final String VISIT = "/pwd/visit/";
  private static final String DONE = "/pwd/done/";
  private static final String TROUBLE = "无法继续";
  private static final int LONGEST_FORM = 4 * 1024;

  private final List<PasswordPage> pages;
  private final PayOrder payOrder;
  private final FrontDoor door;
  private final Intake intake;
  private final Merchants merchants;
  private final Members members;
  private final Visits visits;
  private final Turnstile turnstile;

  PasswordPages(
      List<PasswordPage> pages,
      PayOrder payOrder,
      FrontDoor door,
      Intake intake,
      Merchants merchants,
      Members members,
      Visits visits,
      Turnstile turnstile) {
    this.pages = List.copyOf(pages);
    this.payOrder = payOrder;
    this.door = door;
    this.intake = intake;
    this.merchants = merchants;
    this.members = members;
    this.visits = visits;
    this.turnstile = turnstile;
  }

  @Bean
  RouterFunction<ServerResponse> passwordRoutes() {
    RouterFunctions.Builder routes = RouterFunctions.route();
    for (PasswordPage page : pages) {
      for (String root : List.of("/pwd/", "/yungateway/pwd/", "/service/pwd/")) {
        routes.route(
            RequestPredicates.path(root + page.name() + ".html"), request -> enter(page, request));
      }
    }
    return routes
        .GET(VISIT + "{sysid}/{token}", request -> visited(request, this::show))
        .POST(VISIT + "{sysid}/{token}", request -> visited(request, this::take))
        .GET(DONE + "{page}", this::farewell)
        .build();
  }

  /** The page that says it is done, where the merchant has none of its own. */
  static String done(PasswordPage page) {
    return DONE + page.name();
  }

  private ServerResponse farewell(ServerRequest request) {
    String name = request.pathVariable("page");
    return pages.stream()
        .filter(page -> page.name().equals(name))
        .findFirst()
        .map(page -> Pages.show("password-done", Map.of("farewell", page.farewell())))
        .orElseGet(PasswordPages::expired);
  }

  private ServerResponse enter(PasswordPage page, ServerRequest request) {
    return door.open(request, page.operation(), TROUBLE, admitted -> begin(page, admitted));
  }

  private String begin(PasswordPage page, Admitted admitted) {
    String token = visits.open(page.open(admitted));
    return VISIT + admitted.caller().merchant().code() + "/" + token;
  }

  /** Something that is done on a visit. */
  private interface Step {
    ServerResponse of(PasswordPage page, Entered entered);
  }

  /** What is typed is read before its turn comes, so that a slow browser keeps nobody else out. */
  private ServerResponse visited(ServerRequest request, Step step) {
    HttpServletRequest servlet = request.servletRequest();
    String sysid = request.pathVariable("sysid");
    String token = request.pathVariable("token");
    try {
      Bytes form = intake.read(intake.head(servlet), servlet, LONGEST_FORM).body();
      return turnstile.pass(() -> visit(sysid, token, form, step));
    } catch (Refusal unreadable) {
      return refuse(unreadable);
    }
  }

  private ServerResponse visit(String sysid, String token, Bytes form, Step step) {
    Optional<Merchant> merchant = merchants.find(Face.ESCROW, sysid);
    if (merchant.isEmpty()) {
      return expired();
    }
    Instant now = merchants.now(merchant.get());
    Optional<Visit> visit = visits.find(merchant.get(), token, now);
    if (visit.isEmpty()) {
      return expired();
    }
    try {
      Entries entries = Entries.read(form);
      var member = members.byId(merchant.get(), visit.get().member()).requireActive();
      Entered entered = new Entered(merchant.get(), member, visit.get(), token, entries, now);
      return step.of(page(visit.get()), entered);
    } catch (Refusal refusal) {
      return refuse(refusal);
    }
  }

  private ServerResponse show(PasswordPage page, Entered entered) {
    return form(page, entered).fresh();
  }

  private ServerResponse take(PasswordPage page, Entered entered) {
    try {
      if (entered.entries().asksForCode()) {
        page.sendCode(entered);
        return form(page, entered).codeSent();
      }
      return Pages.go(page.submit(entered));
    } catch (Refusal refusal) {
      return form(page, entered).refused(refusal);
    } catch (RuntimeException bug) {
      LOG.error("password page {} met a fault of ours", page.name(), bug);
      return form(page, entered).faulty();
    }
  }

  private PasswordForm form(PasswordPage page, Entered entered) {
    String action = VISIT + entered.merchant().code() + "/" + entered.token();
    boolean pays = entered.visit().order() != null;
    return new PasswordForm(page, entered, pays ? payOrder.order(entered) : null, action);
  }

  private PasswordPage page(Visit visit) {
    return pages.stream()
        .filter(page -> page.name().equals(visit.page()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no page " + visit.page()));
  }

  private static ServerResponse expired() {
    return Pages.trouble("页面已过期", "为了账户安全，密码页面 15 分钟后失效，且只能使用一次。请返回商户重新打开");
  }

  private static ServerResponse refuse(Refusal refusal) {
    EscrowRefusals.Words words = EscrowRefusals.words(refusal);
    return Pages.trouble(TROUBLE, words.message(), words.code(), "");
  }
}
