package io.tongbao.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.client.tour.Actor;
import io.tongbao.kernel.Money;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kill -9 under load: what was acknowledged is there exactly once, what was not at most once, and
 * after the messages without an answer were sent again everything is known. No notice is lost, no
 * order stays in between, each payout is paid once, and the audit passes.
 */
class CrashTest {
  private static final int LOOPS = 10;
  private static final int PEOPLE = 4 * Writers.COUNT;
  private static final Money OPENING = Money.ofFen(1_000_000);

  /** How many payments are answered before the blow, and again after it. */
  private static final int BETWEEN_BLOWS = 60;

  @TempDir private Path data;

  @Test
  void killedDatabaseComesBackByItself() throws InterruptedException {
    try (World world = new World(data, "killed-database")) {
      ProcessHandle server = world.server();
      List<Actor> people = world.people(PEOPLE, OPENING);
      Reckoning reckoning = new Reckoning(world, people, OPENING);
      for (int loop = 0; loop < LOOPS; loop++) {
        Writers writers = Writers.start(world, people, "database" + loop, loop);
        writers.await(BETWEEN_BLOWS);
        world.killDatabase(loop % 2 == 0);
        world.awaitRecovery();
        writers.await(2 * BETWEEN_BLOWS);
        writers.rest();
        reckoning.take(writers);
      }
      reckoning.close();
      assertThat(server.isAlive()).as("the server lived through it").isTrue();
    }
  }

  @Test
  void killedServerKeepsItsWord() throws InterruptedException {
    try (World world = new World(data, "killed-server")) {
      List<Actor> people = world.people(PEOPLE, OPENING);
      Reckoning reckoning = new Reckoning(world, people, OPENING);
      Payroll payroll = Payroll.open(world);
      for (int loop = 0; loop < LOOPS; loop++) {
        Writers writers = Writers.start(world, people, "server" + loop, loop);
        payroll.start("server" + loop, loop);
        writers.await(BETWEEN_BLOWS);
        world.killServer();
        writers.rest();
        payroll.rest();
        world.restartServer();
        payroll.check();
        reckoning.take(writers);
      }
      payroll.close();
      reckoning.close();
    }
  }
}
