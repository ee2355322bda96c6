package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an order, or a part of it, is paid with. Row of table {@code order_part}.
 *
 * @param account the account debited: the payer's, a platform's, or the channel's clearing account
 * @param card the row id of the bound card that pays
 * @param detail JSON of what the way needs besides, such as the bank's code
 * @param hold the ledger hold on {@code account} while a channel decides over another part
 * @param request the channel request of an outer part, once there is one
 * @param refunded fen of this part given back or about to be
 */
public record Part(
    int seq,
    Way way,
    long account,
    Money amount,
    @Nullable Long card,
    @Nullable String detail,
    @Nullable Long hold,
    @Nullable Long request,
    Money refunded) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The same, asked for by {@code id}. */
  Part asking(long id) {
    return new Part(seq, way, account, amount, card, detail, hold, id, refunded);
  }

  public boolean isInner() {
    return way.isInner();
  }

  /** One of the things that the way needs besides. */
  public @Nullable String detail(String name) {
    if (detail == null) {
      return null;
    }
    JsonNode value = JSON.readTree(detail).get(name);
    return value == null ? null : value.asString();
  }
}
