package io.tongbao.server.escrow;

import io.tongbao.server.edge.Catalog;
import io.tongbao.server.edge.Protocol;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the escrow face together: whatever operations there are, behind its protocol. */
@Configuration(proxyBeanMethods = false)
class EscrowMount {

  @Bean
  Protocol escrow(
      EscrowAdmission admission,
      EscrowKeys keys,
      ObjectProvider<EscrowOperation<?, ?>> operations) {
    return new EscrowProtocol(admission, keys, new Catalog(operations.stream().toList()));
  }
}
