package io.tongbao.server.notice;

import io.tongbao.server.boot.StartRefused;
import java.net.InetAddress;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Wires the way out of the house. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NoticeSettings.class)
class NoticeConfiguration {

  @Bean
  Postman postman(NoticeSettings settings, Environment environment) {
    boolean sandbox = environment.acceptsProfiles(Profiles.of("sandbox"));
    if (!sandbox && (settings.loopback() || settings.plainHttp() || settings.keepBodies())) {
      throw new StartRefused(
          "Notices may not leave without TLS, go to this machine or be kept in clear in production",
          "take tongbao.notice.loopback, plain-http and keep-bodies away");
    }
    return new Postman(InetAddress::getAllByName, settings.loopback(), Postman.WHOLE);
  }
}
