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
import org.springframework.web.servlet.function.ServerResponse;

/** Puts each face's addresses before the exchange. The only place that knows of HTTP. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EdgeSettings.class)
class Mount {

  @Bean
  RouterFunction<ServerResponse> faces(List<Protocol> protocols, Exchange exchange, Intake intake) {
    RouterFunctions.Builder routes = RouterFunctions.route();
    Door door = new Door(exchange, intake);
    for (Protocol protocol : protocols) {
      for (Protocol.Address address : protocol.addresses()) {
        routes.route(
            RequestPredicates.path(address.path()),
            request -> door.answer(protocol, address, request.servletRequest()));
      }
    }
    return routes.build();
  }

  private record Door(Exchange exchange, Intake intake) {

    ServerResponse answer(Protocol protocol, Protocol.Address address, HttpServletRequest servlet) {
      WireRequest head = intake.head(servlet);
      try {
        WireRequest request = intake.read(head, servlet, address.limit());
        return send(exchange.serve(protocol, request), head.trace());
      } catch (Refusal refusal) {
        return send(protocol.refuse(head, null, refusal), head.trace());
      }
    }
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
