package io.tongbao.server.merchant;

import io.tongbao.kernel.Secret;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A merchant's application as it is taken on.
 *
 * @param keys the merchant's public keys (PEM) and shared secrets, by purpose
 * @param sources networks (CIDR) that may call; empty means any
 * @param hosts hosts that notices may go to; empty means any public one
 */
public record NewMerchant(
    Face face,
    String code,
    String name,
    Map<String, String> settings,
    Map<String, Secret> keys,
    List<String> sources,
    Set<String> hosts) {

  public NewMerchant {
    settings = Map.copyOf(settings);
    keys = Map.copyOf(keys);
    sources = List.copyOf(sources);
    hosts = Set.copyOf(hosts);
  }
}
