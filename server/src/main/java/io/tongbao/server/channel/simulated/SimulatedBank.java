package io.tongbao.server.channel.simulated;

import io.tongbao.kernel.Ids;
import io.tongbao.server.channel.Answer;
import io.tongbao.server.channel.Applied;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequest.Act;
import io.tongbao.server.channel.ChannelWorker;
import io.tongbao.server.channel.Maintenance;
import io.tongbao.server.channel.simulated.Deal.Verdict;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.SpecialPhones;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * The bank behind all simulated channels. Behaves by the amount ({@link Manner}); where a payer has
 * a page or a wallet it waits for him. Its returns become due with the merchant's clock.
 */
@Component
@Profile("sandbox")
public final class SimulatedBank implements Job {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedBank.class);
  private static final String TERMINAL = "POSPAY";
  private static final String SHOWN_CODE = "CODEPAY_";
  private static final int CODE_DIGITS = 6;
  private static final int CODE_TRIES = 50;

  /** Longer than any order lives that such a code pays. */
  private static final Duration CODE_VALID = Duration.ofHours(25);

  /** The beginning of names that fail every check. */
  private static final String WRONG_NAME = "错";

  private static final Set<Verdict> UNDECIDED = Set.of(Verdict.OPEN, Verdict.PENDING);

  private final Deals deals;
  private final ChannelWorker worker;
  private final Maintenance maintenance;

  SimulatedBank(Deals deals, ChannelWorker worker, Maintenance maintenance) {
    this.deals = deals;
    this.worker = worker;
    this.maintenance = maintenance;
  }

  /** What a payer does at the bank's page, or in his wallet. */
  public enum Choice {
    PAY,
    /** Pays, and the bank forgets to tell us: only a query finds out. */
    PAY_SILENTLY,
    REFUSE
  }

  /** What a tester says instead of the bank. */
  public enum Say {
    SETTLED,
    DECLINED,
    UNKNOWN,
    RETURNED
  }

  @Override
  public String name() {
    return "bank-returns";
  }

  /** Reports what comes back on this day, and forgets terminals' codes that are too old. */
  @Override
  public int run(Merchant merchant, Instant now) {
    deals.forgetCodes(merchant, now.minus(CODE_VALID));
    int returned = 0;
    for (Deal deal : deals.returning(merchant, now)) {
      // Said before it is remembered: said twice is said once, forgotten is never said.
      Answer.Returned answer = new Answer.Returned(deal.serial(), Deal.GIVEN_BACK);
      Applied applied = worker.report(merchant, deal.request(), deal.amount(), answer, now);
      if (!(applied instanceof Applied.Later)) {
        deals.decide(deal.request(), Set.of(Verdict.SETTLED), Verdict.RETURNED, null);
        returned++;
      }
    }
    return returned;
  }

  /** The deal with the bank's number {@code serial}, for the bank's page. */
  public Optional<Deal> deal(String serial) {
    return deals.bySerial(serial);
  }

  /** Whether the deal was still open, so that the payer's choice counted. */
  public boolean choose(Merchant merchant, Deal deal, Choice choice, Instant now) {
    if (deal.merchant() != merchant.id()) {
      return false;
    }
    Verdict paid = atOnce(deal.manner());
    Optional<Deal> decided =
        switch (choice) {
          case REFUSE ->
              deals.decide(deal.request(), Set.of(Verdict.OPEN), Verdict.DECLINED, "付款人取消支付");
          case PAY, PAY_SILENTLY -> deals.decide(deal.request(), Set.of(Verdict.OPEN), paid, null);
        };
    if (choice != Choice.PAY_SILENTLY && deal.manner() != Manner.LOSING) {
      decided.ifPresent(each -> tell(merchant, each, now));
    }
    return decided.isPresent();
  }

  /** Whether the bank could say it: what is decided stays, except that settled may come back. */
  public boolean answer(
      Merchant merchant, long request, Say say, @Nullable String reason, Instant now) {
    Optional<Deal> found = deals.find(request).filter(each -> each.merchant() == merchant.id());
    if (found.isEmpty()) {
      return false;
    }
    Optional<Deal> decided =
        switch (say) {
          case SETTLED ->
              deals
                  .decide(request, UNDECIDED, Verdict.SETTLED, reason)
                  .or(() -> deals.open(request));
          case DECLINED -> deals.decide(request, UNDECIDED, Verdict.DECLINED, reason);
          case RETURNED -> deals.decide(request, Set.of(Verdict.SETTLED), Verdict.RETURNED, reason);
          case UNKNOWN -> deals.silence(request);
        };
    decided.ifPresent(each -> tell(merchant, each, now));
    return decided.isPresent();
  }

  /** Forgets everything. */
  public void reset() {
    deals.clear();
  }

  /** What the bank remembers of a request, after it was asked. */
  Deal ask(Merchant merchant, ChannelRequest request, boolean payerDecides, Instant now) {
    String refusal = refusal(merchant, request);
    Verdict first = first(request, refusal, payerDecides);
    if (first != Verdict.OPEN || !request.channel().equals(TERMINAL)) {
      return ripen(merchant, deals.take(merchant, request, first, refusal, null, now));
    }
    return takeWithCode(merchant, request, now);
  }

  /** A terminal's code is one that no other open deal of the merchant has. */
  private Deal takeWithCode(Merchant merchant, ChannelRequest request, Instant now) {
    for (int i = 0; i < CODE_TRIES; i++) {
      try {
        return deals.take(merchant, request, Verdict.OPEN, null, Ids.digits(CODE_DIGITS), now);
      } catch (DuplicateKeyException e) {
        LOG.debug("a terminal's code was drawn twice", e);
      }
    }
    throw new IllegalStateException("no terminal's code is free at merchant " + merchant.id());
  }

  /** The open deal that a terminal's code stands for. */
  Optional<Deal> atTerminal(Merchant merchant, String code) {
    return deals.byCode(merchant, code);
  }

  Optional<Answer> query(Merchant merchant, ChannelRequest request) {
    return deals.count(request.id()).map(deal -> ripen(merchant, deal).answer());
  }

  private Verdict first(ChannelRequest request, @Nullable String refusal, boolean payerDecides) {
    if (refusal != null) {
      return Verdict.DECLINED;
    }
    boolean waits = payerDecides && request.act() == Act.COLLECT;
    return waits ? Verdict.OPEN : atOnce(Manner.of(request));
  }

  private @Nullable String refusal(Merchant merchant, ChannelRequest request) {
    if (maintenance.on(request.channel())) {
      return "渠道维护中，请稍后再试";
    }
    boolean scans = request.channel().startsWith(SHOWN_CODE) && request.act() == Act.COLLECT;
    if (scans && !request.spoken().containsKey("code")) {
      return "付款码已失效，请重新展示";
    }
    Optional<String> wished = Wish.of(request).map(Wish::refusal);
    if (wished.isPresent()) {
      return wished.get();
    }
    if (request.facts().getOrDefault("name", "").startsWith(WRONG_NAME)) {
      return "收款户名与账号不符";
    }
    String phone = request.facts().getOrDefault("phone", "");
    return SpecialPhones.fail(merchant, phone) ? "银行预留手机号验证失败" : null;
  }

  private static Verdict atOnce(Manner manner) {
    return switch (manner) {
      case REFUSING -> Verdict.DECLINED;
      case SLOW, VAGUE, SILENT -> Verdict.PENDING;
      case PROMPT, RETURNING, LOSING, PACKET -> Verdict.SETTLED;
    };
  }

  /** What time and repeated asking change about a pending deal. */
  private Deal ripen(Merchant merchant, Deal deal) {
    boolean ripe =
        deal.verdict() == Verdict.PENDING
            && switch (deal.manner()) {
              case SLOW -> !deal.clockOffset().equals(merchant.clockOffset());
              case VAGUE -> !deal.vague();
              case PROMPT, REFUSING, RETURNING, LOSING, PACKET, SILENT -> false;
            };
    if (!ripe) {
      return deal;
    }
    return deals
        .decide(deal.request(), Set.of(Verdict.PENDING), Verdict.SETTLED, null)
        .or(() -> deals.find(deal.request()))
        .orElse(deal);
  }

  /** The bank calls us, where it knows something. */
  private void tell(Merchant merchant, Deal deal, Instant now) {
    if (deal.answer() instanceof Answer.Final known) {
      worker.report(merchant, deal.request(), deal.amount(), known, now);
    }
  }
}
