package io.tongbao.server.payment;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import io.tongbao.server.vault.Vault;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * How payees lie in the database: sealed as a whole, with keyed indexes to find equal ones by.
 * THREATS T-X13.
 */
@Component
final class PayeeSeal {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> MEMBERS = new TypeReference<>() {};
  private static final String COLUMN = "payee";
  private static final int LONGEST_TAIL = 12;

  private final Vault vault;

  PayeeSeal(Vault vault) {
    this.vault = vault;
  }

  byte[] seal(String table, long id, Payee payee) {
    Map<String, String> members = new LinkedHashMap<>();
    put(members, "name", payee.name());
    put(members, "account", payee.account());
    put(members, "idCard", payee.idCard());
    put(members, "phone", payee.phone());
    return vault.seal(table, COLUMN, id, new Secret(JSON.writeValueAsString(members)));
  }

  Payee open(String table, long id, byte[] sealed) {
    Map<String, String> members =
        JSON.readValue(vault.open(table, COLUMN, id, sealed).reveal(), MEMBERS);
    return new Payee(
        secret(members.get("name")),
        new Secret(members.getOrDefault("account", "")),
        secret(members.get("idCard")),
        secret(members.get("phone")));
  }

  /** What may be seen of a payee, and what equal ones are found by. */
  Payout.Marks marks(int merchant, PayoutChannel channel, Payee payee) {
    String account = payee.account().reveal();
    Bytes payeeIndex = index("payout-" + channel.code(), merchant, account);
    Secret idCard = payee.idCard();
    Bytes person = idCard == null ? payeeIndex : index("payout-person", merchant, idCard.reveal());
    return new Payout.Marks(
        payeeIndex, person, payee.nameMask(), payee.accountMask(channel), tail(account));
  }

  /** The keyed fingerprint of what a dealer said: each part with its length, so none runs over. */
  Bytes fingerprint(int merchant, @Nullable Object... said) {
    StringBuilder text = new StringBuilder();
    for (Object part : said) {
      String each = part instanceof Secret secret ? secret.reveal() : part == null ? "" : "" + part;
      text.append(each.length()).append(':').append(each);
    }
    return index("payout-content", merchant, text.toString());
  }

  private Bytes index(String purpose, int merchant, String value) {
    return Bytes.of(vault.index(purpose, merchant, value));
  }

  private static @Nullable String tail(String account) {
    int at = account.lastIndexOf('_');
    String tail = account.substring(at + 1);
    boolean plain = tail.chars().allMatch(each -> each >= 'a' && each <= 'z');
    return at < 0 || !plain || tail.isEmpty() || tail.length() > LONGEST_TAIL ? null : tail;
  }

  private static void put(Map<String, String> members, String name, @Nullable Secret value) {
    if (value != null) {
      members.put(name, value.reveal());
    }
  }

  private static @Nullable Secret secret(@Nullable String text) {
    return text == null ? null : new Secret(text);
  }
}
