package io.tongbao.server.edge;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import java.time.Instant;
import java.time.LocalDate;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * How one face writes what is more than text: money, times, and what it encrypts field by field.
 * Reading refuses what is not written so, and names the field. May hold a caller's keys.
 */
public interface Spelling {

  Money money(String field, JsonNode value);

  Instant time(String field, JsonNode value);

  LocalDate day(String field, JsonNode value);

  Secret secret(String field, JsonNode value);

  void write(JsonGenerator out, Money money);

  void write(JsonGenerator out, Instant time);

  void write(JsonGenerator out, LocalDate day);

  void write(JsonGenerator out, Secret secret);
}
