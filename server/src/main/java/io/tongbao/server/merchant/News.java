package io.tongbao.server.merchant;

import io.tongbao.kernel.Ids;
import io.tongbao.ledger.RowWrite;
import java.time.Instant;

/**
 * Something that a merchant must hear of, as a row in the commit of the thing itself. The notice
 * package turns rows into notices; nobody calls it.
 *
 * @param event the form of the notice, such as {@code "escrow.order"}
 * @param subject the order's or member's row id; notices of one subject keep their order
 * @param url where the notice goes
 * @param facts JSON of what the notice says, without signature and sending time
 * @param at the merchant's clock
 */
public record News(int merchant, String event, long subject, String url, String facts, Instant at) {

  private static final String INSERT =
      """
      INSERT INTO news (id, merchant_id, event, subject, url, facts, happened_at)
      VALUES (?, ?, ?, ?, ?, ?::jsonb, ?)
      """;

  public RowWrite row() {
    return RowWrite.of("news", INSERT, Ids.next(), merchant, event, subject, url, facts, at);
  }
}
