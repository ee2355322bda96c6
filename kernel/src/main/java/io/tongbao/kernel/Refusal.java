package io.tongbao.kernel;

/**
 * The caller's fault, and what to tell him: a reason that each face puts into its own code and
 * words, and the subject that the words name (a wire field, a number). Carries no stack trace: a
 * refusal is an answer, not an accident.
 */
public final class Refusal extends RuntimeException {
  private final Reason reason;
  private final String subject;

  private Refusal(Reason reason, String subject) {
    super(reason + (subject.isEmpty() ? "" : " " + subject), null, false, false);
    this.reason = reason;
    this.subject = subject;
  }

  public static Refusal of(Reason reason) {
    return new Refusal(reason, "");
  }

  /** A refusal about {@code subject}: the wire name of a field, or what else the message names. */
  public static Refusal of(Reason reason, String subject) {
    return new Refusal(reason, subject);
  }

  /**
   * The same refusal of something that stands within something else, such as {@code list[2].} of a
   * list's third element.
   */
  public Refusal within(String place) {
    return of(reason, place + subject);
  }

  /** The same refusal where the request calls {@code field} by another name. */
  public Refusal calling(String field, String name) {
    return subject.equals(field) ? of(reason, name) : this;
  }

  public Reason reason() {
    return reason;
  }

  /** The field or thing that the message names; empty where there is none. Never a secret. */
  public String subject() {
    return subject;
  }

  /** Why a request is refused. Each face's exhaustive switch finds code and words for each. */
  public enum Reason {
    // the request itself
    MALFORMED,
    TOO_LARGE,
    MISSING_FIELD,
    BAD_FIELD,
    BAD_AMOUNT,
    NEGATIVE_AMOUNT,
    UNKNOWN_MERCHANT,
    SOURCE_NOT_ALLOWED,
    BAD_SIGNATURE,
    STALE_TIMESTAMP,
    MESSAGE_USED,
    DECRYPTION_FAILED,
    UNKNOWN_OPERATION,
    NOT_PERMITTED,
    BUSY,
    INTERNAL,

    // members
    B2C_NOT_ENABLED,
    TRANSFER_NOT_ENABLED,
    PASSWORD_CONFIRMATION_NOT_ENABLED,
    THREE_ELEMENTS_NOT_ENABLED,
    MEMBER_EXISTS,
    MEMBER_UNKNOWN,
    MEMBER_LOCKED,
    MEMBER_ALREADY_ACTIVE,
    WRONG_MEMBER_TYPE,
    ALREADY_REAL_NAMED,
    NOT_REAL_NAMED,
    REAL_NAME_MISMATCH,
    IDENTITY_REFUSED,
    CARD_BINDING_FAILED,
    CARD_UNBINDING_FAILED,
    CARD_UNKNOWN,
    CARD_ALREADY_BOUND,
    WRONG_ACCOUNT_SET,
    ACCOUNT_SET_UNKNOWN,
    PHONE_NOT_BOUND,
    MEMBER_UNAVAILABLE,
    COMPANY_ALREADY_AUDITED,
    PHONE_ALREADY_BOUND,
    SAFE_CARD_MUST_BE_DEBIT,
    SAFE_CARD_EXISTS,
    SAFE_CARD_NOT_UNBINDABLE,
    SAFE_CARD_FAILED,
    SAFE_CARD_REQUIRED,
    COMPANY_NOT_SET,
    PASSWORD_ALREADY_SET,
    PASSWORD_NOT_SET,
    PASSWORD_LOCKED,
    WRONG_PASSWORD,
    WRONG_CODE,
    CODE_TOO_SOON,
    UNSUPPORTED_IDENTITY_TYPE,
    BAD_IDENTITY_DATA,
    WRONG_CARD,

    // orders
    ORDER_UNKNOWN,
    ORDER_CLOSED,
    ORDER_WRONG,
    ORDER_EXPIRED,
    ORDER_NOT_UNPAID,
    PARTS_DO_NOT_ADD_UP,
    PAYMENT_FAILED,
    PAYMENT_TIMED_OUT,
    QUICKPAY_WITH_GATEWAY,
    NO_CHANNEL,
    TRADE_TYPE_UNKNOWN,
    RESERVE_SHORT,
    CREDIT_CARD_NOT_SUPPORTED,
    GOODS_ENTRY_FAILED,
    INSUFFICIENT_BALANCE,
    RULE_LIMIT,
    FEE_OVER_AMOUNT,
    ORDER_EXISTS,
    WRONG_ORDER_TYPE,
    WRONG_ORDER_STATE,
    WRONG_ORDER_AMOUNT,
    STRONG_REAL_NAME_FAILED,
    ORDER_OF_ANOTHER_MEMBER,
    GOODS_OVERSUBSCRIBED,
    GOODS_UNKNOWN,
    CHANNEL_NOT_CONFIGURED,
    PAYMENT_NOT_PERMITTED,
    WITHDRAWAL_WAY_NOT_SET,
    WRONG_CONFIRMATION,
    BELOW_MINIMUM_INVESTMENT,
    REMAINDER_BELOW_MINIMUM,
    FEE_NOT_SET,
    CHANNEL_BANK_NOT_SET,
    START_AFTER_END,
    UNSUPPORTED_SOURCE,
    UNKNOWN_BANK,
    BROKER_UNKNOWN,

    // files
    FILE_NOT_READY
  }
}
