package io.tongbao.server.payment;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A payout of a dealer. Row of table {@code payout}, with its parts once the channel is asked.
 *
 * @param merchant the dealer's row id
 * @param number the dealer's own (order_id)
 * @param ref ours (ref)
 * @param broker the broker's row id
 * @param brokerCode the broker's code (broker_id)
 * @param pay what the payee gets
 * @param fee what the dealer is charged besides
 * @param notifyUrl where notices go; null for none
 * @param fingerprint keyed, of all that the dealer said
 * @param version grows whenever a decision about the payout is committed
 * @param createdAt the merchant's clock
 */
public record Payout(
    int merchant,
    long id,
    String number,
    String ref,
    PayoutChannel channel,
    long broker,
    String brokerCode,
    Money pay,
    Money fee,
    Standing standing,
    Payee payee,
    Marks marks,
    PayoutDraft.Words words,
    @Nullable String notifyUrl,
    Bytes fingerprint,
    int version,
    Instant createdAt,
    List<Part> parts) {

  public Payout {
    parts = List.copyOf(parts);
  }

  /**
   * What may be seen of the payee.
   *
   * @param payeeIndex the blind index of the account at the channel
   * @param personIndex the blind index of the identity number, or of the account without one
   * @param tail what follows the account's last "_": the sandbox's wishes
   */
  public record Marks(
      Bytes payeeIndex, Bytes personIndex, String name, String account, @Nullable String tail) {}

  public PayoutStatus status() {
    return standing.status();
  }

  public PayoutDetail detail() {
    return standing.detail();
  }

  /** Why it is held; null where it is not. */
  public Standing.@Nullable Hold hold() {
    return standing.hold();
  }

  /** When it came to its result, on the merchant's clock; null until then. */
  public @Nullable Instant finishedAt() {
    return standing.finishedAt();
  }

  /** What a side pays; empty where it pays nothing, or is not asked yet. */
  public Optional<Part> part(Part.Side side) {
    return parts.stream().filter(part -> part.side() == side).findFirst();
  }

  /** What the dealer's balance must have for it. */
  public Money due() {
    return pay.plus(fee);
  }

  /** The words beside the detail's number: the cause of a hold, or the status's own words. */
  public String detailWords() {
    Standing.Hold hold = hold();
    if (hold != null) {
      return hold.cause().words();
    }
    return detail() == PayoutDetail.NONE ? status().words() : detail().words();
  }

  Payout with(Standing next) {
    return new Payout(
        merchant,
        id,
        number,
        ref,
        channel,
        broker,
        brokerCode,
        pay,
        fee,
        next,
        payee,
        marks,
        words,
        notifyUrl,
        fingerprint,
        version,
        createdAt,
        parts);
  }

  Payout with(List<Part> newParts) {
    return new Payout(
        merchant,
        id,
        number,
        ref,
        channel,
        broker,
        brokerCode,
        pay,
        fee,
        standing,
        payee,
        marks,
        words,
        notifyUrl,
        fingerprint,
        version,
        createdAt,
        newParts);
  }
}
