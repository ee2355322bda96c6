package io.tongbao.server.payout;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Bytes;
import io.tongbao.wire.payout.PayoutAnswer;
import io.tongbao.wire.payout.PayoutMessage;
import io.tongbao.wire.payout.PayoutUpload;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A golden conversation of a dealer: requests and the answers that must come, a line each.
 *
 * <pre>
 * # a comment
 * POST /authentication/verify-id {"id_card":"11010119800101001X","real_name":"张三"}
 * OK
 * POST /authentication/verify-id {"id_card":"1101","real_name":"张三"}
 * 2002 身份证号有误
 * again
 * elsewhere POST /authentication/verify-bankcard-three-factor
 * </pre>
 *
 * {@code $dealer} is the dealer's own number, {@code $name} the text of that name in the last good
 * answer, {@code $word(argument)} what the test says; {@code again} sends the same message once
 * more, and the same must come; {@code elsewhere} sends it to another address, which must refuse
 * it. In a refusal the {@code ref} of the last good answer is shown as {@code <ref>}. Twenty digits
 * of the platform's, times and tokens are shown as {@code <number>}, {@code <time>} and {@code
 * <token>}. Other lines are directions of the test.
 */
public final class PayoutConversation {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern CALL = Pattern.compile("((?:GET|POST) /\\S+) (\\{.*})");
  private static final Pattern ANSWER = Pattern.compile("OK.*|[0-9]{4} .*");
  private static final Pattern NAMED = Pattern.compile("\\$([a-z_]+)(?:\\(([^)]*)\\))?");
  private static final Pattern NUMBER = Pattern.compile("\"[0-9]{20}\"");
  private static final Pattern REF = Pattern.compile("[0-9]{20}");
  private static final Pattern TOKEN = Pattern.compile("\"[A-Za-z0-9+/]{22}==\"");
  private static final Pattern FRESH = Pattern.compile("\\b(target_id|timestamp|sign)=[^&\"]+");
  private static final Pattern TIME =
      Pattern.compile("\"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\"");

  /** A PNG of one pixel. */
  private static final Bytes PICTURE =
      Bytes.ofHex(
          "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
              + "3a7e9b550000000a49444154789c636800000082008177cd72b60000000049454e44ae426082");

  private final PayoutDealer dealer;
  private final BiFunction<String, String, @Nullable String> words;
  private final Map<String, String> remembered = new HashMap<>();
  private @Nullable PayoutMessage message;
  private @Nullable PayoutAnswer answer;
  private String operation = "";

  /**
   * @param words what {@code $word(argument)} stands for, and what a direction does; null where
   *     there is no such word
   */
  public PayoutConversation(
      PayoutDealer dealer, BiFunction<String, String, @Nullable String> words) {
    this.dealer = dealer;
    this.words = words;
  }

  /** Plays the lines and compares. */
  public void play(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        play(i + 1, line);
      }
    }
  }

  private void play(int number, String line) {
    Matcher call = CALL.matcher(line);
    if (call.matches()) {
      operation = call.group(1);
      say(replaced(call.group(2), this::named));
    } else if (ANSWER.matcher(line).matches()) {
      assertThat(heard(Objects.requireNonNull(answer))).as("line %d", number).isEqualTo(line);
    } else if (line.equals("again")) {
      assertThat(send(operation)).as("line %d", number).isEqualTo(heard(answer()));
    } else if (line.startsWith("elsewhere ")) {
      assertThat(send(line.substring("elsewhere ".length())))
          .as("line %d", number)
          .matches("100[23] .*");
    } else {
      String[] direction = line.split(" ", 2);
      assertThat(words.apply(direction[0], direction.length == 1 ? "" : direction[1]))
          .as("line %d: %s", number, line)
          .isNotNull();
    }
  }

  private void say(String json) {
    PayoutMessage signed = dealer.sign(json);
    PayoutAnswer heard = PayoutDealer.answer(post(operation, signed));
    message = signed;
    answer = heard;
    if (heard.data() != null && heard.data().startsWith("{")) {
      JsonNode data = JSON.readTree(heard.data());
      data.propertyStream()
          .filter(member -> member.getValue().isString())
          .forEach(member -> remembered.put(member.getKey(), member.getValue().stringValue()));
    }
  }

  private String send(String where) {
    return heard(PayoutDealer.answer(post(where, Objects.requireNonNull(message))));
  }

  /** An upload goes with two pictures, small and grey. */
  private HttpResponse<byte[]> post(String where, PayoutMessage signed) {
    if (!where.equals(PayoutAdmission.UPLOAD)) {
      return dealer.send(where, signed);
    }
    PayoutUpload upload = new PayoutUpload(signed, PICTURE, PICTURE);
    return dealer.send(
        dealer
            .headed(where.substring("POST ".length()), "r")
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(BodyPublishers.ofByteArray(upload.body("b").toArray())));
  }

  private PayoutAnswer answer() {
    return Objects.requireNonNull(answer);
  }

  private String heard(PayoutAnswer heard) {
    if (!heard.isOk()) {
      String ref = remembered.get("ref");
      return heard.code()
          + " "
          + REF.matcher(heard.message())
              .replaceAll(found -> found.group().equals(ref) ? "<ref>" : "<number>");
    }
    if (heard.data() == null) {
      return "OK";
    }
    String shown = NUMBER.matcher(heard.data()).replaceAll("\"<number>\"");
    shown = TIME.matcher(shown).replaceAll("\"<time>\"");
    shown = FRESH.matcher(shown).replaceAll("$1=<fresh>");
    shown = TOKEN.matcher(shown).replaceAll("\"<token>\"");
    return "OK " + shown.replace("\"" + dealer.id() + "\"", "\"<dealer>\"");
  }

  private String named(MatchResult name) {
    String argument = name.group(2);
    if (name.group(1).equals("dealer")) {
      return dealer.id();
    }
    if (argument == null) {
      return Objects.requireNonNull(remembered.get(name.group(1)), name.group());
    }
    return Objects.requireNonNull(words.apply(name.group(1), argument), name.group());
  }

  private static String replaced(String text, Function<MatchResult, String> word) {
    return NAMED.matcher(text).replaceAll(found -> Matcher.quoteReplacement(word.apply(found)));
  }
}
