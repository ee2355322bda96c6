package io.tongbao.server.escrow.table;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Coded;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One thing that can be wrong with a field.
 *
 * @param said what is wrong, for the table
 * @param value what the field holds instead; null takes it away
 */
record Fault(Sort sort, String said, @Nullable JsonNode value) {

  /** Of which sort it is: faults of a sort are refused alike. */
  enum Sort {
    /** Absent, null or empty. */
    MISSING,
    /** Another JSON type than the specification's. */
    TYPE,
    /** Longer than the field may be. */
    LONG,
    /** Not of the field's form, alphabet or dictionary. */
    FORM,
    /** Nothing, of what must be something. */
    ZERO,
    /** Not encrypted with the merchant's key. */
    CIPHER,
    /** What would be the platform's signature of it, were it given back encrypted (T3-1). */
    DIGEST
  }

  private static final Set<String> MAY_NOT_BE_ZERO =
      Set.of("amount", "totalAmount", "highestAmount", "minimumAmountInvestment");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper JSON = JsonMapper.shared();

  /** How many faults of a sort a field is tried with. */
  private static final int TRIED = 2;

  /**
   * Some of what can be wrong with a field, of each sort. Which of a sort depends on the method and
   * the field, so that the table as a whole has each fault many times.
   */
  static List<Fault> some(String method, Slot slot) {
    Map<Sort, List<Fault>> sorts = new EnumMap<>(Sort.class);
    for (Fault fault : of(slot)) {
      if (!Rules.isFine(slot, fault)) {
        sorts.computeIfAbsent(fault.sort(), sort -> new ArrayList<>()).add(fault);
      }
    }
    List<Fault> some = new ArrayList<>();
    sorts.forEach((sort, faults) -> {
      Collections.rotate(faults, (method + slot.path()).hashCode() % faults.size());
      int tried = sort == Sort.TYPE || sort == Sort.LONG ? 1 : TRIED;
      some.addAll(faults.subList(0, Math.min(tried, faults.size())));
    });
    return some;
  }

  /** Everything that can be wrong with a field. */
  static List<Fault> of(Slot slot) {
    List<Fault> faults = new ArrayList<>();
    if (slot.mandatory()) {
      faults.add(new Fault(Sort.MISSING, "absent", null));
      faults.add(new Fault(Sort.MISSING, "null", NODES.nullNode()));
      faults.add(json(Sort.MISSING, "\"\""));
      faults.add(json(Sort.MISSING, "[]"));
    }
    if (slot.isList()) {
      faults.addAll(all(Sort.TYPE, "\"x\"", "1", "true", "{\"a\":1}", "[null]", "[1]", "[[]]"));
    } else if (slot.isObject()) {
      faults.addAll(all(Sort.TYPE, "\"x\"", "1", "true", "[1]"));
    } else if (slot.type() instanceof Class<?> type) {
      faults.addAll(of(type));
      if (type == Money.class && MAY_NOT_BE_ZERO.contains(slot.leaf())) {
        faults.add(json(Sort.ZERO, "0"));
      }
    }
    return faults;
  }

  private static List<Fault> of(Class<?> type) {
    List<Fault> faults = new ArrayList<>();
    if (type == JsonNode.class) {
      return faults;
    }
    faults.addAll(all(Sort.TYPE, "{\"a\":1}", "[1]", "1.5"));
    if (type != Boolean.class) {
      faults.addAll(all(Sort.TYPE, "true"));
    }
    if (type == String.class) {
      faults.add(text(Sort.LONG, "3000 letters", "a".repeat(3000)));
      faults.add(text(Sort.FORM, "a character that turns the text", "1\u202E2"));
    } else if (type == Money.class) {
      faults.addAll(
          all(Sort.FORM, "-1", "\"-1\"", "\"1e3\"", "\"1.0\"", "\"１０\"", "\" 1\"", "\"abc\""));
      faults.addAll(all(Sort.LONG, "10000000000001", "\"10000000000001\"", "99999999999999999999"));
    } else if (type == Long.class || type == Integer.class) {
      faults.addAll(all(Sort.FORM, "\"abc\"", "\"1.0\"", "\"１\"", "\" 1\"", "-1", "77"));
      faults.addAll(all(Sort.LONG, "99999999999999999999"));
    } else if (type == Boolean.class) {
      faults.addAll(all(Sort.FORM, "\"yes\"", "1", "\"TRUE\""));
    } else if (type == Instant.class) {
      faults.addAll(
          all(Sort.FORM, "\"2026-02-30 10:00:00\"", "\"2026-13-01 00:00:00\"", "\"20260101\""));
      faults.add(text(Sort.LONG, "3000 digits", "1".repeat(3000)));
    } else if (type == LocalDate.class) {
      faults.addAll(all(Sort.FORM, "\"2026-02-30\"", "\"2026-13-01\"", "\"20260101\"", "20260101"));
      faults.add(text(Sort.LONG, "3000 digits", "1".repeat(3000)));
    } else if (type == Secret.class) {
      faults.addAll(all(Sort.CIPHER, "\"6228480000000000001\"", "\"not base64!\""));
      faults.add(text(Sort.CIPHER, "another key's", "QUFB".repeat(86).substring(0, 344)));
      faults.addAll(all(Sort.FORM, "\"RSA(abc)\"", "\"RSA(12345678901234567890123456789012345)\""));
      faults.add(text(Sort.LONG, "3000 letters", "QUFB".repeat(750)));
      faults.addAll(all(Sort.DIGEST, "\"RSA(DigestInfo)\""));
    } else if (Coded.class.isAssignableFrom(type)) {
      faults.addAll(all(Sort.FORM, "77", "\"77\"", "\"x\"", "-1"));
      faults.add(text(Sort.LONG, "3000 letters", "a".repeat(3000)));
    }
    return faults;
  }

  private static List<Fault> all(Sort sort, String... values) {
    List<Fault> faults = new ArrayList<>();
    for (String value : values) {
      faults.add(json(sort, value));
    }
    return faults;
  }

  private static Fault json(Sort sort, String value) {
    return new Fault(sort, value, JSON.readTree(value));
  }

  private static Fault text(Sort sort, String said, String value) {
    return new Fault(sort, said, NODES.stringNode(value));
  }
}
