package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.order.AccountSets;
import io.tongbao.server.order.Transfers;
import org.jspecify.annotations.Nullable;

/**
 * 平台转账: the platform gives a member money out of its deposit, marketing or custom account set, at
 * once. Specification §4.2.19.
 */
@Endpoint("OrderService.applicationTransfer")
final class ApplicationTransfer
    implements EscrowOperation<ApplicationTransfer.Request, ApplicationTransfer.Response> {
  private static final int REMARK = 100;

  record Request(
      @JsonProperty("bizTransferNo") String number,
      @JsonProperty("sourceAccountSetNo") String source,
      @JsonProperty("targetBizUserId") String target,
      @JsonProperty("targetAccountSetNo") String targetSet,
      @JsonProperty("amount") Money amount,
      @JsonProperty("remark") @Nullable String remark) {
    Request {
      OrderFields.number("bizTransferNo", number);
      OrderFields.text("remark", remark, REMARK);
    }
  }

  record Response(
      @JsonProperty("transferNo") String transferNo,
      @JsonProperty("bizTransferNo") String number,
      @JsonProperty("amount") Money amount) {}

  private final Members members;
  private final AccountSets sets;
  private final Transfers transfers;

  ApplicationTransfer(Members members, AccountSets sets, Transfers transfers) {
    this.members = members;
    this.sets = sets;
    this.transfers = transfers;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Merchant merchant = caller.merchant();
    Member target = members.active(merchant, request.target(), "targetBizUserId");
    sets.requireMembers(merchant, request.targetSet(), "targetAccountSetNo");
    String transferNo =
        transfers.open(
            merchant,
            new Transfers.Draft(
                request.number(),
                request.source(),
                target,
                request.amount(),
                request.remark(),
                caller.digest()),
            caller.now());
    return new Response(transferNo, request.number(), request.amount());
  }
}
