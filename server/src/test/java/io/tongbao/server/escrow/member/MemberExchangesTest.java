package io.tongbao.server.escrow.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Secret;
import io.tongbao.server.TestServer;
import io.tongbao.server.escrow.Conversation;
import io.tongbao.server.escrow.Correspondent;
import io.tongbao.server.escrow.EscrowKeys;
import io.tongbao.server.member.Cards;
import io.tongbao.server.member.Companies;
import io.tongbao.server.member.Inbox;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.recon.Audits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The golden conversations about members, over HTTP: {@code exchanges/member/*.txt}. */
@TestServer
class MemberExchangesTest {
  @LocalServerPort private int port;
  @Autowired private Merchants merchants;
  @Autowired private EscrowKeys keys;
  @Autowired private Members members;
  @Autowired private Cards cards;
  @Autowired private Companies companies;
  @Autowired private Inbox inbox;
  @Autowired private Audits audits;
  @Autowired private JdbcClient jdbc;

  @TestFactory
  List<DynamicTest> conversations() throws Exception {
    Path folder =
        Path.of(
            Objects.requireNonNull(getClass().getResource("/exchanges/member"), "folder").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .sorted()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file)))
          .toList();
    }
  }

  private void play(Path file) throws IOException {
    Correspondent merchant =
        Correspondent.of(merchants, keys, port, Map.of("sms.resendSeconds", "0"));
    new Conversation(merchant, words(merchant)).play(Files.readAllLines(file));
    assertThat(audits.run().violations()).isEmpty();
  }

  private BiFunction<String, String, @Nullable String> words(Correspondent merchant) {
    return (word, argument) ->
        switch (word) {
          case "code" -> code(argument);
          case "clock" -> {
            merchants.advance(merchant.merchant(), Duration.parse(argument));
            yield "";
          }
          case "setting" -> {
            String[] pair = argument.split("=", 2);
            merchants.changeSettings(merchant.merchant(), Map.of(pair[0], pair[1]));
            yield "";
          }
          case "news" -> told(merchant, argument);
          case "audit" -> audited(merchant, argument.split(" ", 3));
          default -> null;
        };
  }

  /** {@code audit company pass bizUserId}, {@code audit card fail bizUserId}. */
  private String audited(Correspondent merchant, String[] words) {
    Member member = members.require(merchant.merchant(), words[2]);
    boolean pass = words[1].equals("pass");
    if (words[0].equals("card")) {
      cards.audit(member, pass, merchant.now());
    } else {
      companies.audit(merchant.merchant(), member, pass, "资料不清晰", merchant.now());
    }
    return "";
  }

  /** The newest notice, whether it is on its way already or not; its time is left out. */
  private String told(Correspondent merchant, String facts) {
    String newest =
        jdbc.sql(
                """
                SELECT (facts - 'checkTime')::text
                  FROM (SELECT id, facts FROM news WHERE merchant_id = :id
                        UNION SELECT id, facts FROM notice WHERE merchant_id = :id) n
                 WHERE facts ->> 'checkTime' IS NOT NULL
                 ORDER BY id DESC LIMIT 1
                """)
            .param("id", merchant.merchant().id())
            .query((row, count) -> String.valueOf(row.getString(1)))
            .single();
    assertThat(newest).isEqualTo(facts);
    return newest;
  }

  private String code(String phone) {
    String code = Objects.requireNonNull(inbox.read(new Secret(phone)).getFirst().code()).reveal();
    assertThat(code).matches("[0-9]{4,6}");
    return code;
  }
}
