package io.tongbao.server.payout.verification;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.member.Forms;
import io.tongbao.server.payment.Broker;
import io.tongbao.server.payment.Brokers;
import io.tongbao.server.payout.PayoutOperation;

/**
 * 身份证信息上传: both sides of an identity card. The pictures are not signed; they are painted anew and
 * sealed, and nothing is decided by them. Specification §2.4 (1).
 */
@Endpoint("POST /api/payment/v1/sign/idcard/image")
final class UploadIdCard implements PayoutOperation<UploadIdCard.Request, UploadIdCard.Response> {

  record Request(
      @JsonProperty("dealer_id") String dealer,
      @JsonProperty("broker_id") String broker,
      @JsonProperty("real_name") Secret realName,
      @JsonProperty("id_card") Secret idCard,
      @JsonProperty("id_card_image") Bytes front,
      @JsonProperty("id_card_image_background") Bytes back) {}

  record Response() {}

  private final Brokers brokers;
  private final IdentityImages images;

  UploadIdCard(Brokers brokers, IdentityImages images) {
    this.brokers = brokers;
    this.images = images;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Broker broker = brokers.find(caller.merchant(), request.broker());
    IdentityImages.Person person =
        new IdentityImages.Person(
            broker.id(),
            Forms.name(request.realName().reveal(), "real_name"),
            Forms.identityNo(request.idCard(), "id_card"));
    IdentityImages.Pictures pictures =
        new IdentityImages.Pictures(
            IdentityPicture.repainted("id_card_image", request.front()),
            IdentityPicture.repainted("id_card_image_background", request.back()));
    images.keep(caller.merchant(), person, pictures, caller.now());
    return new Response();
  }
}
