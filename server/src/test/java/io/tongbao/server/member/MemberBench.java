package io.tongbao.server.member;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Audit;
import io.tongbao.ledger.AuditReport.Violation;
import io.tongbao.ledger.Invariant;
import io.tongbao.ledger.LedgerInvariants;
import io.tongbao.server.member.Member.Registration;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.NewMerchant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import javax.sql.DataSource;

/** Merchants, members and cards to try things with, and many threads to try them at once. */
final class MemberBench {
  static final int THREADS = 64;
  static final Secret NAME = new Secret("欧阳测试");
  static final Secret IDENTITY = new Secret("11010519491231002X");

  private static final AtomicInteger NUMBERS = new AtomicInteger(1);

  private final Merchants merchants;
  private final Members members;
  private final DataSource source;
  private final List<Invariant> invariants;

  MemberBench(Merchants merchants, Members members, DataSource source, List<Invariant> invariants) {
    this.merchants = merchants;
    this.members = members;
    this.source = source;
    this.invariants = invariants;
  }

  List<Violation> audit() {
    List<Invariant> all = new ArrayList<>(LedgerInvariants.all());
    all.addAll(invariants);
    return new Audit(source, all).run().violations();
  }

  Merchant merchant(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("accountSetNo", "200001");
    String code = "3" + Ids.digits(11);
    return merchants.create(
        new NewMerchant(Face.ESCROW, code, "测试商户", all, Map.of(), List.of(), Set.of()));
  }

  Member person(Merchant merchant) {
    return members.create(
        merchant,
        "u" + NUMBERS.getAndIncrement(),
        MemberType.PERSON,
        new Registration(1, "127.0.0.1", merchants.now(merchant)));
  }

  Member named(Merchant merchant) {
    Member member = person(merchant);
    members.setRealName(merchant, member, NAME, IDENTITY, merchants.now(merchant));
    return members.require(merchant, member.bizUserId());
  }

  static Secret phone() {
    return new Secret("139%08d".formatted(NUMBERS.getAndIncrement()));
  }

  static Secret card(int number) {
    return new Secret("622848%013d".formatted(1_000_000 + number));
  }

  static CardClaim claim(Secret card, boolean safe) {
    return new CardClaim(
        BindMethod.THREE_ELEMENTS, NAME, IDENTITY, card, null, null, null, safe, null);
  }

  static String outcome(Runnable work) {
    try {
      work.run();
      return "done";
    } catch (Refusal refusal) {
      Reason reason = refusal.reason();
      return reason.name();
    }
  }

  /** Does it in many threads that start together. */
  static List<String> together(IntFunction<Callable<String>> work) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<String>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < THREADS; i++) {
        Callable<String> one = work.apply(i);
        running.add(
            threads.submit(() -> {
              start.await();
              return one.call();
            }));
      }
      start.countDown();
      List<String> answers = new ArrayList<>();
      for (Future<String> one : running) {
        answers.add(one.get());
      }
      return answers;
    }
  }
}
