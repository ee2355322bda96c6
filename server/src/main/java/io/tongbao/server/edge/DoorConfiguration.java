package io.tongbao.server.edge;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What stands in the web server before the first line of ours is run. */
@Configuration(proxyBeanMethods = false)
class DoorConfiguration {

  /** Inside the one that the framework puts there, so that ours speaks first. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> unreadable() {
    return factory ->
        factory.addContextCustomizers(
            context -> context.getParent().getPipeline().addValve(new Unreadable()));
  }
}
