package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Secret;

/** Who a person says to be: the three fields that calls about his own things begin with. §6.4. */
public record Identity(
    @JsonProperty("name") String name,
    @JsonProperty("identityType") int type,
    @JsonProperty("identityNo") Secret number) {

  /** By the identity card, the only paper that is accepted. */
  public Identity(String name, Secret number) {
    this(name, MemberCalls.IDENTITY_CARD, number);
  }
}
