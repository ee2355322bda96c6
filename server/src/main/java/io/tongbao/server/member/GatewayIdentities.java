package io.tongbao.server.member;

import io.tongbao.kernel.Secret;
import io.tongbao.server.merchant.Merchant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Production's way to the registry of persons and to the banks. What it cannot read, it doubts. */
final class GatewayIdentities implements IdentityCheck {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Gateway gateway;

  GatewayIdentities(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public Finding person(Merchant merchant, Secret name, Secret identityNo) {
    return ask(Map.of("name", name.reveal(), "identityNo", identityNo.reveal()));
  }

  @Override
  public Finding card(Merchant merchant, CardClaim claim) {
    Map<String, String> question = new HashMap<>();
    put(question, "name", claim.holder());
    put(question, "identityNo", claim.holderIdentity());
    put(question, "cardNo", claim.number());
    put(question, "phone", claim.phone());
    put(question, "validThru", claim.validThru());
    put(question, "securityCode", claim.securityCode());
    return ask(question);
  }

  private static void put(Map<String, String> question, String name, @Nullable Secret value) {
    if (value != null) {
      question.put(name, value.reveal());
    }
  }

  private Finding ask(Map<String, String> question) {
    return gateway.post(question).map(GatewayIdentities::finding).orElse(Finding.UNKNOWN);
  }

  private static Finding finding(String answer) {
    try {
      JsonNode agrees = JSON.readTree(answer).path("agrees");
      if (!agrees.isBoolean()) {
        return Finding.UNKNOWN;
      }
      return agrees.booleanValue() ? Finding.AGREES : Finding.DIFFERS;
    } catch (JacksonException unreadable) {
      return Finding.UNKNOWN;
    }
  }
}
