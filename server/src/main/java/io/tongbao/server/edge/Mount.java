package io.tongbao.server.edge;

import io.tongbao.kernel.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Puts each face's addresses before the exchange. The only place that knows of HTTP. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EdgeSettings.class)
class Mount {

  @Bean
  RouterFunction<ServerResponse> faces(List<Protocol> protocols, Exchange exchange, Intake intake) {
    RouterFunctions.Builder routes = RouterFunctions.route();
    for (Protocol protocol : protocols) {
      for (Protocol.Address address : protocol.addresses()) {
        routes.route(
            RequestPredicates.path(address.path()),
            request -> answer(protocol, address, exchange, intake, request));
      }
    }
    return routes.build();
  }

  private static ServerResponse answer(
      Protocol protocol,
      Protocol.Address address,
      Exchange exchange,
      Intake intake,
      ServerRequest request) {
    HttpServletRequest servlet = request.servletRequest();
    Reply reply;
    WireRequest head = intake.head(servlet);
    try {
      reply = exchange.serve(protocol, intake.read(head, servlet, address.limit()));
    } catch (Refusal refusal) {
      reply = protocol.refuse(head, null, refusal);
    }
    return send(reply, head.trace());
  }

  private static ServerResponse send(Reply reply, String trace) {
    return ServerResponse.status(reply.status())
        .header("Content-Type", reply.contentType())
        .header("Cache-Control", "no-store")
        .header("Trace-Id", trace)
        .build((request, response) -> {
          byte[] body = reply.body().toArray();
          response.setContentLength(body.length);
          response.getOutputStream().write(body);
          return null;
        });
  }
}
