package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.wire.crypto.RsaType1;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.BiConsumer;
import java.util.function.Function;
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
 * How the escrow interface spells values: money in fen, times on Beijing's wall clock, secrets
 * sealed with the merchant's key (out) and the platform's (in). Specification §3, §6.1, §6.2.
 */
final class EscrowJson {
  private EscrowJson() {}

  static JsonMapper mapper(EscrowCredentials credentials) {
    SimpleModule spelling = new SimpleModule("escrow");
    spell(spelling, Money.class, (money, out) -> out.writeNumber(money.fen()));
    spell(spelling, Instant.class, (time, out) -> out.writeString(BeijingTime.seconds(time)));
    spell(spelling, LocalDate.class, (day, out) -> out.writeString(BeijingTime.day(day)));
    spell(spelling, Secret.class, (secret, out) -> out.writeString(seal(credentials, secret)));
    read(spelling, Money.class, text -> Money.ofFen(Long.parseLong(text)));
    read(spelling, Instant.class, BeijingTime::parseSeconds);
    read(spelling, LocalDate.class, BeijingTime::parseDay);
    read(spelling, Secret.class, text -> RsaType1.open(text, credentials.platformKey()));
    return JsonMapper.builder()
        .addModule(spelling)
        .changeDefaultPropertyInclusion(
            each -> each.withValueInclusion(JsonInclude.Include.NON_NULL))
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  /** Seals under the narrowest shape that fits; what fits none is not a value of this interface. */
  static String seal(EscrowCredentials credentials, Secret secret) {
    for (RsaType1.Shape shape : RsaType1.Shape.values()) {
      if (shape.admits(secret)) {
        return RsaType1.seal(shape, secret, credentials.merchantKey());
      }
    }
    throw Refusal.of(Refusal.Reason.BAD_FIELD, "RSA");
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
          public T deserialize(JsonParser parser, DeserializationContext context) {
            return reader.apply(parser.getValueAsString());
          }
        });
  }
}
