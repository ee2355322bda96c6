package io.tongbao.client.payout;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * How the payout interface spells values: yuan as text such as {@code "12.30"}, times on Beijing's
 * wall clock, secrets as they are, because all of {@code data} is encrypted. An empty text, and
 * {@code "-/-"}, stand for nothing. Specification chapter 5 §2.
 */
final class PayoutJson {
  static final JsonMapper MAPPER = mapper();

  private PayoutJson() {}

  private static JsonMapper mapper() {
    SimpleModule spelling = new SimpleModule("payout");
    spell(spelling, Money.class, (money, out) -> out.writeString(money.yuan()));
    spell(spelling, Instant.class, (time, out) -> out.writeString(BeijingTime.seconds(time)));
    spell(spelling, LocalDate.class, (day, out) -> out.writeString(BeijingTime.day(day)));
    spell(spelling, Secret.class, (secret, out) -> out.writeString(secret.reveal()));
    read(spelling, Money.class, Money::parseYuan);
    read(spelling, Instant.class, BeijingTime::parseSeconds);
    read(spelling, LocalDate.class, BeijingTime::parseDay);
    read(spelling, Secret.class, Secret::new);
    return JsonMapper.builder()
        .addModule(spelling)
        .changeDefaultPropertyInclusion(
            each -> each.withValueInclusion(JsonInclude.Include.NON_NULL))
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  private static <T> void spell(
      SimpleModule module, Class<T> type, BiConsumer<T, JsonGenerator> writer) {
    module.addSerializer(
        type,
        new ValueSerializer<T>() {
          @Override
          public void serialize(T value, JsonGenerator out, SerializationContext context) {
            writer.accept(value, out);
          }
        });
  }

  private static <T> void read(SimpleModule module, Class<T> type, Function<String, T> reader) {
    module.addDeserializer(
        type,
        new ValueDeserializer<T>() {
          @Override
          public @Nullable T deserialize(JsonParser parser, DeserializationContext context) {
            String text = parser.getValueAsString();
            boolean nothing = text == null || text.isEmpty() || text.equals("-/-");
            return nothing ? null : reader.apply(text);
          }
        });
  }
}
