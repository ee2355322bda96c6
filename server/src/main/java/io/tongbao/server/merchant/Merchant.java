package io.tongbao.server.merchant;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may call: an application of a merchant on one face, with its keys, its settings and its place
 * in time.
 *
 * @param id the row id; the first part of every other key
 * @param code the face's own number of the merchant: sysid, dealer-id, appId, ua
 * @param settings switches and limits of the face, by name
 * @param keys the merchant's public keys (PEM) and shared secrets, by purpose
 * @param sources networks (CIDR) that may call; empty means any
 * @param hosts hosts that notices may go to; empty means any public one
 * @param clockOffset what the merchant's clock is ahead of the world's; zero in production
 */
public record Merchant(
    int id,
    Face face,
    String code,
    String name,
    Map<String, String> settings,
    Map<String, Secret> keys,
    List<String> sources,
    Set<String> hosts,
    Duration clockOffset) {

  public Merchant {
    settings = Map.copyOf(settings);
    keys = Map.copyOf(keys);
    sources = List.copyOf(sources);
    hosts = Set.copyOf(hosts);
  }

  /** The setting, which every merchant of the face has. */
  public String setting(String name) {
    String value = settings.get(name);
    if (value == null) {
      throw new IllegalStateException("merchant " + code + " has no setting " + name);
    }
    return value;
  }

  /** Whether a switch is on; off where it is not set. */
  public boolean allows(String name) {
    return "true".equals(settings.get(name));
  }

  /** A whole number among the settings, or {@code otherwise} where it is not set. */
  public long number(String name, long otherwise) {
    String value = settings.get(name);
    return value == null ? otherwise : Long.parseLong(value);
  }

  /**
   * Refuses an operation that the merchant may not use: one of those that his setting {@code
   * denied} lists, with blanks between them.
   */
  public void requirePermission(String operation) {
    String denied = settings.getOrDefault("denied", "");
    if ((" " + denied + " ").contains(" " + operation + " ")) {
      throw Refusal.of(Refusal.Reason.NOT_PERMITTED, operation);
    }
  }

  /** The key for {@code purpose}; a caller without it may not use what needs it. */
  public Secret key(String purpose) {
    Secret key = keys.get(purpose);
    if (key == null) {
      throw Refusal.of(Refusal.Reason.UNKNOWN_MERCHANT, code);
    }
    return key;
  }
}
