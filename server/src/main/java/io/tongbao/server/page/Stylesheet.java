package io.tongbao.server.page;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** The one file that pages fetch. Nothing else of the class path is served. */
@Configuration(proxyBeanMethods = false)
class Stylesheet {
  private static final MediaType CSS = MediaType.parseMediaType("text/css;charset=UTF-8");

  @Bean
  RouterFunction<ServerResponse> pageFiles() {
    ClassPathResource file = new ClassPathResource("static/page.css");
    return RouterFunctions.route()
        .GET(
            "/static/page.css",
            _ ->
                ServerResponse.ok()
                    .contentType(CSS)
                    .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                    .body(file))
        .build();
  }
}
