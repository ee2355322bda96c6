package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * {@link OrderTerms} of an order that brings money in, and what it is paid with. §4.2.2 to §4.2.5.
 */
record PaymentTerms(
    @JsonUnwrapped OrderTerms order,
    @JsonProperty("frontUrl") @Nullable String frontUrl,
    @JsonProperty("payMethod") PayMethod payMethod) {}
