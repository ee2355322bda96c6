package io.tongbao.server.payout;

import io.tongbao.server.edge.Catalog;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.edge.Protocol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Puts the payout face together: whatever operations there are, behind its protocol. */
@Configuration(proxyBeanMethods = false)
class PayoutMount {

  @Bean
  Protocol payout(
      PayoutAdmission admission,
      PayoutKeyring keyring,
      ObjectProvider<PayoutOperation<?, ?>> operations) {
    List<PayoutOperation<?, ?>> all = operations.stream().toList();
    return new PayoutProtocol(admission, keyring, new Catalog(all), forbidden(all));
  }

  private static Map<String, Set<String>> forbidden(List<PayoutOperation<?, ?>> operations) {
    Map<String, Set<String>> forbidden = new HashMap<>();
    for (PayoutOperation<?, ?> operation : operations) {
      Endpoint endpoint =
          AnnotatedElementUtils.findMergedAnnotation(operation.getClass(), Endpoint.class);
      for (String name : endpoint == null ? new String[0] : endpoint.value()) {
        forbidden.put(name, operation.forbidden());
      }
    }
    return forbidden;
  }
}
