package io.tongbao.server.member;

import io.micrometer.core.instrument.MeterRegistry;
import io.tongbao.server.boot.StartRefused;
import io.tongbao.server.member.Outgoing.Way;
import io.tongbao.server.vault.Vault;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Production's gateways to phones and registries. */
@Configuration(proxyBeanMethods = false)
@Profile("production")
@EnableConfigurationProperties(GatewaySettings.class)
class GatewayConfiguration {

  @Bean
  Outbox outbox(GatewaySettings settings, JdbcClient jdbc, Vault vault, MeterRegistry meters) {
    Map<Way, Gateway> gateways = new EnumMap<>(Way.class);
    gateways.put(Way.SMS, gateway("sms", settings.sms(), settings));
    if (settings.mail() != null) {
      gateways.put(Way.MAIL, gateway("mail", settings.mail(), settings));
    }
    return new Outbox(new OutgoingRows(jdbc, vault), gateways, meters);
  }

  @Bean
  Texter texter(Outbox outbox) {
    return new GatewayTexter(outbox);
  }

  @Bean
  IdentityCheck identityCheck(GatewaySettings settings) {
    return new GatewayIdentities(gateway("identity", settings.identity(), settings));
  }

  @Bean
  Mailer mailer(Outbox outbox) {
    return new GatewayMailer(outbox);
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
