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

/** The two files that pages fetch. Nothing else of the class path is served. */
@Configuration(proxyBeanMethods = false)
class Stylesheet {
  private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");
  private static final MediaType CSS = MediaType.parseMediaType("text/css;charset=UTF-8");

  @Bean
  RouterFunction<ServerResponse> pageFiles() {
    return RouterFunctions.route()
        .GET("/static/page.css", _ -> file("static/page.css", CSS))
        .GET("/static/keypad.js", _ -> file("static/keypad.js", SCRIPT))
        .build();
  }

  private static ServerResponse file(String name, MediaType type) {
    return ServerResponse.ok()
        .contentType(type)
        .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
        .body(new ClassPathResource(name));
  }
}
