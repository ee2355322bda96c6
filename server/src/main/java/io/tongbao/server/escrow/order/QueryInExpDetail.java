package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.AccountStatement;
import io.tongbao.ledger.AccountStatement.Line;
import io.tongbao.ledger.Accounts;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.order.AccountSets;
import io.tongbao.server.order.EntryNumbers;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * 查询账户收支明细: the entries of a member's account over whole Beijing days, the newest first. The first
 * one is at position 1. Without days, from the first entry, or to the last. Specification §4.2.22,
 * §5.14.
 */
@Endpoint(value = "OrderService.queryInExpDetail", reads = true)
final class QueryInExpDetail
    implements EscrowOperation<QueryInExpDetail.Request, QueryInExpDetail.Response> {
  private static final long MOST = 1000;
  private static final long LAST = 1_000_000_000;
  private static final String SET_NAME = "托管账户集";

  record Request(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("accountSetNo") @Nullable String accountSetNo,
      @JsonProperty("dateStart") @Nullable LocalDate start,
      @JsonProperty("dateEnd") @Nullable LocalDate end,
      @JsonProperty("startPosition") Long position,
      @JsonProperty("queryNum") Long count) {
    Request {
      if (start != null && end != null && start.isAfter(end)) {
        throw Refusal.of(Reason.START_AFTER_END, "dateStart");
      }
      if (position < 1 || position > LAST) {
        throw Refusal.of(Reason.BAD_FIELD, "startPosition");
      }
      if (count < 1 || count > MOST) {
        throw Refusal.of(Reason.BAD_FIELD, "queryNum");
      }
    }
  }

  record Response(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("totalNum") Long total,
      @JsonProperty("inExpDetail") List<Entry> entries) {}

  /** 账户收支明细; all amounts in fen, {@code chgAmount} negative where money left. */
  record Entry(
      @JsonProperty("tradeNo") String tradeNo,
      @JsonProperty("accountSetName") String accountSetName,
      @JsonProperty("changeTime") Instant at,
      @JsonProperty("curAmount") Money after,
      @JsonProperty("oriAmount") Money before,
      @JsonProperty("chgAmount") Money change,
      @JsonProperty("curFreezenAmount") Money frozen, // sic
      @JsonProperty("bizOrderNo") @Nullable String number,
      @JsonProperty("remark") @Nullable String remark) {}

  private final Members members;
  private final AccountSets sets;
  private final Accounts accounts;
  private final EntryNumbers numbers;

  QueryInExpDetail(Members members, AccountSets sets, Accounts accounts, EntryNumbers numbers) {
    this.members = members;
    this.sets = sets;
    this.accounts = accounts;
    this.numbers = numbers;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = members.active(caller.merchant(), request.member());
    sets.requireMembers(caller.merchant(), request.accountSetNo());
    AccountStatement statement =
        accounts.statement(
            member.account(),
            from(request),
            to(request, caller),
            request.position() - 1,
            Math.toIntExact(request.count()));
    Map<String, String> known = numbers.of(member, statement.lines());
    List<Entry> entries =
        statement.lines().stream().map(line -> entry(line, known.get(line.id()))).toList();
    return new Response(member.bizUserId(), statement.total(), entries);
  }

  private static Instant from(Request request) {
    return request.start() == null ? Instant.EPOCH : BeijingTime.startOf(request.start());
  }

  private static Instant to(Request request, Caller caller) {
    LocalDate last = request.end() == null ? BeijingTime.dayOf(caller.now()) : request.end();
    return BeijingTime.startOf(last.plusDays(1));
  }

  private static Entry entry(Line line, @Nullable String number) {
    return new Entry(
        line.id(),
        SET_NAME,
        line.at(),
        line.balanceAfter(),
        line.balanceBefore(),
        line.amount(),
        line.frozenAfter(),
        number,
        line.remark());
  }
}
