package io.tongbao.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tongbao.kernel.Bytes;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Movement.Post;
import io.tongbao.ledger.Outcome.Committed;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostingLedgerTest {
  private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");
  private static Database database;
  private static PostingLedger ledger;
  private static Accounts accounts;

  @BeforeAll
  static void open() {
    database = new Database();
    ledger = new PostingLedger(database.application(), new SimpleMeterRegistry(), 1);
    accounts = new Accounts(database.application());
  }

  @AfterAll
  static void close() {
    ledger.close();
    database.close();
  }

  @Test
  void money_comes_in_and_is_told() {
    Change opening =
        Change.at(NOON)
            .write(Accounts.opening(1, 1, 0, "clearing:GATEWAY", Accounts.NO_FLOOR))
            .write(Accounts.opening(2, 1, 7, "200001", 0))
            .build();
    assertThat(ledger.commit(opening)).isEqualTo(new Committed(0, false));
    Change deposit =
        Change.at(NOON)
            .key(new Change.Key(1, "deposit", "D1", 99, Bytes.utf8("D1").sha256()))
            .move(new Post(List.of(new Leg(1, -100), new Leg(2, 100, "充值"))))
            .build();
    Outcome first = ledger.commit(deposit);
    assertThat(first).isInstanceOf(Committed.class);
    assertThat(ledger.commit(deposit))
        .isEqualTo(new Committed(((Committed) first).transaction(), true));
    assertThat(accounts.balance(2).orElseThrow().total().fen()).isEqualTo(100);
    AccountStatement statement = accounts.statement(2, NOON, NOON.plusSeconds(1), 0, 10);
    assertThat(statement.total()).isEqualTo(1);
    assertThat(statement.lines().getFirst().remark()).isEqualTo("充值");
    assertThat(statement.lines().getFirst().number()).isEqualTo("D1");
  }
}
