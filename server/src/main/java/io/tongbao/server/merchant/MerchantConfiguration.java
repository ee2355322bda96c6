package io.tongbao.server.merchant;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The world's clock. Business asks {@link Merchants#now} instead. */
@Configuration(proxyBeanMethods = false)
class MerchantConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
