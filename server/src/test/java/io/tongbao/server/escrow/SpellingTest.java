package io.tongbao.server.escrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Codec;
import io.tongbao.server.edge.Json;
import io.tongbao.server.escrow.CatalogTest.Colour;
import io.tongbao.server.escrow.CatalogTest.Everything;
import io.tongbao.server.escrow.CatalogTest.Item;
import io.tongbao.wire.crypto.RsaKeys;
import io.tongbao.wire.crypto.RsaType1;
import java.security.KeyPair;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How fields of all types are read and written, and by which names they are refused. */
class SpellingTest {
  private static final KeyPair MERCHANT = RsaKeys.generate();
  private static final KeyPair PLATFORM = RsaKeys.generate();
  private static final EscrowSpelling SPELLING =
      new EscrowSpelling(MERCHANT.getPublic(), PLATFORM.getPrivate());
  private static final Codec<Everything> CODEC = Codec.of(Everything.class);

  @Test
  void readsAndWritesEveryType() {
    String card =
        RsaType1.seal(
            RsaType1.Shape.ACCOUNT, new Secret("6228480402637874214"), MERCHANT.getPrivate());
    Everything read =
        decode(
            """
            {"text":"一","amount":100,"fee":0,"count":9007199254740993,"flag":true,
             "ordErexpireDatetime":"2026-02-28 23:59:59","day":"2024-02-29","colour":2,
             "cardNo":"%s","itemList":[{"name":"a","amount":1},{"name":"b","amount":2,"more":{}}],
             "payMethod":{"BALANCE":[{"amount":1.50}]},"unknown":[1,2]}
            """
                .formatted(card));
    assertThat(read.amount()).isEqualTo(Money.ofFen(100));
    assertThat(read.time()).isEqualTo(Instant.parse("2026-02-28T15:59:59Z"));
    assertThat(read.day()).isEqualTo(LocalDate.of(2024, 2, 29));
    assertThat(read.colour()).isEqualTo(Colour.BLUE);
    assertThat(read.card()).isEqualTo(new Secret("6228480402637874214"));
    assertThat(read.items())
        .containsExactly(new Item("a", Money.ofFen(1)), new Item("b", Money.ofFen(2)));

    String written = CODEC.encode(read, SPELLING);
    assertThat(written)
        .startsWith(
            "{\"text\":\"一\",\"amount\":100,\"fee\":0,\"count\":9007199254740993,\"flag\":true")
        .contains(
            "\"ordErexpireDatetime\":\"2026-02-28 23:59:59\",\"day\":\"2024-02-29\",\"colour\":2")
        .contains("\"itemList\":[{\"name\":\"a\",\"amount\":1},{\"name\":\"b\",\"amount\":2}]")
        .endsWith("\"payMethod\":{\"BALANCE\":[{\"amount\":1.50}]}}")
        .doesNotContain("6228480402637874214", card, "unknown");
    String sealed = Json.object("", written).get("cardNo").stringValue();
    assertThat(RsaType1.open(sealed, PLATFORM.getPublic()))
        .isEqualTo(new Secret("6228480402637874214"));
  }

  @Test
  void takesNumbersAsTextsAndTheOtherWayRound() {
    Everything read =
        decode(
            "{\"text\":200001,\"amount\":\"100\",\"count\":\"-7\",\"flag\":\"true\",\"colour\":\"1\"}");
    assertThat(read)
        .isEqualTo(
            new Everything(
                "200001",
                Money.ofFen(100),
                null,
                -7L,
                true,
                null,
                null,
                Colour.RED,
                null,
                null,
                null));
  }

  @Test
  void leavesOutWhatIsAbsent() {
    Everything read =
        decode("{\"text\":\"x\",\"amount\":1,\"fee\":null,\"flag\":\"\",\"itemList\":[]}");
    assertThat(CODEC.encode(read, SPELLING)).isEqualTo("{\"text\":\"x\",\"amount\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"amount\":1}                                      | MISSING_FIELD | text",
        "{\"text\":\"\",\"amount\":1}                        | MISSING_FIELD | text",
        "{\"text\":null,\"amount\":1}                        | MISSING_FIELD | text",
        "{\"text\":\"x\"}                                    | MISSING_FIELD | amount",
        "{\"text\":true,\"amount\":1}                        | BAD_FIELD     | text",
        "{\"text\":1.5,\"amount\":1}                         | BAD_FIELD     | text",
        "{\"text\":{},\"amount\":1}                          | BAD_FIELD     | text",
        "{\"text\":\"x\",\"amount\":true}                    | BAD_FIELD     | amount",
        "{\"text\":\"x\",\"amount\":1.0}                     | BAD_FIELD     | amount",
        "{\"text\":\"x\",\"amount\":1e2}                     | BAD_FIELD     | amount",
        "{\"text\":\"x\",\"amount\":-1}                      | BAD_AMOUNT    | amount",
        "{\"text\":\"x\",\"amount\":10000000000001}          | BAD_AMOUNT    | amount",
        "{\"text\":\"x\",\"amount\":99999999999999999999}    | BAD_FIELD     | amount",
        "{\"text\":\"x\",\"amount\":\"1.0\"}                 | BAD_AMOUNT    | amount",
        "{\"text\":\"x\",\"amount\":\"+1\"}                  | BAD_AMOUNT    | amount",
        "{\"text\":\"x\",\"amount\":\"01\"}                  | BAD_AMOUNT    | amount",
        "{\"text\":\"x\",\"amount\":\"１\"}                  | BAD_AMOUNT    | amount",
        "{\"text\":\"x\",\"amount\":1,\"fee\":\"1e1\"}       | BAD_AMOUNT    | fee",
        "{\"text\":\"x\",\"amount\":1,\"count\":\"1.5\"}     | BAD_FIELD     | count",
        "{\"text\":\"x\",\"amount\":1,\"count\":1.5}         | BAD_FIELD     | count",
        "{\"text\":\"x\",\"amount\":1,\"flag\":\"yes\"}      | BAD_FIELD     | flag",
        "{\"text\":\"x\",\"amount\":1,\"flag\":1}            | BAD_FIELD     | flag",
        "{\"text\":\"x\",\"amount\":1,\"day\":\"2026-02-30\"}| BAD_FIELD     | day",
        "{\"text\":\"x\",\"amount\":1,\"day\":20260228}      | BAD_FIELD     | day",
        "{\"text\":\"x\",\"amount\":1,\"ordErexpireDatetime\":\"2026-02-28 24:00:00\"}|BAD_FIELD|ordErexpireDatetime",
        "{\"text\":\"x\",\"amount\":1,\"colour\":3}          | BAD_FIELD     | colour",
        "{\"text\":\"x\",\"amount\":1,\"cardNo\":\"622848\"} | DECRYPTION_FAILED | cardNo",
        "{\"text\":\"x\",\"amount\":1,\"cardNo\":622848}     | BAD_FIELD     | cardNo",
        "{\"text\":\"x\",\"amount\":1,\"itemList\":{}}       | BAD_FIELD     | itemList",
        "{\"text\":\"x\",\"amount\":1,\"itemList\":[null]}   | BAD_FIELD     | itemList[0]",
        "{\"text\":\"x\",\"amount\":1,\"itemList\":[1]}      | BAD_FIELD     | itemList[0]",
        "{\"text\":\"x\",\"amount\":1,\"itemList\":[{\"name\":\"a\",\"amount\":1},{\"amount\":1}]} | MISSING_FIELD | itemList[1].name",
        "{\"text\":\"x\",\"amount\":1,\"itemList\":[{\"name\":\"a\",\"amount\":-1}]} | BAD_AMOUNT | itemList[0].amount"
      })
  void namesTheFieldThatIsWrong(String json, Refusal.Reason reason, String field) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> decode(json));
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.subject()).isEqualTo(field);
    assertThat(EscrowRefusals.words(refusal).message()).endsWith("：" + field);
  }

  /** THREATS T3-1: sealing is signing, so a DigestInfo or free text never gets to the key. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "1234",
        "6228480402637874214 ",
        "0!0\t\u0006\u0005+\u000e\u0003\u0002\u001a",
        "张三"
      })
  void sealsNothingOfAnotherShape(String value) {
    Everything answer =
        new Everything(
            "x",
            Money.ZERO,
            null,
            null,
            null,
            null,
            null,
            null,
            new Secret(value),
            List.of(),
            null);
    assertThat(catchThrowableOfType(RuntimeException.class, () -> CODEC.encode(answer, SPELLING)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining(value);
  }

  private static Everything decode(String json) {
    return CODEC.decode(Json.object("param", json), SPELLING);
  }
}
