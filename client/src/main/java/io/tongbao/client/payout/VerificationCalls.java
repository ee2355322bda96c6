package io.tongbao.client.payout;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Secret;

/** Calls that ask whether a person is who he says: 用户信息验证接口, specification §2.3. */
public final class VerificationCalls {
  private VerificationCalls() {}

  /** 银行卡四要素请求鉴权 §2.3 (1.1): texts a code, once a minute however often it is called. */
  public record Request(
      @JsonProperty("card_no") Secret card,
      @JsonProperty("id_card") Secret identity,
      @JsonProperty("real_name") Secret name,
      @JsonProperty("mobile") Secret phone)
      implements Post<Requested> {
    @Override
    public String path() {
      return "/authentication/verify-request";
    }

    @Override
    public Class<Requested> answer() {
      return Requested.class;
    }

    /** What confirms this request. */
    public Confirm confirm(String captcha, Requested requested) {
      return new Confirm(card, identity, name, phone, captcha, requested.ref());
    }
  }

  /**
   * A code was sent, or was sent within this minute.
   *
   * @param ref 交易凭证
   */
  public record Requested(@JsonProperty("ref") String ref) {}

  /** 银行卡四要素确认鉴权 §2.3 (1.2): five tries, within the minute. */
  public record Confirm(
      @JsonProperty("card_no") Secret card,
      @JsonProperty("id_card") Secret identity,
      @JsonProperty("real_name") Secret name,
      @JsonProperty("mobile") Secret phone,
      @JsonProperty("captcha") String captcha,
      @JsonProperty("ref") String ref)
      implements Plain {
    @Override
    public String path() {
      return "/authentication/verify-confirm";
    }
  }

  /** 银行卡四要素验证 §2.3 (2). */
  public record FourFactors(
      @JsonProperty("card_no") Secret card,
      @JsonProperty("id_card") Secret identity,
      @JsonProperty("real_name") Secret name,
      @JsonProperty("mobile") Secret phone)
      implements Plain {
    @Override
    public String path() {
      return "/authentication/verify-bankcard-four-factor";
    }
  }

  /** 银行卡三要素验证 §2.3 (3). */
  public record ThreeFactors(
      @JsonProperty("card_no") Secret card,
      @JsonProperty("id_card") Secret identity,
      @JsonProperty("real_name") Secret name)
      implements Plain {
    @Override
    public String path() {
      return "/authentication/verify-bankcard-three-factor";
    }
  }

  /** 身份证实名验证 §2.3 (4). */
  public record Identity(
      @JsonProperty("id_card") Secret identity, @JsonProperty("real_name") Secret name)
      implements Plain {
    @Override
    public String path() {
      return "/authentication/verify-id";
    }
  }

  /** 支付宝授权 §2.3 (5): what the payee's app hands to the Alipay SDK. */
  public record AuthorizeAlipay(@JsonProperty("broker_id") String broker)
      implements PayoutCall<AlipayAuthorization> {
    @Override
    public Verb verb() {
      return Verb.GET;
    }

    @Override
    public String path() {
      return "/api/payment/v1/auth-alipay";
    }

    @Override
    public Class<AlipayAuthorization> answer() {
      return AlipayAuthorization.class;
    }
  }

  /** The signed request to Alipay. */
  public record AlipayAuthorization(@JsonProperty("info") String info) {}

  /** 身份证信息上传 §2.4; sent with its pictures by {@link PayoutClient#upload}. */
  public record IdentityCard(
      @JsonProperty("broker_id") String broker,
      @JsonProperty("real_name") Secret name,
      @JsonProperty("id_card") Secret identity)
      implements Plain {
    @Override
    public String path() {
      return "/api/payment/v1/sign/idcard/image";
    }

    @Override
    public boolean namesDealer() {
      return true;
    }
  }

  /** Is asked by POST. */
  interface Post<R> extends PayoutCall<R> {
    @Override
    default Verb verb() {
      return Verb.POST;
    }
  }

  /** Returning means that it is so; what is not so is refused. */
  interface Plain extends Post<PayoutCall.Done> {
    @Override
    default Class<Done> answer() {
      return Done.class;
    }
  }
}
