package io.tongbao.server.escrow.notice;

import io.tongbao.server.escrow.EscrowKeys;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.notice.Letter;
import io.tongbao.server.notice.NoticeForm;
import io.tongbao.wire.escrow.EscrowNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A background notice of the escrow face, §3.6. The facts of the news are the members of {@code
 * returnValue}, with their types; {@code status} ({@code OK} where it is absent), {@code errorCode}
 * and {@code message} among them stand beside it. The order of members is fixed here, because the
 * facts have none, and because the order number must come before anything that a merchant chose
 * (THREATS T3-2).
 *
 * @param members the members of {@code returnValue} in the specification's order
 * @param sealed opens the member {@value #SEALED}; null where the form has none
 */
record RpsForm(
    String event,
    String service,
    String method,
    List<String> members,
    EscrowKeys keys,
    @Nullable SealedFact sealed)
    implements NoticeForm {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int DONE = 200;
  private static final String SEALED = "newPhone";
  private static final String STATUS = "status";
  private static final List<String> BESIDE = List.of(STATUS, "errorCode", "message");
  private static final List<Duration> SCHEDULE =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofHours(15));

  RpsForm {
    members = List.copyOf(members);
  }

  RpsForm(String event, String service, String method, List<String> members, EscrowKeys keys) {
    this(event, service, method, members, keys, null);
  }

  @Override
  public List<Duration> schedule() {
    return SCHEDULE;
  }

  @Override
  public Letter write(Merchant merchant, String facts, Instant now) {
    String rps = rps((ObjectNode) JSON.readTree(facts));
    return Letter.form(EscrowNotice.signed(merchant.code(), now, rps, keys.signer()).form());
  }

  @Override
  public boolean delivered(int status, String answer) {
    return status == DONE;
  }

  private String rps(ObjectNode facts) {
    ObjectNode value = JSON.createObjectNode();
    Set<String> names = new LinkedHashSet<>(members);
    names.addAll(facts.propertyNames());
    BESIDE.forEach(names::remove);
    names.forEach(name -> copy(facts, name, value));
    if (sealed != null && value.has(SEALED)) {
      value.put(SEALED, sealed.open(value.get(SEALED).asString()));
    }
    ObjectNode rps = JSON.createObjectNode();
    rps.put("service", service).put("method", method).set("returnValue", value);
    rps.put(STATUS, "OK");
    BESIDE.forEach(name -> copy(facts, name, rps));
    return JSON.writeValueAsString(rps);
  }

  private static void copy(ObjectNode from, String name, ObjectNode to) {
    JsonNode node = from.get(name);
    if (node != null && !node.isNull()) {
      to.set(name, node);
    }
  }
}
