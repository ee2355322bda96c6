package io.tongbao.server.edge;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.server.merchant.Face;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one face talks: where, in which envelope, with which signatures. Knows no operation. */
public interface Protocol {

  /**
   * Where messages come in.
   *
   * @param limit the longest body, in bytes
   */
  record Address(String path, int limit) {}

  Face face();

  List<Address> addresses();

  /** The operations of this face. */
  Catalog catalog();

  /**
   * How long a message is known again: twice the time window and five minutes, so that none is
   * forgotten while its timestamp would still be taken.
   */
  Duration remembers();

  /**
   * Lets a message in or throws {@link Refusal}. Checks in the order that all faces share: shapes
   * of the control fields, merchant, network, time, signature; then reads what was signed.
   */
  Admitted admit(WireRequest request);

  /**
   * What somebody said, in clear, where the signature proves that he signed these bytes; empty
   * where it does not.
   */
  Optional<Secret> said(Signed signed);

  /** The answer, in its envelope. */
  Reply answer(WireRequest request, Admitted admitted, String json);

  /**
   * The refusal, in its envelope and in words of this face; {@code admitted} where it got so far.
   */
  Reply refuse(WireRequest request, @Nullable Admitted admitted, Refusal refusal);

  /**
   * Whether the signature leaves out where the message goes. Then even a message that only looks is
   * good at one operation alone.
   */
  default boolean signsNoAddress() {
    return false;
  }

  /**
   * An answer that was perhaps made for an earlier copy of the message, as this copy expects it.
   */
  default Reply addressed(WireRequest request, Reply reply) {
    return reply;
  }

  /** The type of an answer that is sent a second time. */
  default String contentType() {
    return Reply.JSON;
  }
}
