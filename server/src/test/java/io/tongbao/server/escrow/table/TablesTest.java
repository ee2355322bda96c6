package io.tongbao.server.escrow.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.edge.Protocol;
import io.tongbao.server.escrow.Correspondent;
import io.tongbao.server.escrow.EscrowKeys;
import io.tongbao.server.escrow.table.Face.Answer;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.recon.Audits;
import io.tongbao.wire.escrow.EscrowRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tables of the escrow face, on one server.
 *
 * <p>The negative table: whatever can be wrong with a request of each method, generated from the
 * methods' own records, is refused with the specification's code and words that name the field, and
 * changes nothing. Then the very same samples are accepted, once each.
 *
 * <p>Then the codes of section 7, the dictionaries of section 6, and golden conversations.
 */
@TestServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TablesTest {
  private static final int CALLERS = 12;
  private static final int SHOWN = 40;

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  @Autowired private List<Protocol> protocols;
  @Autowired private Merchants merchants;
  @Autowired private EscrowKeys keys;
  @Autowired private Scheduler scheduler;
  @Autowired private Audits audits;
  @Autowired private JdbcClient jdbc;

  private final Samples book = new Samples();

  /** A method's samples of the merchant who asks, and of another. */
  private record Row(
      String method, Class<?> request, List<ObjectNode> mine, List<ObjectNode> theirs) {}

  private final List<Row> rows = Collections.synchronizedList(new ArrayList<>());
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
  private Face face;
  private Correspondent merchant;
  private Fingerprint fingerprint;

  @BeforeAll
  void prepare() throws Exception {
    face = new Face(context);
    merchant = Correspondent.of(merchants, keys, port, Map.of("sms.resendSeconds", "0"));
    Correspondent other = Correspondent.of(merchants, keys, port, Map.of("sms.resendSeconds", "0"));
    List<Callable<Object>> work = new ArrayList<>();
    for (String method : book.methods()) {
      work.add(() ->
          rows.add(
              new Row(
                  method,
                  face.request(method),
                  book.prepare(method, context, merchant, "a1"),
                  book.prepare(method, context, other, "b2"))));
    }
    together(work);
    fingerprint = new Fingerprint(jdbc);
  }

  @AfterAll
  void audit() {
    assertThat(audits.run().violations()).isEmpty();
  }

  @Test
  @Order(1)
  void eachMethodHasASample() {
    assertThat(new TreeSet<>(book.methods())).isEqualTo(face.methods());
    Set<String> called = new TreeSet<>(book.methods());
    called.removeIf(method -> method.startsWith("page/"));
    Set<String> served = new TreeSet<>();
    for (Protocol protocol : protocols) {
      if (protocol.face() == io.tongbao.server.merchant.Face.ESCROW) {
        protocol
            .catalog()
            .lines()
            .forEach(line -> served.add(line.substring(0, line.indexOf(' '))));
      }
    }
    assertThat(called).isEqualTo(served);
  }

  @Test
  @Order(2)
  void whatIsWrongWithAFieldIsRefusedByItsName() throws Exception {
    List<Callable<Object>> calls = new ArrayList<>();
    for (Row row : rows) {
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < row.mine().size(); i++) {
        ObjectNode sample = row.mine().get(i);
        for (Slot slot : Slot.of(row.request(), sample)) {
          // A later sample is there for what it alone has.
          if ((i == 0 || slot.get(sample) != null) && seen.add(slot.path())) {
            Fault.some(row.method(), slot)
                .forEach(fault -> calls.add(() -> isRefused(row.method(), sample, slot, fault)));
          }
        }
      }
    }
    assertThat(calls).hasSizeGreaterThan(1_000);
    changesNothing(calls);
  }

  private Object isRefused(String method, ObjectNode sample, Slot slot, Fault fault) {
    Answer answer = Face.ask(merchant, method, slot.put(sample, fault.value()));
    if (!Rules.codes(method, slot, fault).contains(answer.code())
        || !Rules.names(answer.message(), slot)
        || !isChinese(answer.message())) {
      wrong.add(
          String.join(
              " ", method, slot.path(), fault.said(), "→", answer.code(), answer.message()));
    }
    return answer;
  }

  @Test
  @Order(3)
  void whatIsWrongWithTheMessageIsRefused() throws Exception {
    List<Callable<Object>> calls = new ArrayList<>();
    for (Row row : rows) {
      String method = row.method();
      String req = Face.req(merchant, method, row.mine().getFirst());
      EscrowRequest good = merchant.sign(req);
      Duration late = Duration.ofMinutes(12);
      expect(calls, method, "51003", form(good, merchant.sign(req.replace("}", " }")).sign(), req));
      expect(calls, method, "51003", form(good, good.sign(), req.replace(":", ": ")));
      expect(calls, method, "10000", merchant.sign(req, merchant.now().minus(late)).form());
      expect(calls, method, "10000", merchant.sign(req, merchant.now().plus(late)).form());
      expect(calls, method, "10000", good.form() + "&sysid=" + good.sysid());
      expect(calls, method, "10000", good.form().replace("&v=1.0", "&v=1.1"));
      expect(calls, method, "10001", "{\"req\":1}");
      for (String body :
          List.of(
              req + "x",
              req.replace("{", "["),
              req.replace("\"param\":{", "\"param\":[{}],\"x\":{"),
              req.replace("\"param\":", "\"param\":{},\"param\":"))) {
        expect(calls, method, "10000", merchant.form(body));
      }
      expect(calls, method, "10001", merchant.form(req.replace("\"param\":", "\"p\":")));
    }
    changesNothing(calls);
  }

  private void expect(List<Callable<Object>> calls, String method, String code, String form) {
    calls.add(() -> {
      Answer answer = Face.send(merchant, method, form);
      if (!answer.code().equals(code) || !isChinese(answer.message())) {
        String sent = URLDecoder.decode(form, StandardCharsets.UTF_8);
        wrong.add(method + " → " + answer.code() + " " + answer.message() + " to " + sent);
      }
      return answer;
    });
  }

  private static String form(EscrowRequest request, String sign, String req) {
    return new EscrowRequest(request.sysid(), sign, request.timestamp(), "1.0", req).form();
  }

  /** THREATS T-X15: another merchant's is as good as none. */
  @Test
  @Order(4)
  void whatIsAnotherMerchantsDoesNotExist() throws Exception {
    List<Callable<Object>> calls = new ArrayList<>();
    for (Row row : rows) {
      String method = row.method();
      for (int i = 0; i < row.mine().size(); i++) {
        ObjectNode sample = row.mine().get(i);
        ObjectNode foreign = row.theirs().get(i);
        for (Slot slot : Slot.of(row.request(), sample)) {
          JsonNode theirs = slot.get(foreign);
          if (theirs != null && Foreign.isName(theirs) && Foreign.refers(method, slot)) {
            calls.add(() -> isUnknown(method, sample, slot, theirs.stringValue()));
          }
        }
        if (Foreign.refersAtAll(method)) {
          calls.add(() -> isRefused(method, foreign));
        }
      }
    }
    assertThat(calls).hasSizeGreaterThan(80);
    changesNothing(calls);
  }

  private Object isUnknown(String method, ObjectNode sample, Slot slot, String theirs) {
    String nobodys = Foreign.nobodys(theirs);
    Answer foreign = Face.ask(merchant, method, slot.put(sample, Foreign.text(theirs)));
    Answer none = Face.ask(merchant, method, slot.put(sample, Foreign.text(nobodys)));
    boolean empty = foreign.ok() && foreign.whole().equals(none.whole()); // an empty list
    if (empty) {
      return none;
    }
    if (foreign.ok()
        || none.ok()
        || !foreign.code().equals(none.code())
        || !foreign.message().replace(theirs, nobodys).equals(none.message())) {
      wrong.add(method + " " + slot.path() + " " + theirs + " → " + foreign + " but " + none);
    }
    return none;
  }

  private Object isRefused(String method, ObjectNode foreign) {
    Answer answer = Face.ask(merchant, method, foreign);
    if (answer.ok()) {
      wrong.add(method + " " + foreign + " → OK");
    }
    return answer;
  }

  /** Last, because it does what the samples ask for: four times the same message, one effect. */
  @Test
  @Order(5)
  void theSamplesAreAcceptedOnceEach() throws Exception {
    for (Row row : rows) {
      String method = row.method();
      for (ObjectNode sample : row.mine()) {
        EscrowRequest request = merchant.sign(Face.req(merchant, method, sample));
        Answer first = Face.send(merchant, method, request.form());
        assertThat(first.ok()).as("%s %s", method, first).isTrue();
        if (method.startsWith("page/")) {
          continue;
        }
        scheduler.runDue(merchant.merchant()); // a batch is worked on after its answer
        String after = fingerprint.ofMoney();
        for (Answer again : repeated(method, request)) {
          assertThat(again.whole()).as(method).isEqualTo(first.whole());
        }
        assertThat(fingerprint.ofMoney()).as(method).isEqualTo(after);
      }
    }
  }

  @TestFactory
  @Order(6)
  List<DynamicTest> eachCodeOfSection7HasItsRequest() throws IOException {
    return new Codes(context, this::merchant).tests();
  }

  @TestFactory
  @Order(7)
  List<DynamicTest> eachDictionaryOfSection6IsTakenWhole() throws IOException {
    return new Dictionaries(context, merchant()).tests();
  }

  @TestFactory
  @Order(8)
  List<DynamicTest> conversationsAreAsTheyWere() throws IOException {
    return new Exchanges(context, this::merchant).tests();
  }

  private Correspondent merchant() {
    return Correspondent.of(merchants, keys, port, Map.of("sms.resendSeconds", "0"));
  }

  private List<Answer> repeated(String method, EscrowRequest request) throws Exception {
    List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
    List<Callable<Object>> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      calls.add(() -> answers.add(Face.send(merchant, method, request.form())));
    }
    together(calls);
    return answers;
  }

  /** Makes the calls, in any order, and compares what is stored before and after. */
  private void changesNothing(List<Callable<Object>> calls) throws Exception {
    wrong.clear();
    Map<String, String> before = fingerprint.ofAll();
    together(calls);
    assertThat(wrong.stream().limit(SHOWN)).isEmpty();
    assertThat(fingerprint.ofAll()).isEqualTo(before);
  }

  private static boolean isChinese(String message) {
    return message
        .codePoints()
        .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
  }

  private static void together(List<Callable<Object>> calls) throws Exception {
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      for (Future<Object> each : callers.invokeAll(calls)) {
        each.get();
      }
    }
  }
}
