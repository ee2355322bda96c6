package io.tongbao.server.member;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A text to a phone.
 *
 * @param id its row where it is written before it leaves
 * @param topic what tells its code from others to the same phone: of one topic only the newest
 *     lives
 * @param code what the owner is to type, absent in a warning
 * @param subject the order or application that the code is for, or empty
 * @param expiresAt when the code dies
 */
public record Text(
    long id,
    String topic,
    Secret phone,
    Purpose purpose,
    String subject,
    @Nullable Secret code,
    Instant sentAt,
    @Nullable Instant expiresAt) {

  /** One that asks for nothing. */
  public Text(Secret phone, Purpose purpose, String subject, Instant sentAt) {
    this(Ids.next(), "", phone, purpose, subject, null, sentAt, null);
  }

  /** One with a code. */
  public Text(
      String topic,
      Secret phone,
      Purpose purpose,
      String subject,
      Secret code,
      Instant sentAt,
      Instant expiresAt) {
    this(Ids.next(), topic, phone, purpose, subject, code, sentAt, expiresAt);
  }
}
