package io.tongbao.client.tour;

import io.tongbao.client.escrow.CardCalls;
import io.tongbao.client.escrow.CompanyCalls;
import io.tongbao.client.escrow.MemberCalls;
import io.tongbao.client.escrow.MemberType;
import io.tongbao.client.escrow.OrderCalls;
import io.tongbao.client.escrow.Payment;
import io.tongbao.client.escrow.Source;
import io.tongbao.client.escrow.Terms;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A company: says what it is, is audited in the sandbox, sells, and withdraws to its own account
 * and to its legal person's card once the audit desk has passed that. Specification §4.1.6, §4.1.7,
 * §4.1.14, §4.2.3.
 */
final class CompanyStory {
  private static final String NOTICES = "company";
  private static final int PASSED = 2;
  private static final int OWN_ACCOUNT = 1;
  private static final int PERSONAL_CARD = 0;
  private static final int SUCCEEDED = 4;

  private final Walk walk;
  private final Story story;
  private final Terms terms;
  private final Actor buyer;
  private final Actor firm = Actor.called("company", "李大成");
  private final Secret account = new Secret("3100150" + Ids.digits(10));

  CompanyStory(Walk walk, Actor buyer) {
    this.walk = walk;
    this.story = walk.story();
    this.terms = walk.terms("company-orders");
    this.buyer = buyer;
  }

  void run() {
    story.chapter("企业 A company");
    create();
    audit();
    bind();
    sell();
    withdraw("out-account", account, OWN_ACCOUNT, 6_000, 4_000);
    card();
    withdraw("out-card", firm.card(), PERSONAL_CARD, 3_000, 1_000);
  }

  private void create() {
    story.step("创建企业会员, 设置企业信息");
    walk.call(new MemberCalls.Create(firm.member(), MemberType.COMPANY, Source.PC));
    walk.refused("30030", new MemberCalls.SendCode(firm.member(), firm.phone()));
    var submitted =
        walk.call(
            new CompanyCalls.SetInfo(
                firm.member(),
                walk.sandbox().catchUrl(walk.number(NOTICES)),
                new CompanyCalls.Facts(
                    "武夷大成茶业有限公司",
                    "福建省武夷山市",
                    "91350782MA" + Ids.digits(8),
                    null,
                    null,
                    firm.name(),
                    MemberCalls.IDENTITY_CARD,
                    firm.identity(),
                    firm.phone(),
                    account,
                    "建设银行",
                    null,
                    null,
                    null)));
    story.expect("bizUserId", firm.member(), submitted.member());
    story.step("审核之前不能绑定手机");
    walk.nextSecond();
    walk.refused("30022", new MemberCalls.SendCode(firm.member(), firm.phone()));
  }

  private void audit() {
    story.step("沙箱审核通过, 收到通知");
    desk("company");
    for (JsonNode caught : walk.notices(NOTICES)) {
      JsonNode notice = caught.required("decoded");
      story.came(notice);
      story.expect("method", "verifyResult", notice.path("method").asString(""));
      int result = notice.path("returnValue").path("result").asInt();
      story.expect("result", PASSED, result);
      return;
    }
    throw new TourFailed("no notice of the audit");
  }

  /** The audit desk's word, as a tester says it. */
  private void desk(String about) {
    ObjectNode word = walk.sandbox().object();
    word.put("sysid", walk.client().credentials().sysid());
    word.put("result", "pass");
    String path = "members/" + firm.member() + "/" + about;
    story.sent("POST /sandbox/api/" + path + " " + word);
    story.came(walk.sandbox().post(path, word));
  }

  private void bind() {
    story.step("绑定手机");
    walk.bindPhone(firm);
    JsonNode facts = walk.call(new MemberCalls.Get(firm.member())).facts();
    story.expect("status", PASSED, facts == null ? 0 : facts.path("status").asInt());
  }

  private void sell() {
    story.step("卖出 100.00 元");
    String number = walk.number("sale");
    Money amount = Money.ofFen(10_000);
    walk.call(
        new OrderCalls.Consume(
            buyer.member(),
            firm.member(),
            number,
            amount,
            Money.ZERO,
            null,
            Payment.balance(walk.accountSet(), amount),
            "大红袍",
            null,
            terms));
    walk.pay(buyer, number);
    walk.balance(firm.member(), 10_000, 0);
  }

  private void card() {
    story.step("绑定法人的个人卡, 审核之前不能提现到卡");
    walk.call(
        new CardCalls.BindByThree(
            firm.member(),
            firm.name(),
            MemberCalls.IDENTITY_CARD,
            firm.identity(),
            firm.card(),
            null,
            null));
    walk.refused("30016", withdrawal("out-early", firm.card(), PERSONAL_CARD, 3_000));
    story.step("沙箱审核个人卡");
    desk("card");
  }

  private void withdraw(String name, Secret card, int kind, long amount, long left) {
    story.step("提现 " + Money.ofFen(amount) + " 元到" + (kind == OWN_ACCOUNT ? "对公账户" : "个人卡"));
    walk.call(withdrawal(name, card, kind, amount));
    walk.pay(firm, walk.number(name));
    walk.status(firm.member(), walk.number(name), SUCCEEDED);
    walk.balance(firm.member(), left, 0);
  }

  private OrderCalls.Withdraw withdrawal(String name, Secret card, int kind, long amount) {
    return new OrderCalls.Withdraw(
        walk.number(name),
        firm.member(),
        walk.accountSet(),
        Money.ofFen(amount),
        Money.ZERO,
        Payment.payout(),
        card,
        kind,
        "T0",
        terms);
  }
}
