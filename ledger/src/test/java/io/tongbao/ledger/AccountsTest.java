package io.tongbao.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Money;
import io.tongbao.ledger.Movement.Freeze;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Movement.Lock;
import io.tongbao.ledger.Movement.Post;
import io.tongbao.ledger.Outcome.Conflict;
import io.tongbao.ledger.Outcome.Reason;
import io.tongbao.ledger.Outcome.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private static final Scene scene = Scene.with(1);
  private static final Accounts accounts = scene.accounts;

  @AfterAll
  static void close() {
    scene.close();
  }

  @Test
  void an_account_is_found_by_owner_and_set() {
    long id = scene.account(0);
    Account account = accounts.find(Scene.MERCHANT, id, "200001").orElseThrow();
    assertThat(account.id()).isEqualTo(id);
    assertThat(account.balance()).isEqualTo(new Balance(Money.ZERO, Money.ZERO));
    assertThat(accounts.find(id)).contains(account);
    assertThat(accounts.of(Scene.MERCHANT, id)).containsExactly(account);
    assertThat(accounts.find(Scene.MERCHANT + 1, id, "200001")).isEmpty();
    assertThat(accounts.balance(-1)).isEmpty();
  }

  @Test
  void an_owner_has_each_set_once() {
    long id = scene.account(0);
    RowWrite again = Accounts.opening(scene.nextId(), Scene.MERCHANT, id, "200001", 0);
    assertThat(scene.ledger(0).commit(Change.at(Scene.NOON).write(again).build()))
        .isEqualTo(new Conflict("account"));
  }

  @Test
  void a_lock_is_seen_and_kept() {
    long id = scene.account(5);
    scene.commit(Change.at(Scene.NOON).move(new Lock(id, true)));
    assertThat(accounts.find(id).orElseThrow().locked()).isTrue();
    Change debit = Change.at(Scene.NOON).move(Scene.post(id, Scene.OUTSIDE, 1)).build();
    assertThat(scene.ledger(0).commit(debit)).isEqualTo(new Refused(Reason.ACCOUNT_LOCKED, id));
    scene.commit(Change.at(Scene.NOON).move(new Lock(id, false)));
    scene.commit(Change.at(Scene.NOON).move(Scene.post(id, Scene.OUTSIDE, 1)));
  }

  @Test
  void a_statement_shows_a_period_page_by_page_newest_first() {
    long id = scene.account(0);
    Instant start = Instant.parse("2031-12-31T15:59:59.999999Z");
    for (int i = 0; i < 5; i++) {
      Instant at = start.plus(Duration.ofDays(31L * i));
      Change.Key key = new Change.Key(1, "deposit", id + "-" + i, 40 + i, Bytes.EMPTY.sha256());
      Post post = new Post(List.of(new Leg(Scene.OUTSIDE, -10 - i), new Leg(id, 10 + i, "第" + i)));
      scene.commit(Change.at(at).key(key).move(post));
    }
    scene.commit(Change.at(start).move(new Freeze(scene.nextId(), id, 3, 0, "test")));
    Instant end = start.plus(Duration.ofDays(31 * 4));
    AccountStatement all = accounts.statement(id, start, end, 0, 10);
    assertThat(all.total()).isEqualTo(4);
    assertThat(all.lines())
        .extracting(line -> line.balanceBefore().fen() + " -> " + line.balanceAfter().fen())
        .containsExactly("33 -> 46", "21 -> 33", "10 -> 21", "0 -> 10");
    AccountStatement page = accounts.statement(id, start, end, 1, 2);
    assertThat(page.total()).isEqualTo(4);
    assertThat(page.lines()).isEqualTo(all.lines().subList(1, 3));
    AccountStatement.Line oldest = all.lines().getLast();
    assertThat(oldest.at()).isEqualTo(start);
    assertThat(oldest.amount()).isEqualTo(Money.ofFen(10));
    assertThat(oldest.number()).isEqualTo(id + "-0");
    assertThat(oldest.kind()).isEqualTo("deposit");
    assertThat(oldest.order()).isEqualTo(40);
    assertThat(oldest.remark()).isEqualTo("第0");
    assertThat(oldest.id()).isEqualTo(oldest.transaction() + "-2");
  }

  @Test
  void a_statement_shows_what_was_frozen_at_that_moment() {
    long id = scene.account(100);
    scene.commit(Change.at(Scene.NOON).move(new Freeze(scene.nextId(), id, 30, 0, "test")));
    scene.commit(Change.at(Scene.NOON).move(Scene.post(id, Scene.OUTSIDE, 5)));
    AccountStatement statement =
        accounts.statement(id, Scene.NOON, Scene.NOON.plusSeconds(1), 0, 9);
    assertThat(statement.lines())
        .extracting(line -> line.frozenAfter().fen())
        .containsExactly(30L, 0L);
  }
}
