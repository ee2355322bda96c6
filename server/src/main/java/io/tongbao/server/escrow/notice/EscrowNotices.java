package io.tongbao.server.escrow.notice;

import io.tongbao.server.escrow.EscrowKeys;
import io.tongbao.server.notice.NoticeForm;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kinds of news that the escrow face tells. */
@Configuration(proxyBeanMethods = false)
class EscrowNotices {
  private static final String PASSWORDS = "MemberPwdService";
  private static final List<String> MEMBER = List.of("bizUserId");

  /** §4.2.12 订单结果通知. */
  @Bean
  NoticeForm orderNotice(EscrowKeys keys) {
    return new RpsForm(
        "escrow.order",
        "OrderService",
        "pay",
        List.of(
            "orderNo",
            "bizOrderNo",
            "amount",
            "payDatetime",
            "buyerBizUserId",
            "refundWhereabouts",
            "remainAmount",
            "extendInfo"),
        keys);
  }

  /** §4.1.7 企业信息审核结果通知. */
  @Bean
  NoticeForm auditNotice(EscrowKeys keys) {
    return new RpsForm(
        "escrow.verifyResult",
        "MemberService",
        "verifyResult",
        List.of("bizUserId", "result", "checkTime", "remark", "failReason"),
        keys);
  }

  /** §4.1.20 设置支付密码. */
  @Bean
  NoticeForm passwordSetNotice(EscrowKeys keys) {
    return new RpsForm("escrow.setPayPwd", PASSWORDS, "setPayPwd", MEMBER, keys);
  }

  /** §4.1.21 修改支付密码. */
  @Bean
  NoticeForm passwordChangeNotice(EscrowKeys keys) {
    return new RpsForm("escrow.updatePayPwd", PASSWORDS, "updatePayPwd", MEMBER, keys);
  }

  /** §4.1.22 重置支付密码. */
  @Bean
  NoticeForm passwordResetNotice(EscrowKeys keys) {
    return new RpsForm("escrow.resetPayPwd", PASSWORDS, "resetPayPwd", MEMBER, keys);
  }

  /** §4.1.23 修改手机【密码验证版】. */
  @Bean
  NoticeForm phoneChangeNotice(EscrowKeys keys, SealedFact sealed) {
    return new RpsForm(
        "escrow.updatePhoneByPayPwd",
        PASSWORDS,
        "updatePhoneByPayPwd",
        List.of("bizUserId", "newPhone"),
        keys,
        sealed);
  }
}
