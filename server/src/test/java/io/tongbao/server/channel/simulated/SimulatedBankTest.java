package io.tongbao.server.channel.simulated;

import static io.tongbao.server.channel.Bench.MERCHANT;
import static io.tongbao.server.channel.Bench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Secret;
import io.tongbao.server.channel.Answer;
import io.tongbao.server.channel.Bench;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequest.Act;
import io.tongbao.server.channel.ChannelRequest.State;
import io.tongbao.server.channel.ChannelWorker;
import io.tongbao.server.channel.Maintenance;
import io.tongbao.server.channel.TestMaintenance;
import io.tongbao.server.channel.simulated.SimulatedBank.Choice;
import io.tongbao.server.channel.simulated.SimulatedBank.Say;
import io.tongbao.server.merchant.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sandbox's bank does what the amounts, the payers and the testers say. */
class SimulatedBankTest {
  private Bench bench;
  private Maintenance maintenance;
  private SimulatedBank bank;
  private ChannelWorker worker;

  @BeforeEach
  void open() {
    bench = new Bench();
    maintenance = TestMaintenance.over(bench.database);
    List<SimulatedChannel> channels = new ArrayList<>();
    worker =
        bench.worker(
            new Late("TLT", channels),
            new Late("GATEWAY", channels),
            new Late("POSPAY", channels),
            new Late("CODEPAY_W", channels));
    bank = new SimulatedBank(new Deals(bench.database), worker, maintenance);
    channels.add(new SimulatedChannel("TLT", false, bank));
    channels.add(new SimulatedChannel("GATEWAY", true, bank));
    channels.add(new SimulatedChannel("POSPAY", true, bank, (_, deal, _) -> deal.code()));
    channels.add(new SimulatedChannel("CODEPAY_W", false, bank));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void settlesOrdinaryAmounts() {
    ChannelRequest request = bench.open("TLT", Act.PAY_OUT, 12_345);
    assertThat(ask(request)).isInstanceOf(Answer.Settled.class);
    assertThat(bench.postings(request)).containsExactly("Settled");
  }

  @Test
  void declines668801() {
    ChannelRequest request = bench.open("TLT", Act.PAY_OUT, 668_801);
    assertThat(ask(request)).isInstanceOf(Answer.Declined.class);
    assertThat(bench.postings(request)).containsExactly("Declined");
  }

  @Test
  void keeps668802PendingUntilTheClockIsMoved() {
    ChannelRequest request = bench.open("TLT", Act.PAY_OUT, 668_802);
    assertThat(ask(request)).isInstanceOf(Answer.Accepted.class);
    worker.run(MERCHANT, NOON.plusSeconds(60));
    assertThat(bench.postings(request)).isEmpty();

    Duration step = Duration.ofHours(25);
    worker.run(Bench.merchant(step), NOON.plus(step));
    assertThat(bench.postings(request)).containsExactly("Settled");
  }

  @Test
  void returns668803OnTheNextDay() {
    ChannelRequest request = bench.open("TLT", Act.PAY_OUT, 668_803);
    assertThat(ask(request)).isInstanceOf(Answer.Settled.class);
    Instant midnight = BeijingTime.startOf(BeijingTime.dayOf(NOON).plusDays(1));
    assertThat(bank.run(MERCHANT, midnight.minusMillis(1))).isZero();
    assertThat(bank.run(MERCHANT, midnight)).isEqualTo(1);
    assertThat(bank.run(MERCHANT, midnight)).isZero();
    assertThat(bench.postings(request)).containsExactly("Settled", "Returned");
  }

  @Test
  void collected668803DoesNotComeBack() {
    ChannelRequest request = bench.open("TLT", Act.COLLECT, 668_803);
    ask(request);
    assertThat(bank.run(MERCHANT, NOON.plus(Duration.ofDays(3)))).isZero();
    assertThat(bench.postings(request)).containsExactly("Settled");
  }

  @Test
  void knows668807WhenAskedTheThirdTime() {
    ChannelRequest request = bench.open("TLT", Act.PAY_OUT, 668_807);
    assertThat(ask(request)).isInstanceOf(Answer.Unknown.class);
    Instant now = bench.state(request).nextAt();
    worker.run(MERCHANT, now);
    assertThat(bench.postings(request)).isEmpty();
    worker.run(MERCHANT, bench.state(request).nextAt());
    assertThat(bench.postings(request)).containsExactly("Settled");
  }

  @Test
  void losesTheAnswerTo668808AfterTakingItIn() {
    ChannelRequest request = bench.open("TLT", Act.PAY_OUT, 668_808);
    assertThat(ask(request)).isInstanceOf(Answer.Unknown.class);
    assertThat(bench.postings(request)).isEmpty();
    worker.run(MERCHANT, bench.state(request).nextAt());
    assertThat(bench.postings(request)).containsExactly("Settled");
    assertThat(deals()).isEqualTo(1);
  }

  @Test
  void waitsForThePayerAtThePage() {
    ChannelRequest request = bench.open("GATEWAY", Act.COLLECT, 5_000);
    Answer.Accepted accepted = (Answer.Accepted) ask(request);
    Deal deal = bank.deal(accepted.channelNo()).orElseThrow();

    assertThat(bank.choose(MERCHANT, deal, Choice.PAY, NOON)).isTrue();
    assertThat(bank.choose(MERCHANT, deal, Choice.REFUSE, NOON)).isFalse();

    assertThat(bench.postings(request)).containsExactly("Settled");
  }

  @Test
  void paidWithoutNoticeIsFoundByAsking() {
    ChannelRequest request = bench.open("GATEWAY", Act.COLLECT, 5_000);
    Answer.Accepted accepted = (Answer.Accepted) ask(request);
    bank.choose(MERCHANT, bank.deal(accepted.channelNo()).orElseThrow(), Choice.PAY_SILENTLY, NOON);
    assertThat(bench.postings(request)).isEmpty();
    worker.run(MERCHANT, bench.state(request).nextAt());
    assertThat(bench.postings(request)).containsExactly("Settled");
  }

  @Test
  void refusedAtThePageIsDeclined() {
    ChannelRequest request = bench.open("GATEWAY", Act.COLLECT, 5_000);
    Answer.Accepted accepted = (Answer.Accepted) ask(request);
    bank.choose(MERCHANT, bank.deal(accepted.channelNo()).orElseThrow(), Choice.REFUSE, NOON);
    assertThat(bench.postings(request)).containsExactly("Declined");
  }

  @Test
  void theTesterDecides() {
    ChannelRequest request = bench.open("TLT", Act.PAY_OUT, 668_802);
    ask(request);
    assertThat(bank.answer(MERCHANT, request.id(), Say.RETURNED, null, NOON)).isFalse();
    assertThat(bank.answer(MERCHANT, request.id(), Say.UNKNOWN, null, NOON)).isTrue();
    assertThat(bank.answer(MERCHANT, request.id(), Say.SETTLED, null, NOON)).isTrue();
    assertThat(bank.answer(MERCHANT, request.id(), Say.DECLINED, null, NOON)).isFalse();
    assertThat(bank.answer(MERCHANT, request.id(), Say.RETURNED, "户名不符", NOON)).isTrue();
    assertThat(bench.postings(request)).containsExactly("Settled", "Returned");
    assertThat(bench.state(request).reason()).isEqualTo("户名不符");
  }

  @Test
  void maintenanceDeclinesNewRequests() {
    maintenance.set("TLT", true);
    ChannelRequest during = bench.open("TLT", Act.PAY_OUT, 100);
    assertThat(ask(during)).isInstanceOf(Answer.Declined.class);
    maintenance.set("TLT", false);
    ChannelRequest after = bench.open("TLT", Act.PAY_OUT, 100);
    assertThat(ask(after)).isInstanceOf(Answer.Settled.class);
    assertThat(bench.state(during).state()).isEqualTo(State.DECLINED);
  }

  @Test
  void askedTwiceDoesItOnce() {
    ChannelRequest request = bench.open("TLT", Act.PAY_OUT, 100);
    Answer first = bank.ask(MERCHANT, request, false, NOON).answer();
    Answer second = bank.ask(MERCHANT, request, false, NOON).answer();
    assertThat(second).isEqualTo(first);
    assertThat(deals()).isEqualTo(1);
    assertThat(bank.query(MERCHANT, bench.open("TLT", Act.PAY_OUT, 100))).isEmpty();
  }

  @Test
  void aTerminalsCodeStandsForOneOpenDealAndIsForgottenInTime() {
    ChannelRequest request = bench.open("POSPAY", Act.COLLECT, 100);
    Answer.Accepted accepted = (Answer.Accepted) ask(request);
    String code = String.valueOf(accepted.voucher());
    assertThat(code).matches("[0-9]{6}");
    assertThat(bank.atTerminal(MERCHANT, code).orElseThrow().request()).isEqualTo(request.id());
    bank.run(MERCHANT, NOON.plus(Duration.ofHours(25)));
    assertThat(bank.atTerminal(MERCHANT, code)).isPresent();
    bank.run(MERCHANT, NOON.plus(Duration.ofHours(25)).plusSeconds(1));
    assertThat(bank.atTerminal(MERCHANT, code)).isEmpty();
  }

  @Test
  void aShownCodeIsHeardOnceAndByNobodyAfterADeath() {
    Map<String, Secret> shown = Map.of("code", new Secret("130012345678901234"));
    ChannelRequest heard = bench.open("CODEPAY_W", Act.COLLECT, 100);
    assertThat(worker.askNow(MERCHANT, heard.id(), shown, NOON)).isInstanceOf(Answer.Settled.class);

    ChannelRequest lost = bench.open("CODEPAY_W", Act.COLLECT, 100);
    worker.run(MERCHANT, NOON);
    assertThat(bench.postings(lost)).containsExactly("Declined");
  }

  private Answer ask(ChannelRequest request) {
    return worker.askNow(MERCHANT, request.id(), NOON);
  }

  private int deals() {
    return bench
        .database
        .sql("SELECT count(*) FROM simbank.deal")
        .query((row, _) -> row.getInt(1))
        .single();
  }

  /** A channel by name that is there only when it is asked: the bank needs the worker first. */
  private record Late(String name, List<SimulatedChannel> channels)
      implements io.tongbao.server.channel.Channel {
    @Override
    public Answer ask(Merchant merchant, ChannelRequest request, Instant now) {
      return real().ask(merchant, request, now);
    }

    @Override
    public Optional<Answer> query(Merchant merchant, ChannelRequest request, Instant now) {
      return real().query(merchant, request, now);
    }

    private SimulatedChannel real() {
      return channels.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }
  }
}
