package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.escrow.member.Dictionary.Funds;
import io.tongbao.server.member.CardBin;
import io.tongbao.server.member.CardBins;
import io.tongbao.server.member.Forms;

/** 查询卡 bin: which bank's card a number is, and of what kind. Specification §4.1.9, §5.1. */
@Endpoint(value = "MemberService.getBankCardBin", reads = true)
final class GetBankCardBin
    implements EscrowOperation<GetBankCardBin.Request, GetBankCardBin.Response> {
  private static final long VALID = 1;

  record Request(@JsonProperty("cardNo") Secret cardNo) {
    Request {
      cardNo = Forms.cardNo(cardNo, "cardNo");
    }
  }

  record Response(@JsonProperty("cardBinInfo") Info info) {}

  record Info(
      @JsonProperty("cardBin") String cardBin,
      @JsonProperty("cardType") Funds cardType,
      @JsonProperty("bankCode") String bankCode,
      @JsonProperty("bankName") String bankName,
      @JsonProperty("cardName") String cardName,
      @JsonProperty("cardLenth") long cardLength, // sic
      @JsonProperty("cardState") long cardState,
      @JsonProperty("cardTypeLabel") String cardTypeLabel) {}

  private final CardBins bins;

  GetBankCardBin(CardBins bins) {
    this.bins = bins;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    CardBin bin =
        bins.find(request.cardNo()).orElseThrow(() -> Refusal.of(Reason.UNKNOWN_BANK, "cardNo"));
    Funds funds = Funds.of(bin.type());
    return new Response(
        new Info(
            bin.prefix(),
            funds,
            bin.bankCode(),
            bin.bankName(),
            bin.cardName(),
            bin.length(),
            VALID,
            funds.label()));
  }
}
