package io.tongbao.server.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.wire.escrow.EscrowAnswer;
import io.tongbao.wire.escrow.EscrowRequest;
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
 * A golden conversation: requests and the answers that must come, a line each.
 *
 * <pre>
 * # a comment
 * MemberService.getBankCardBin {"cardNo":"RSA(6228480000000000001)"}
 * OK {"cardBinInfo":{…}}
 * MemberService.bindPhone {"bizUserId":"a","phone":"13900000001","verificationCode":"$code(13900000001)"}
 * error 50001 验证码错误
 * again
 * </pre>
 *
 * {@code RSA(…)} is encrypted on its way out and shown so in what comes back; {@code $name} is the
 * text of that name in the last good answer; {@code again} sends the same bytes once more, and the
 * answer must be the same bytes; a mere {@code OK} takes any good answer; {@code forged} sends the
 * request with another's signature, which must be refused. Twenty digits of the platform's, its
 * lines, masked phones, times and today are shown as {@code <number>}, {@code <line>}, {@code
 * <phone>}, {@code <time>} and {@code <today>}. Other lines are directions of the test.
 */
public final class Conversation {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern CALL = Pattern.compile("([A-Za-z]+)\\.([A-Za-z]+) (\\{.*})");
  private static final Pattern SEALED = Pattern.compile("RSA\\(([^)]*)\\)");
  private static final Pattern NAMED = Pattern.compile("\\$([A-Za-z]+)(?:\\(([^)]*)\\))?");
  private static final Pattern ENCRYPTED = Pattern.compile("\"([A-Za-z0-9+/]{300,}={0,2})\"");
  private static final Pattern NUMBER = Pattern.compile("\"[0-9]{20}\"");
  private static final Pattern MASKED = Pattern.compile("\"[0-9]{3}\\*{4}[0-9]{4}\"");
  private static final Pattern LINE = Pattern.compile("\"[0-9]+-[0-9]+\"");
  private static final Pattern TIME =
      Pattern.compile("\"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\"");

  private final Correspondent correspondent;
  private final BiFunction<String, String, @Nullable String> words;
  private final Map<String, String> remembered = new HashMap<>();
  private @Nullable EscrowRequest last;
  private @Nullable EscrowAnswer answer;
  private int count;

  /**
   * @param words what {@code $name(argument)} stands for, and what a direction does; null where
   *     there is no such name
   */
  public Conversation(
      Correspondent correspondent, BiFunction<String, String, @Nullable String> words) {
    this.correspondent = correspondent;
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
      say(call.group(1), call.group(2), call.group(3));
    } else if (line.startsWith("OK ") || line.startsWith("error ")) {
      assertThat(heard()).as("line %d", number).isEqualTo(line);
    } else if (line.equals("again")) {
      sayAgain();
    } else if (line.equals("forged")) {
      forge();
    } else if (line.equals("OK")) {
      EscrowAnswer good = Objects.requireNonNull(answer);
      assertThat(good.isOk()).as("line %d: %s", number, good.json()).isTrue();
    } else {
      String[] direction = line.split(" ", 2);
      assertThat(words.apply(direction[0], direction.length == 1 ? "" : direction[1]))
          .as("line %d: %s", number, line)
          .isNotNull();
    }
  }

  /** Each request differs from the one before, so that none is taken for its repetition. */
  private void say(String service, String method, String param) {
    String text = replaced(SEALED, filled(param), this::sealed);
    String req =
        "{\"service\":\"%s\",\"method\":\"%s\",\"count\":%d,\"param\":%s}"
            .formatted(service, method, count++, text);
    EscrowRequest request = correspondent.sign(req);
    EscrowAnswer heard = correspondent.send(request);
    last = request;
    answer = heard;
    if (heard.isOk()) {
      remember(JSON.readTree(heard.signedValue()));
    }
  }

  private void sayAgain() {
    EscrowRequest request = Objects.requireNonNull(last);
    EscrowAnswer before = Objects.requireNonNull(answer);
    assertThat(correspondent.send(request).json()).isEqualTo(before.json());
  }

  /** The last request again, with the signature of another. */
  private void forge() {
    EscrowRequest request = Objects.requireNonNull(last);
    String sign = correspondent.sign(request.req().replace("}", " }")).sign();
    EscrowAnswer refusal =
        correspondent.send(
            new EscrowRequest(
                request.sysid(), sign, request.timestamp(), request.v(), request.req()));
    assertThat(refusal.errorCode()).isEqualTo("51003");
  }

  private void remember(JsonNode object) {
    object
        .propertyStream()
        .filter(member -> member.getValue().isString())
        .forEach(member -> remembered.put(member.getKey(), member.getValue().stringValue()));
  }

  private String heard() {
    EscrowAnswer heard = Objects.requireNonNull(answer);
    if (!heard.isOk()) {
      return "error " + heard.errorCode() + " " + heard.message();
    }
    String shown =
        replaced(
            ENCRYPTED, heard.signedValue(), m -> "\"RSA(" + correspondent.open(m.group(1)) + ")\"");
    shown = NUMBER.matcher(shown).replaceAll("\"<number>\"");
    shown = MASKED.matcher(shown).replaceAll("\"<phone>\"");
    shown = LINE.matcher(shown).replaceAll("\"<line>\"");
    shown = TIME.matcher(shown).replaceAll("\"<time>\"");
    String today = BeijingTime.compactDay(BeijingTime.dayOf(correspondent.now()));
    return "OK " + shown.replace("\"" + today + "\"", "\"<today>\"");
  }

  private String named(MatchResult name) {
    String argument = name.group(2);
    if (argument == null) {
      return Objects.requireNonNull(remembered.get(name.group(1)), name.group());
    }
    return Objects.requireNonNull(words.apply(name.group(1), argument), name.group());
  }

  /** The text with what its {@code $name}s stand for. */
  public String filled(String text) {
    return replaced(NAMED, text, this::named);
  }

  private String sealed(MatchResult plain) {
    return correspondent.seal(plain.group(1));
  }

  private static String replaced(Pattern pattern, String text, Function<MatchResult, String> word) {
    return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(word.apply(found)));
  }
}
