package io.tongbao.server.sandbox;

import io.tongbao.kernel.Refusal;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** The control API: all {@link Routes}, and one way of saying no. */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class SandboxApi {

  @Bean
  RouterFunction<ServerResponse> sandbox(List<Routes> all, Reception reception) {
    RouterFunctions.Builder api = RouterFunctions.route();
    api.GET("/credentials", _ -> Replies.ok(reception.credentials()));
    all.forEach(routes -> routes.add(api));
    api.onError(Refusal.class, (error, _) -> refused((Refusal) error));
    return RouterFunctions.route().path("/sandbox/api", api::build).build();
  }

  private static ServerResponse refused(Refusal refusal) {
    boolean unknown =
        refusal.reason().name().endsWith("UNKNOWN")
            || refusal.reason() == Refusal.Reason.UNKNOWN_MERCHANT;
    HttpStatus status = unknown ? HttpStatus.NOT_FOUND : HttpStatus.BAD_REQUEST;
    return Replies.refused(status, refusal.reason() + " " + refusal.subject());
  }
}
