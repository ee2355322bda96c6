package io.tongbao.server.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** THREATS T-X8: which texts may be a member's number, a name, a card, an identity, a phone. */
class FormsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "0",
        "u-1",
        "U_1.x",
        "a@b.cn",
        "13900000001",
        "{x}",
        "~",
        "#a",
        "a#yun",
        "'",
        "\"",
        "\\"
      })
  void memberNumbersThatMayBe(String text) {
    assertThat(Forms.memberNumber(text, "bizUserId")).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "a b",
        "a ",
        " a",
        "a\u00a0",
        "a\u0000",
        "a\n",
        "a\t",
        "\u007f",
        "用户",
        "é",
        "ａ",
        "#yunBizUserId_B2C#",
        "#yunBizUserId_application#",
        "#yunanything",
        "#YUNBizUserId_B2C#",
        "＃yunBizUserId_B2C＃",
        "a\u200b",
        "\ufeffa",
        "a\u202eb",
        "\ud800"
      })
  void memberNumbersThatMayNot(String text) {
    refused(() -> Forms.memberNumber(text, "bizUserId"), "bizUserId");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"王小二", "阿凡提·买买提", "𠮷野", "𡋾", "O'Neill", "Anna Maria", "㐀", "龘", "Jose\u0301"})
  void namesThatMayBe(String text) {
    assertThat(Forms.name(text, "name").reveal()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Jose\u0301", "a\u030a"})
  void namesAreComposed(String text) {
    assertThat(Forms.name(text, "name").reveal()).hasSize(text.length() - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        " 王",
        "王 ",
        "王\u00a0",
        "王\u3000小二",
        "王\u0000",
        "王\n",
        "王\u0085",
        "王\u2028",
        "王\u202a",
        "王\u202b",
        "王\u202c",
        "王\u202d",
        "王\u202e",
        "王\u2066",
        "王\u2067",
        "王\u2068",
        "王\u2069",
        "王\u200b",
        "王\u200c",
        "王\u200d",
        "王\ufeff",
        "王\u00ad",
        "王\u061c",
        "王\ue000",
        "王\udb80\udc00",
        "王\udbc0\udc00",
        "王\ud800",
        "\udc00王",
        "王|二",
        "王\ufffe"
      })
  void namesThatMayNot(String text) {
    refused(() -> Forms.name(text, "name"), "name");
  }

  @ParameterizedTest
  @ValueSource(ints = {Forms.NAME + 1, 10_000})
  void namesThatAreTooLong(int length) {
    refused(() -> Forms.name("王".repeat(length), "name"), "name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "23900000001",
        "1390000000",
        "139000000011",
        "+8613900000001",
        "１3900000001",
        "1390000000a",
        "13900000001\n",
        " 13900000001"
      })
  void phonesThatMayNot(String text) {
    refused(() -> Forms.phone(text, "phone"), "phone");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "61042219860000000",
        "6104221986000000000",
        "61042219860000000Y",
        "６10422198600000000",
        "61042219860000000X\n",
        "0!0\t\u0006\u0005+\u000e\u0003\u0002\u001a\u0005\u0000\u0004\u0014"
      })
  void identitiesThatMayNot(String text) {
    refused(() -> Forms.identityNo(new Secret(text), "identityNo"), "identityNo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"61042219860000000x", "61042219860000000X"})
  void identitiesAreUpperCase(String text) {
    assertThat(Forms.identityNo(new Secret(text), "identityNo").reveal())
        .isEqualTo("61042219860000000X");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "62284800000",
        "62284804026378742141",
        "622848040263787421x",
        "6228 4804 0263 7874 214",
        "６228480402637874214",
        "-228480402637874214"
      })
  void cardsThatMayNot(String text) {
    refused(() -> Forms.cardNo(new Secret(text), "cardNo"), "cardNo");
  }

  private static void refused(Runnable check, String field) {
    assertThatThrownBy(check::run)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(Refusal.Reason.BAD_FIELD);
              assertThat(refusal.subject()).isEqualTo(field);
            });
  }
}
