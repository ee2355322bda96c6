package io.tongbao.server.member;

import io.tongbao.kernel.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A card that becomes a member's when a code comes back from the phone that the bank knows. Escrow
 * specification §4.1.10 to §4.1.13.
 *
 * @param number the number (tranceNum) under which it is confirmed
 * @param confirmed whether it has been
 */
public record CardApplication(
    long id,
    int merchantId,
    long memberId,
    String number,
    Instant appliedAt,
    Secret cardNo,
    Secret holder,
    Secret holderIdentity,
    Secret phone,
    String bankCode,
    String bankName,
    CardType type,
    @Nullable String unionBank,
    BindMethod method,
    boolean safe,
    boolean confirmed) {}
