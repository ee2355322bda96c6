package io.tongbao.server.edge;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Puts {@link TlsOnly} before everything else, in production. */
@Configuration(proxyBeanMethods = false)
@Profile("production")
class TlsConfiguration {

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> tlsOnly(Sources sources) {
    return factory -> factory.addEngineValves(new TlsOnly(sources));
  }
}
