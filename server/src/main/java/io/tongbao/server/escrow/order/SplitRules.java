package io.tongbao.server.escrow.order;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.order.Split;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** 分账规则: trees of shares as the wire has them. Specification §5.3. */
final class SplitRules {
  private static final int TAKER = 64;
  private static final int REMARK = 100;

  private SplitRules() {}

  /** The tree in a request's field; absent is a tree without branches. */
  static List<Split> read(String field, @Nullable JsonNode rules) {
    return read(field, rules, 1);
  }

  private static List<Split> read(String field, @Nullable JsonNode value, int depth) {
    JsonNode rules = present(value);
    if (rules == null) {
      return List.of();
    }
    if (!rules.isArray() || depth > Split.MAX_DEPTH || rules.size() > Split.MAX_NODES) {
      throw Refusal.of(Reason.BAD_FIELD, field);
    }
    List<Split> splits = new ArrayList<>();
    for (JsonNode rule : rules) {
      String place = field + "[" + splits.size() + "]";
      if (!rule.isObject()) {
        throw Refusal.of(Reason.BAD_FIELD, place);
      }
      splits.add(split(place + ".", rule, depth));
    }
    return splits;
  }

  private static Split split(String place, JsonNode rule, int depth) {
    String taker = required(text(place, rule, "bizUserId", TAKER), place + "bizUserId");
    String set = text(place, rule, "accountSetNo", TAKER);
    Money amount = money(place, rule, "amount");
    Money fee = money(place, rule, "fee");
    String remark = text(place, rule, "remark", REMARK);
    List<Split> children = read(place + Split.CHILDREN, rule.get(Split.CHILDREN), depth + 1);
    return new Split(taker, set, amount, fee, remark, children);
  }

  private static @Nullable String text(String place, JsonNode rule, String name, int longest) {
    JsonNode value = present(rule.get(name));
    if (value == null) {
      return null;
    }
    if (!value.isString() && !value.isIntegralNumber()) {
      throw Refusal.of(Reason.BAD_FIELD, place + name);
    }
    String text = value.isString() ? value.stringValue() : value.toString();
    OrderFields.text(place + name, text, longest);
    return text;
  }

  private static Money money(String place, JsonNode rule, String name) {
    JsonNode value = present(rule.get(name));
    if (value == null) {
      throw Refusal.of(Reason.MISSING_FIELD, place + name);
    }
    if (!value.isString() && !value.isIntegralNumber()) {
      throw Refusal.of(Reason.BAD_AMOUNT, place + name);
    }
    try {
      return Money.parseFen(value.isString() ? value.stringValue() : value.toString());
    } catch (Refusal notFen) {
      throw Refusal.of(Reason.BAD_AMOUNT, place + name);
    }
  }

  private static String required(@Nullable String value, String field) {
    if (value == null) {
      throw Refusal.of(Reason.MISSING_FIELD, field);
    }
    return value;
  }

  /** The value; null and "" and the empty list mean the same as absence. */
  private static @Nullable JsonNode present(@Nullable JsonNode value) {
    boolean absent =
        value == null
            || value.isNull()
            || (value.isString() && value.stringValue().isEmpty())
            || (value.isArray() && value.isEmpty());
    return absent ? null : value;
  }
}
