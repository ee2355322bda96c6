package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Secret;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Calls about members. Specification §4.1. {@code member} is the merchant's own number. */
public final class MemberCalls {
  /** The only identity paper that is accepted: 身份证. */
  public static final int IDENTITY_CARD = 1;

  private static final int BIND_PHONE = 9;

  private MemberCalls() {}

  /** An answer that only names the member. */
  public record Done(@JsonProperty("bizUserId") String member) {}

  /** 创建会员 §4.1.1. */
  @Calls("MemberService.createMember")
  public record Create(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("memberType") MemberType type,
      @JsonProperty("source") Source source)
      implements EscrowCall<Created> {}

  /** The platform's number of the new member, and the merchant's. */
  public record Created(
      @JsonProperty("userId") String userId, @JsonProperty("bizUserId") String member) {}

  /** 发送短信验证码 §4.1.2, for binding a phone. */
  @Calls("MemberService.sendVerificationCode")
  public record SendCode(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("phone") String phone,
      @JsonProperty("verificationCodeType") int purpose)
      implements EscrowCall<Done> {
    public SendCode(String member, String phone) {
      this(member, phone, BIND_PHONE);
    }
  }

  /** 绑定手机 §4.1.3. */
  @Calls("MemberService.bindPhone")
  public record BindPhone(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("phone") String phone,
      @JsonProperty("verificationCode") String code)
      implements EscrowCall<Done> {}

  /** 个人实名认证 §4.1.5. */
  @Calls("MemberService.setRealName")
  public record SetRealName(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") int identityType,
      @JsonProperty("identityNo") Secret identityNo)
      implements EscrowCall<RealName> {
    public SetRealName(String member, String name, Secret identityNo) {
      this(member, name, IDENTITY_CARD, identityNo);
    }
  }

  /** The real name as it is stored. */
  public record RealName(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") int identityType,
      @JsonProperty("identityNo") Secret identityNo) {}

  /** 获取会员信息 §4.1.8. */
  @Calls("MemberService.getMemberInfo")
  public record Get(@JsonProperty("bizUserId") String member) implements EscrowCall<MemberInfo> {}

  /** What is known of a member: §5.8 for a person, §5.6 for a company. */
  public record MemberInfo(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("memberType") int type,
      @JsonProperty("memberInfo") @Nullable JsonNode facts) {}

  /** 锁定会员 §4.1.18. */
  @Calls("MemberService.lockMember")
  public record Lock(@JsonProperty("bizUserId") String member) implements EscrowCall<Done> {}

  /** 解锁会员 §4.1.19. */
  @Calls("MemberService.unlockMember")
  public record Unlock(@JsonProperty("bizUserId") String member) implements EscrowCall<Done> {}

  /** 重置绑定手机 §4.1.4; the code goes to the new phone. */
  @Calls("MemberService.changeBindPhone")
  public record ChangePhone(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("oldPhone") String oldPhone,
      @JsonProperty("newPhone") String newPhone,
      @JsonProperty("newVerificationCode") String code)
      implements EscrowCall<PhoneChanged> {}

  /** Both phones. */
  public record PhoneChanged(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("oldPhone") String oldPhone,
      @JsonProperty("newPhone") String newPhone) {}
}
