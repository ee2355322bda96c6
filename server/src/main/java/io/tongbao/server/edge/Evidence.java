package io.tongbao.server.edge;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.server.edge.Exhibit.Verdict;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What merchants signed, kept so that it can be shown to them, to a judge and to ourselves: the
 * exact bytes of each message that may have had an effect, with their signature and the key of that
 * time (THREATS T3-2). Each piece is proved anew when it is shown.
 */
@Component
public final class Evidence {
  private final EvidenceRows rows;
  private final Ledger ledger;
  private final List<Protocol> protocols;

  Evidence(EvidenceRows rows, Ledger ledger, List<Protocol> protocols) {
    this.rows = rows;
    this.ledger = ledger;
    this.protocols = List.copyOf(protocols);
  }

  /** Keeps what does not come through the exchange: the message with which a page was opened. */
  public void keep(Admitted admitted) {
    if (rows.has(admitted.caller())) {
      return;
    }
    Change change = Change.at(admitted.caller().now()).write(rows.write(admitted)).build();
    if (!(ledger.commit(change) instanceof Outcome.Committed)) {
      throw Refusal.of(Refusal.Reason.BUSY);
    }
  }

  /** The evidence of one message, by the digest that its orders have for their fingerprint. */
  public List<Exhibit> of(Merchant merchant, Bytes digest) {
    return rows.of(merchant, digest).stream().map(row -> exhibit(merchant, row)).toList();
  }

  /** What a merchant signed from then to then, by his clock, the newest first. */
  public List<Exhibit> between(Merchant merchant, Instant from, Instant to, int most) {
    return rows.between(merchant, from, to, most).stream()
        .map(row -> exhibit(merchant, row))
        .toList();
  }

  private Exhibit exhibit(Merchant merchant, EvidenceRows.Row row) {
    Signed signed = row.parcel().signed();
    Secret said = row.parcel().whole() ? said(merchant, row) : null;
    return new Exhibit(
        merchant,
        row.id(),
        row.operation(),
        row.cameAt(),
        row.receivedAt(),
        row.digest(),
        signed,
        row.parcel().whole() ? (said == null ? Verdict.FORGED : Verdict.PROVEN) : Verdict.COVERED,
        said);
  }

  private @Nullable Secret said(Merchant merchant, EvidenceRows.Row row) {
    Signed signed = row.parcel().signed();
    Optional<Secret> said =
        protocols.stream()
            .filter(protocol -> protocol.face() == merchant.face())
            .findFirst()
            .flatMap(protocol -> protocol.said(signed));
    return signed.digest().proves(row.digest()) ? said.orElse(null) : null;
  }
}
