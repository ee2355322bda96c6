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
  @Bean
  Channel gateway(SimulatedBank bank) {
    return askingPayer("GATEWAY", bank);
  }

  @Bean
  Channel posPay(SimulatedBank bank) {
    return askingPayer("POSPAY", bank);
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
  Channel weChatApp(SimulatedBank bank) {
    return askingPayer("WECHATPAY_APP", bank);
  }

  @Bean
  Channel scanWeChat(SimulatedBank bank) {
    return askingPayer("SCAN_WEIXIN", bank);
  }

  @Bean
  Channel scanAlipay(SimulatedBank bank) {
    return askingPayer("SCAN_ALIPAY", bank);
  }

  @Bean
  Channel weChatPublic(SimulatedBank bank) {
    return askingPayer("WECHAT_PUBLIC", bank);
  }

  @Bean
  Channel alipayService(SimulatedBank bank) {
    return askingPayer("ALIPAY_SERVICE", bank);
  }

  @Bean
  Channel qqWallet(SimulatedBank bank) {
    return askingPayer("QQ_WALLET", bank);
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

  private static Channel answering(String name, SimulatedBank bank) {
    return new SimulatedChannel(name, false, bank);
  }

  private static Channel askingPayer(String name, SimulatedBank bank) {
    return new SimulatedChannel(name, true, bank);
  }
}
