package io.tongbao.server.merchant;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.MerchantRows.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * All merchants. What is read here may be a second old; what this node changes it sees at once.
 * Each merchant lives by a clock of its own, which goes ahead of the world's and never back.
 */
@Component
public final class Merchants {
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private record Name(Face face, String code) {}

  private record Known(Merchant merchant, boolean open, long version, long readAt) {
    boolean isFresh() {
      return System.nanoTime() - readAt < FRESH_NANOS;
    }
  }

  /** The open merchants as they were when this many had been taken on here. */
  private record Roll(List<Integer> open, long readAt, long created) {
    boolean isFresh(long createdByNow) {
      return created == createdByNow && System.nanoTime() - readAt < FRESH_NANOS;
    }
  }

  private final MerchantRows rows;
  private final KeyRules rules;
  private final Ledger ledger;
  private final Clock clock;
  private final Map<Name, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, Known> known = new ConcurrentHashMap<>();
  private final AtomicLong created = new AtomicLong();
  private volatile @Nullable Roll roll;

  Merchants(MerchantRows rows, KeyRules rules, Ledger ledger, Clock clock) {
    this.rows = rows;
    this.rules = rules;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** The open merchant of that number on that face. */
  public Optional<Merchant> find(Face face, String code) {
    Name name = new Name(face, code);
    Integer id = ids.get(name);
    if (id == null) {
      // Whoever asks for many that do not exist costs one query a second, not one each.
      roll();
      id = ids.get(name);
    }
    return id == null ? Optional.empty() : known(id).filter(Known::open).map(Known::merchant);
  }

  /** The merchant with that row id, open or closed. */
  public Merchant byId(int id) {
    return known(id)
        .map(Known::merchant)
        .orElseThrow(() -> new IllegalStateException("no merchant " + id));
  }

  /** All open merchants, by row id. */
  public List<Merchant> all() {
    return roll().open().stream().map(this::byId).toList();
  }

  /**
   * What time it is for this merchant; no finer than the database keeps it, so that an order and
   * its entries are of the same moment, and of the same day.
   */
  public Instant now(Merchant merchant) {
    return clock.instant().plus(byId(merchant.id()).clockOffset()).truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Whether a message's own time is now: by the merchant's clock or, where a tester has moved that,
   * by the world's, which a client keeps that knows nothing of testers.
   */
  public boolean isNow(Merchant merchant, Predicate<Instant> fresh) {
    return fresh.test(now(merchant)) || fresh.test(clock.instant());
  }

  /**
   * Takes a merchant on, with all that its face needs, in one commit. Where no webhook secret comes
   * with it, one is made.
   */
  public Merchant create(NewMerchant wanted) {
    Map<String, Secret> keys = new HashMap<>(wanted.keys());
    keys.computeIfAbsent(WebhookKeys.CURRENT, purpose -> WebhookKeys.fresh());
    keys.forEach((purpose, key) -> rules.require(wanted.face(), purpose, key));
    int id = rows.newId();
    Change.Builder change = Change.at(clock.instant()).write(rows.insert(id, wanted));
    keys.forEach((purpose, key) -> change.write(rows.putKey(id, purpose, key)));
    change.writeAll(PlatformAccounts.openings(wanted.face(), id));
    commit(change.build(), Refusal.of(Refusal.Reason.BAD_FIELD, wanted.code()));
    created.incrementAndGet();
    return byId(id);
  }

  /** Gives a merchant another key for a purpose. */
  public Merchant putKey(Merchant merchant, String purpose, Secret key) {
    rules.require(merchant.face(), purpose, key);
    return change(merchant, rows.putKey(merchant.id(), purpose, key), rows.touch(merchant.id()));
  }

  /**
   * Gives a merchant a new webhook secret. Notices are signed with the one before as well, until
   * {@link #forgetOldWebhookSecret}.
   */
  public Merchant renewWebhookSecret(Merchant merchant) {
    Secret last = byId(merchant.id()).key(WebhookKeys.CURRENT);
    return change(
        merchant,
        rows.putKey(merchant.id(), WebhookKeys.PREVIOUS, last),
        rows.putKey(merchant.id(), WebhookKeys.CURRENT, WebhookKeys.fresh()),
        rows.touch(merchant.id()));
  }

  /** The merchant has changed over: the secret before the one in use signs nothing more. */
  public Merchant forgetOldWebhookSecret(Merchant merchant) {
    return change(
        merchant, rows.dropKey(merchant.id(), WebhookKeys.PREVIOUS), rows.touch(merchant.id()));
  }

  /** Changes these settings and leaves the others. */
  public Merchant changeSettings(Merchant merchant, Map<String, String> settings) {
    return change(merchant, rows.settings(merchant.id(), settings));
  }

  /** Has these settings and no others. */
  public Merchant replaceSettings(Merchant merchant, Map<String, String> settings) {
    return change(merchant, rows.onlySettings(merchant.id(), settings));
  }

  /** Says from which networks (CIDR) the merchant may call; none means any. */
  public Merchant changeSources(Merchant merchant, List<String> sources) {
    return change(merchant, rows.sources(merchant.id(), sources));
  }

  /** Moves a merchant's clock forward. */
  public Merchant advance(Merchant merchant, Duration step) {
    if (step.isNegative()) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "advance");
    }
    return change(merchant, rows.advance(merchant.id(), step));
  }

  /** Sets a merchant's clock; it is refused where that would turn it back. */
  public Merchant setClock(Merchant merchant, Instant to) {
    Duration offset = Duration.between(clock.instant(), to);
    if (offset.isNegative()) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "set");
    }
    return change(merchant, rows.clock(merchant.id(), offset));
  }

  private Merchant change(Merchant merchant, RowWrite... writes) {
    Change change = Change.at(now(merchant)).writeAll(List.of(writes)).build();
    commit(change, Refusal.of(Refusal.Reason.BAD_FIELD, "set"));
    known.compute(merchant.id(), (id, last) -> reread(id, null));
    return byId(merchant.id());
  }

  private void commit(Change change, Refusal conflict) {
    switch (ledger.commit(change)) {
      case Outcome.Committed committed -> {}
      case Outcome.Conflict row -> throw conflict;
      case Outcome.Refused refused -> throw Refusal.of(Refusal.Reason.BUSY);
    }
  }

  private Optional<Known> known(int id) {
    Known last = known.get(id);
    if (last != null && last.isFresh()) {
      return Optional.of(last);
    }
    return Optional.ofNullable(known.compute(id, (key, now) -> reread(key, now)));
  }

  private @Nullable Known reread(int id, @Nullable Known last) {
    if (last != null && last.isFresh()) {
      return last;
    }
    return rows.row(id).map(row -> refreshed(row, last)).orElse(null);
  }

  private Known refreshed(Row row, @Nullable Known last) {
    long now = System.nanoTime();
    if (last != null && last.version() >= row.version()) {
      return new Known(last.merchant(), last.open(), last.version(), now);
    }
    return new Known(withKeys(row.merchant()), row.open(), row.version(), now);
  }

  private Merchant withKeys(Merchant merchant) {
    return new Merchant(
        merchant.id(),
        merchant.face(),
        merchant.code(),
        merchant.name(),
        merchant.settings(),
        rows.keys(merchant.id()),
        merchant.sources(),
        merchant.hosts(),
        merchant.clockOffset());
  }

  private Roll roll() {
    Roll last = roll;
    return last != null && last.isFresh(created.get()) ? last : call();
  }

  /** Reads all rows in one query, so that the single look-ups above find them fresh. */
  private synchronized Roll call() {
    Roll last = roll;
    if (last != null && last.isFresh(created.get())) {
      return last;
    }
    long now = System.nanoTime();
    long createdByNow = created.get();
    List<Row> all = rows.all();
    for (Row row : all) {
      Merchant merchant = row.merchant();
      ids.put(new Name(merchant.face(), merchant.code()), merchant.id());
      known.compute(merchant.id(), (id, earlier) -> refreshed(row, earlier));
    }
    Roll called =
        new Roll(
            all.stream().filter(Row::open).map(row -> row.merchant().id()).toList(),
            now,
            createdByNow);
    roll = called;
    return called;
  }
}
