package io.tongbao.server.escrow.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.ledger.Invariant;
import io.tongbao.ledger.LedgerInvariants;
import io.tongbao.server.TestServer;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.payment.PayoutBazaar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/**
 * The audit itself: whatever is damaged in a database that has seen everything is told under its
 * own name and under no other, and there is a damage for each invariant that the server adds to the
 * ledger's. What is damaged is rolled back.
 */
@TestServer
class AuditDamageTest {
  /** Where triggers stand in the way of somebody who was at the files. */
  private static final List<String> GUARDED =
      List.of(
          "entry",
          "ledger_txn",
          "hold_move",
          "account_lock",
          "ledger_day",
          "day_balance",
          "evidence",
          "sealed_day");

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  @Autowired private Environment environment;
  @Autowired private Scheduler scheduler;
  @Autowired private List<Invariant> contributed;

  private record Damage(String told, String sql) {}

  @Test
  void everyDamageIsToldByItsNameAndEveryInvariantTellsOne() throws Exception {
    new Bazaar(new Market(context, port)).open();
    scheduler.stop();
    PayoutBazaar.open(context);
    SoftAssertions all = new SoftAssertions();
    Set<String> silent = new TreeSet<>(contributed.stream().map(Invariant::statement).toList());
    try (Connection owner = owner();
        Statement statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      assertThat(violated(statement)).isEmpty();
      owner.rollback();
      for (Damage damage : damages()) {
        List<Invariant> told = told(owner, statement, damage.sql());
        all.assertThat(told.stream().map(Invariant::id).distinct())
            .as(damage.sql() + "\nis told as " + told)
            .containsExactly(damage.told());
        told.forEach(invariant -> silent.remove(invariant.statement()));
      }
    }
    all.assertAll();
    assertThat(silent).as("invariants without a line in tables/damages.txt").isEmpty();
  }

  /** An audit may take minutes: what has become due meanwhile was done meanwhile. */
  @Test
  void everyInvariantLooksAtOneMoment() {
    assertThat(everything())
        .extracting(Invariant::sql)
        .noneMatch(sql -> sql.contains("clock_timestamp"));
  }

  private List<Invariant> everything() {
    List<Invariant> everything = new ArrayList<>(LedgerInvariants.all());
    everything.addAll(contributed);
    return everything;
  }

  private List<Invariant> told(Connection owner, Statement statement, String damage)
      throws SQLException {
    for (String table : GUARDED) {
      statement.execute("ALTER TABLE " + table + " DISABLE TRIGGER USER");
    }
    boolean hit = false;
    for (String part : damage.split(";", -1)) {
      hit |= statement.execute(part) || statement.getUpdateCount() > 0 || part.contains("ALTER");
    }
    assertThat(hit).as("something was damaged by " + damage).isTrue();
    List<Invariant> violated = violated(statement);
    // All of it was written after this: an audit of open days must tell it just as well.
    assertThat(violated(statement, "2001-01-01")).as(damage).isEqualTo(violated);
    owner.rollback();
    return violated;
  }

  private List<Invariant> violated(Statement statement) throws SQLException {
    return violated(statement, Invariant.EVER);
  }

  private List<Invariant> violated(Statement statement, String since) throws SQLException {
    List<Invariant> violated = new ArrayList<>();
    for (Invariant invariant : everything()) {
      try (ResultSet row = statement.executeQuery(invariant.since(since))) {
        if (row.next()) {
          violated.add(new Invariant(invariant.id(), invariant.statement(), ""));
        }
      }
    }
    return violated;
  }

  private static List<Damage> damages() throws IOException {
    try (InputStream table =
        Objects.requireNonNull(AuditDamageTest.class.getResourceAsStream("/tables/damages.txt"))) {
      String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("\n\n", -1))
          .map(each -> each.lines().filter(Predicate.not(line -> line.startsWith("#"))).toList())
          .filter(lines -> lines.size() > 1)
          .map(AuditDamageTest::damage)
          .toList();
    }
  }

  private static Damage damage(List<String> lines) {
    String sql = lines.stream().skip(1).collect(Collectors.joining("\n"));
    return new Damage(lines.getFirst(), sql);
  }

  private Connection owner() throws SQLException {
    return DriverManager.getConnection(
        environment.getRequiredProperty("tongbao.database.url"),
        environment.getRequiredProperty("tongbao.database.user"),
        environment.getRequiredProperty("tongbao.database.password"));
  }
}
