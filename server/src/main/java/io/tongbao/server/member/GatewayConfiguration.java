package io.tongbao.server.member;

import io.tongbao.server.boot.StartRefused;
import java.net.URI;
import org.jspecify.annotations.Nullable;
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
    return new GatewayTexter(gateway("sms", settings.sms(), settings));
  }

  @Bean
  IdentityCheck identityCheck(GatewaySettings settings) {
    return new GatewayIdentities(gateway("identity", settings.identity(), settings));
  }

  @Bean
  Mailer mailer(GatewaySettings settings) {
    boolean isThere = settings.mail() != null;
    return new GatewayMailer(isThere ? gateway("mail", settings.mail(), settings) : null);
  }

  private static Gateway gateway(String name, @Nullable URI address, GatewaySettings settings) {
    if (address == null || !"https".equals(address.getScheme()) || address.getHost() == null) {
      throw new StartRefused(
          "Production has no gateway " + name,
          "give its https address as tongbao.gateway." + name + "; docs/faces/escrow.md says more");
    }
    if (settings.token() == null) {
      throw new StartRefused(
          "Production cannot prove itself to its gateways",
          "give a token as tongbao.gateway.token");
    }
    return new Gateway(address, settings.token());
  }
}
