package io.tongbao.server.vault;

import io.tongbao.wire.crypto.AtRest;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A vault under a master key of its own. */
public final class TestVault {
  private TestVault() {}

  public static Vault over(JdbcClient jdbc) {
    return new Vault(new AtRest(Map.of(1, AtRest.newKey())), new DataKeys(jdbc));
  }
}
