package io.tongbao.server.channel.simulated;

import io.tongbao.server.channel.Channel;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * The channels of the sandbox: the ways of paying of specification escrow §5.2 that go outside, and
 * TLT (通联通), which sends money to bank accounts.
 */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class SimulatedChannels {
  /** 付款码. */
  private static final Voucher TERMINAL_CODE = (_, deal, _) -> deal.code();

  /** tradeNO. */
  private static final Voucher SERIAL = (_, deal, _) -> deal.serial();

  @Bean
  Channel gateway(SimulatedBank bank) {
    return askingPayer("GATEWAY", bank);
  }

  @Bean
  Channel posPay(SimulatedBank bank) {
    return giving("POSPAY", bank, TERMINAL_CODE);
  }

  @Bean
  Channel realNamePay(SimulatedBank bank) {
    return answering("REALNAMEPAY", bank);
  }

  @Bean
  Channel realNamePayBatch(SimulatedBank bank) {
    return answering("REALNAMEPAY_BATCH", bank);
  }

  @Bean
  Channel withholdTlt(SimulatedBank bank) {
    return answering("WITHHOLD_TLT", bank);
  }

  @Bean
  Channel quickPay(SimulatedBank bank) {
    return answering("QUICKPAY_N", bank);
  }

  @Bean
  Channel weChatApp(SimulatedBank bank, WalletVouchers vouchers) {
    return giving("WECHATPAY_APP", bank, vouchers::weChatApp);
  }

  @Bean
  Channel scanWeChat(SimulatedBank bank, WalletVouchers vouchers) {
    return giving("SCAN_WEIXIN", bank, vouchers::address);
  }

  @Bean
  Channel scanAlipay(SimulatedBank bank, WalletVouchers vouchers) {
    return giving("SCAN_ALIPAY", bank, vouchers::address);
  }

  @Bean
  Channel weChatPublic(SimulatedBank bank, WalletVouchers vouchers) {
    return giving("WECHAT_PUBLIC", bank, vouchers::weChatPublic);
  }

  @Bean
  Channel alipayService(SimulatedBank bank) {
    return giving("ALIPAY_SERVICE", bank, SERIAL);
  }

  @Bean
  Channel qqWallet(SimulatedBank bank, WalletVouchers vouchers) {
    return giving("QQ_WALLET", bank, vouchers::address);
  }

  @Bean
  Channel codePayWeChat(SimulatedBank bank) {
    return answering("CODEPAY_W", bank);
  }

  @Bean
  Channel codePayAlipay(SimulatedBank bank) {
    return answering("CODEPAY_A", bank);
  }

  @Bean
  Channel codePayQq(SimulatedBank bank) {
    return answering("CODEPAY_Q", bank);
  }

  @Bean
  Channel tlt(SimulatedBank bank) {
    return answering("TLT", bank);
  }

  @Bean
  Channel bankCard(SimulatedBank bank) {
    return answering("BANKCARD", bank);
  }

  @Bean
  Channel alipay(SimulatedBank bank) {
    return answering("ALIPAY", bank);
  }

  @Bean
  Channel wxPay(SimulatedBank bank) {
    return answering("WXPAY", bank);
  }

  private static Channel answering(String name, SimulatedBank bank) {
    return new SimulatedChannel(name, false, bank);
  }

  private static Channel askingPayer(String name, SimulatedBank bank) {
    return new SimulatedChannel(name, true, bank);
  }

  private static Channel giving(String name, SimulatedBank bank, Voucher voucher) {
    return new SimulatedChannel(name, true, bank, voucher);
  }
}
