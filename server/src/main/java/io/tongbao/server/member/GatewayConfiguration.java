package io.tongbao.server.member;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Production's gateways to phones and registries. */
@Configuration(proxyBeanMethods = false)
@Profile("production")
@EnableConfigurationProperties(GatewaySettings.class)
class GatewayConfiguration {

  @Bean
  Texter texter(GatewaySettings settings) {
    return new GatewayTexter(new Gateway(settings.sms(), settings.token()));
  }

  @Bean
  IdentityCheck identityCheck(GatewaySettings settings) {
    return new GatewayIdentities(new Gateway(settings.identity(), settings.token()));
  }
}
