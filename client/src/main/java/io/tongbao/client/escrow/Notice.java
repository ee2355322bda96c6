package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the platform told by itself. Specification §3.6, §4.1.7, §4.2.12. Answer it with HTTP status
 * 200; anything else brings it again, eight times at most.
 *
 * @param service such as {@code "OrderService"}
 * @param method such as {@code "pay"}
 * @param value the facts
 * @param status {@code OK}, {@code pending} or {@code error}
 */
public record Notice(
    @JsonProperty("service") String service,
    @JsonProperty("method") String method,
    @JsonProperty("returnValue") JsonNode value,
    @JsonProperty("status") String status,
    @JsonProperty("errorCode") @Nullable String errorCode,
    @JsonProperty("message") @Nullable String message) {}
