package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.order.Bid;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;

/** 商品信息 of a P2P 标的. Specification §5.4. */
record GoodsParams(
    @JsonProperty("amount") Money amount,
    @JsonProperty("totalAmount") Money totalAmount,
    @JsonProperty("highestAmount") @Nullable Money highestAmount,
    @JsonProperty("annualYield") JsonNode annualYield,
    @JsonProperty("investmentHorizon") Long investmentHorizon,
    @JsonProperty("investmentHorizonScale") Long investmentHorizonScale,
    @JsonProperty("beginDate") @Nullable LocalDate beginDate,
    @JsonProperty("endDate") @Nullable LocalDate endDate,
    @JsonProperty("repayType") Long repayType,
    @JsonProperty("guaranteeType") Long guaranteeType,
    @JsonProperty("repayPeriodNumber") @Nullable Long repayPeriodNumber,
    @JsonProperty("minimumAmountInvestment") @Nullable Money minimumAmountInvestment) {

  private static final Pattern YIELD = Pattern.compile("\\A[0-9]{1,4}(?:\\.[0-9]{1,8})?\\z");
  private static final Set<Long> REPAY_TYPES = Set.of(1L, 2L, 3L, 4L, 99L);
  private static final Set<Long> GUARANTEE_TYPES = Set.of(1L, 2L, 3L, 4L, 5L, 99L);
  private static final int LONGEST = 100_000;

  GoodsParams {
    requirePositive(amount, "amount");
    requirePositive(totalAmount, "totalAmount");
    requirePositive(highestAmount, "highestAmount");
    requirePositive(minimumAmountInvestment, "minimumAmountInvestment");
    require(
        YIELD
            .matcher(annualYield.isString() ? annualYield.stringValue() : annualYield.toString())
            .matches(),
        "annualYield");
    requireCount(investmentHorizon, "investmentHorizon");
    require(investmentHorizonScale == 1 || investmentHorizonScale == 2, "investmentHorizonScale");
    require(REPAY_TYPES.contains(repayType), "repayType");
    require(GUARANTEE_TYPES.contains(guaranteeType), "guaranteeType");
    if (repayPeriodNumber != null) {
      requireCount(repayPeriodNumber, "repayPeriodNumber");
    }
    Money most = highestAmount == null ? amount : highestAmount;
    require(
        minimumAmountInvestment == null || !minimumAmountInvestment.isMoreThan(most),
        "minimumAmountInvestment");
    if (beginDate != null && endDate != null && beginDate.isAfter(endDate)) {
      throw Refusal.of(Reason.START_AFTER_END, "beginDate");
    }
  }

  /** As bids have it. */
  Bid.Terms terms() {
    Long periods = repayPeriodNumber;
    return new Bid.Terms(
        amount,
        totalAmount,
        highestAmount,
        minimumAmountInvestment,
        new BigDecimal(annualYield.isString() ? annualYield.stringValue() : annualYield.toString()),
        investmentHorizon.intValue(),
        investmentHorizonScale.intValue(),
        beginDate,
        endDate,
        repayType.intValue(),
        guaranteeType.intValue(),
        periods == null ? null : periods.intValue());
  }

  /** As answers have it. */
  static GoodsParams of(Bid.Terms terms) {
    Integer periods = terms.repayPeriods();
    return new GoodsParams(
        terms.amount(),
        terms.total(),
        terms.highest(),
        DecimalNode.valueOf(terms.annualYield()),
        (long) terms.horizon(),
        (long) terms.horizonScale(),
        terms.begin(),
        terms.end(),
        (long) terms.repayType(),
        (long) terms.guaranteeType(),
        periods == null ? null : periods.longValue(),
        terms.minimum());
  }

  private static void requirePositive(@Nullable Money money, String field) {
    if (money != null && !money.isPositive()) {
      throw Refusal.of(Reason.BAD_AMOUNT, field);
    }
  }

  private static void requireCount(Long count, String field) {
    require(count > 0 && count <= LONGEST, field);
  }

  private static void require(boolean fits, String field) {
    if (!fits) {
      throw Refusal.of(Reason.BAD_FIELD, field);
    }
  }
}
