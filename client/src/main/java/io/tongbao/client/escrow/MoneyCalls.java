package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls about money that is there: freezes, balances, statements, the day's file. §4.2.15 on. */
public final class MoneyCalls {
  private MoneyCalls() {}

  /** 冻结金额 §4.2.15. */
  @Calls("OrderService.freezeMoney")
  public record Freeze(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizFreezenNo") String number, // sic
      @JsonProperty("accountSetNo") String accountSet,
      @JsonProperty("amount") Money amount)
      implements EscrowCall<Frozen> {}

  /** 解冻金额 §4.2.16: part or all of a freeze. Twice the same needs another second. */
  @Calls("OrderService.unfreezeMoney")
  public record Unfreeze(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizFreezenNo") String number, // sic
      @JsonProperty("accountSetNo") String accountSet,
      @JsonProperty("amount") Money amount)
      implements EscrowCall<Frozen> {}

  /** What was frozen or unfrozen. */
  public record Frozen(
      @JsonProperty("bizFreezenNo") String number, // sic
      @JsonProperty("amount") Money amount) {}

  /** 查询余额 §4.2.20. */
  @Calls("OrderService.queryBalance")
  public record GetBalance(
      @JsonProperty("bizUserId") String member, @JsonProperty("accountSetNo") String accountSet)
      implements EscrowCall<Balance> {}

  /** All that is there, and what of it is frozen. */
  public record Balance(
      @JsonProperty("allAmount") Money total, @JsonProperty("freezenAmount") Money frozen) {} // sic

  /** 查询账户收支明细 §4.2.22; newest first, {@code start} counts from 1. */
  @Calls("OrderService.queryInExpDetail")
  public record GetStatement(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("accountSetNo") @Nullable String accountSet,
      @JsonProperty("dateStart") LocalDate from,
      @JsonProperty("dateEnd") LocalDate to,
      @JsonProperty("startPosition") int start,
      @JsonProperty("queryNum") int count)
      implements EscrowCall<Statement> {}

  /** A page of the statement. */
  public record Statement(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("totalNum") long total,
      @JsonProperty("inExpDetail") List<Line> lines) {}

  /** §5.14. */
  public record Line(
      @JsonProperty("tradeNo") String tradeNo,
      @JsonProperty("accountSetName") String accountSet,
      @JsonProperty("changeTime") String at,
      @JsonProperty("curAmount") Money after,
      @JsonProperty("oriAmount") Money before,
      @JsonProperty("chgAmount") Money change,
      @JsonProperty("curFreezenAmount") Money frozen, // sic
      @JsonProperty("bizOrderNo") @Nullable String number,
      @JsonProperty("remark") @Nullable String remark) {}

  /** 商户集合对账下载 §4.3.2; {@code day} as yyyyMMdd. */
  @Calls("MerchantService.getCheckAccountFile")
  public record GetFile(@JsonProperty("date") String day) implements EscrowCall<FileAddress> {}

  /** Where the day's file lies. */
  public record FileAddress(@JsonProperty("url") String url) {}
}
