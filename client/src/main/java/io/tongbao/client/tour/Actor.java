package io.tongbao.client.tour;

import io.tongbao.client.escrow.Identity;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Secret;

/** A person, made up: every run has its own people. */
public record Actor(String member, String name, String phone, Secret identity, Secret card) {
  private static final String TEST_BIN = "622848";

  public static Actor called(String role, String name) {
    String suffix = Ids.digits(8);
    return new Actor(
        role + "-" + suffix,
        name,
        "139" + suffix,
        new Secret("33010219900307" + Ids.digits(4)),
        new Secret(TEST_BIN + Ids.digits(13)));
  }

  /** Who he is, by his identity card. */
  public Identity proof() {
    return new Identity(name, identity);
  }
}
