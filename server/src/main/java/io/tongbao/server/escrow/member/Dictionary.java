package io.tongbao.server.escrow.member;

import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.edge.Coded;
import io.tongbao.server.member.Audit;
import io.tongbao.server.member.BindMethod;
import io.tongbao.server.member.CardType;
import io.tongbao.server.member.MemberState;
import io.tongbao.server.member.MemberType;

/** What our words about members are on the wire. Specification §6.3 to §6.14 and §6.23. */
public final class Dictionary {
  private Dictionary() {}

  /** A dictionary whose codes are JSON numbers. */
  public interface Numbered extends Coded {
    int number();

    @Override
    default String code() {
      return Integer.toString(number());
    }

    @Override
    default boolean isNumber() {
      return true;
    }
  }

  /** 会员类型, §6.3. */
  enum MemberKind implements Numbered {
    COMPANY(2),
    PERSON(3);

    private final int number;

    MemberKind(int number) {
      this.number = number;
    }

    static MemberKind of(MemberType type) {
      return switch (type) {
        case COMPANY -> COMPANY;
        case PERSON -> PERSON;
      };
    }

    MemberType meaning() {
      return switch (this) {
        case COMPANY -> MemberType.COMPANY;
        case PERSON -> MemberType.PERSON;
      };
    }

    @Override
    public int number() {
      return number;
    }
  }

  /** 证件类型, §6.4, of which the interfaces take identity cards only. */
  public enum Document implements Numbered {
    IDENTITY_CARD;

    @Override
    public int number() {
      return 1;
    }

    @Override
    public Reason unknown() {
      return Reason.UNSUPPORTED_IDENTITY_TYPE;
    }
  }

  /** 银行卡类型, §6.5. */
  public enum Funds implements Numbered {
    DEBIT(1, "借记卡"),
    CREDIT(2, "信用卡");

    private final int number;
    private final String label;

    Funds(int number, String label) {
      this.number = number;
      this.label = label;
    }

    public static Funds of(CardType type) {
      return switch (type) {
        case DEBIT -> DEBIT;
        case CREDIT -> CREDIT;
      };
    }

    String label() {
      return label;
    }

    @Override
    public int number() {
      return number;
    }
  }

  /** 访问终端类型, §6.9. */
  enum Source implements Numbered {
    MOBILE(1),
    PC(2);

    private final int number;

    Source(int number) {
      this.number = number;
    }

    static Source of(int number) {
      return number == MOBILE.number ? MOBILE : PC;
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public Reason unknown() {
      return Reason.UNSUPPORTED_SOURCE;
    }
  }

  /** 验证码类型, §6.10, of which sendVerificationCode takes one. */
  enum CodeType implements Numbered {
    BIND_PHONE;

    @Override
    public int number() {
      return 9;
    }
  }

  /** 用户状态, §6.11. */
  enum UserState implements Numbered {
    ACTIVE(1),
    AUDIT_FAILED(3),
    LOCKED(5),
    AWAITING_AUDIT(7);

    private final int number;

    UserState(int number) {
      this.number = number;
    }

    static UserState of(MemberState state) {
      return switch (state) {
        case ACTIVE -> ACTIVE;
        case AUDIT_FAILED -> AUDIT_FAILED;
        case LOCKED -> LOCKED;
        case AWAITING_AUDIT -> AWAITING_AUDIT;
      };
    }

    @Override
    public int number() {
      return number;
    }
  }

  /** 企业信息审核状态, §6.12. */
  enum AuditState implements Numbered {
    PENDING(1),
    PASSED(2),
    FAILED(3);

    private final int number;

    AuditState(int number) {
      this.number = number;
    }

    static AuditState of(Audit audit) {
      return switch (audit) {
        case PENDING -> PENDING;
        case PASSED -> PASSED;
        case FAILED -> FAILED;
      };
    }

    @Override
    public int number() {
      return number;
    }
  }

  /** 绑定状态, §6.14. Only bound cards are shown. */
  enum BindState implements Numbered {
    BOUND;

    @Override
    public int number() {
      return 1;
    }
  }

  /** 绑卡方式, §6.23. */
  enum Binding implements Numbered {
    THREE_ELEMENTS(1),
    FOUR_ELEMENTS(2),
    VERIFY_PAY(3),
    QUICKPAY(4);

    private final int number;

    Binding(int number) {
      this.number = number;
    }

    static Binding of(BindMethod method) {
      return switch (method) {
        case THREE_ELEMENTS -> THREE_ELEMENTS;
        case FOUR_ELEMENTS -> FOUR_ELEMENTS;
        case VERIFY_PAY -> VERIFY_PAY;
        case QUICKPAY -> QUICKPAY;
      };
    }

    BindMethod meaning() {
      return switch (this) {
        case THREE_ELEMENTS -> BindMethod.THREE_ELEMENTS;
        case FOUR_ELEMENTS -> BindMethod.FOUR_ELEMENTS;
        case VERIFY_PAY -> BindMethod.VERIFY_PAY;
        case QUICKPAY -> BindMethod.QUICKPAY;
      };
    }

    @Override
    public int number() {
      return number;
    }
  }
}
