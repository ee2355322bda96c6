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
  public record Create(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("memberType") MemberType type,
      @JsonProperty("source") Source source)
      implements EscrowCall<Created> {
    @Override
    public String method() {
      return "MemberService.createMember";
    }

    @Override
    public Class<Created> answer() {
      return Created.class;
    }
  }

  /** The platform's number of the new member, and the merchant's. */
  public record Created(
      @JsonProperty("userId") String userId, @JsonProperty("bizUserId") String member) {}

  /** 发送短信验证码 §4.1.2, for binding a phone. */
  public record SendCode(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("phone") String phone,
      @JsonProperty("verificationCodeType") int purpose)
      implements EscrowCall<Done> {
    public SendCode(String member, String phone) {
      this(member, phone, BIND_PHONE);
    }

    @Override
    public String method() {
      return "MemberService.sendVerificationCode";
    }

    @Override
    public Class<Done> answer() {
      return Done.class;
    }
  }

  /** 绑定手机 §4.1.3. */
  public record BindPhone(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("phone") String phone,
      @JsonProperty("verificationCode") String code)
      implements EscrowCall<Done> {
    @Override
    public String method() {
      return "MemberService.bindPhone";
    }

    @Override
    public Class<Done> answer() {
      return Done.class;
    }
  }

  /** 个人实名认证 §4.1.5. */
  public record SetRealName(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") int identityType,
      @JsonProperty("identityNo") Secret identityNo)
      implements EscrowCall<RealName> {
    public SetRealName(String member, String name, Secret identityNo) {
      this(member, name, IDENTITY_CARD, identityNo);
    }

    @Override
    public String method() {
      return "MemberService.setRealName";
    }

    @Override
    public Class<RealName> answer() {
      return RealName.class;
    }
  }

  /** The real name as it is stored. */
  public record RealName(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") int identityType,
      @JsonProperty("identityNo") Secret identityNo) {}

  /** 获取会员信息 §4.1.8. */
  public record Get(@JsonProperty("bizUserId") String member) implements EscrowCall<MemberInfo> {
    @Override
    public String method() {
      return "MemberService.getMemberInfo";
    }

    @Override
    public Class<MemberInfo> answer() {
      return MemberInfo.class;
    }
  }

  /** What is known of a member: §5.8 for a person, §5.6 for a company. */
  public record MemberInfo(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("memberType") int type,
      @JsonProperty("memberInfo") @Nullable JsonNode facts) {}

  /** 锁定会员 §4.1.18. */
  public record Lock(@JsonProperty("bizUserId") String member) implements EscrowCall<Done> {
    @Override
    public String method() {
      return "MemberService.lockMember";
    }

    @Override
    public Class<Done> answer() {
      return Done.class;
    }
  }

  /** 解锁会员 §4.1.19. */
  public record Unlock(@JsonProperty("bizUserId") String member) implements EscrowCall<Done> {
    @Override
    public String method() {
      return "MemberService.unlockMember";
    }

    @Override
    public Class<Done> answer() {
      return Done.class;
    }
  }

  /** 重置绑定手机 §4.1.4; the code goes to the new phone. */
  public record ChangePhone(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("oldPhone") String oldPhone,
      @JsonProperty("newPhone") String newPhone,
      @JsonProperty("newVerificationCode") String code)
      implements EscrowCall<PhoneChanged> {
    @Override
    public String method() {
      return "MemberService.changeBindPhone";
    }

    @Override
    public Class<PhoneChanged> answer() {
      return PhoneChanged.class;
    }
  }

  /** Both phones. */
  public record PhoneChanged(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("oldPhone") String oldPhone,
      @JsonProperty("newPhone") String newPhone) {}
}
