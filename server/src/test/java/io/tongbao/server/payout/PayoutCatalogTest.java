package io.tongbao.server.payout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Catalog;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.edge.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the catalog makes of this face's operations. Those nested here exist in tests only: the
 * server's own scan passes test classes over, and a test imports those that it wants.
 */
class PayoutCatalogTest {
  static final String ECHO = "GET /api/probe/v1/echo";
  static final String COUNT = "POST /api/probe/v1/count";
  static final String COUNT_ALIAS = "POST /api/probe/v1/count-too";
  static final String OTHER = "POST /api/probe/v1/other";
  static final String FAIL = "POST /api/probe/v1/fail";

  record Everything(
      @JsonProperty("order_id") String order,
      @JsonProperty("pay") @Nullable Money pay,
      @JsonProperty("card_no") @Nullable Secret card,
      @JsonProperty("created_at") @Nullable Instant createdAt,
      @JsonProperty("notes") @Nullable String notes) {}

  record Nothing() {}

  record Counted(@JsonProperty("count") int count) {}

  /** Says back what it was told. */
  @Endpoint(value = ECHO, reads = true)
  static final class Echo implements PayoutOperation<Everything, Everything> {
    @Override
    public Everything handle(Caller caller, Everything request) {
      return request;
    }
  }

  /** No two of its answers are alike. */
  @Endpoint({COUNT, COUNT_ALIAS})
  static final class Count implements PayoutOperation<Everything, Counted> {
    final AtomicInteger handled = new AtomicInteger();

    @Override
    public Counted handle(Caller caller, Everything request) {
      return new Counted(handled.incrementAndGet());
    }

    @Override
    public Set<String> forbidden() {
      return Set.of("result");
    }
  }

  /** Says nothing. */
  @Endpoint(OTHER)
  static final class Other implements PayoutOperation<Everything, Nothing> {
    final AtomicInteger handled = new AtomicInteger();

    @Override
    public Nothing handle(Caller caller, Everything request) {
      handled.incrementAndGet();
      return new Nothing();
    }
  }

  /** Is broken. */
  @Endpoint(FAIL)
  static final class Fail implements PayoutOperation<Nothing, Nothing> {
    @Override
    public Nothing handle(Caller caller, Nothing request) {
      throw new IllegalStateException("card 6228480402637874214 is at fault");
    }
  }

  @Test
  void aliasesAreTheSameOperationInFourSpellings() {
    Catalog catalog = new Catalog(List.of(new Count()));
    assertThat(catalog.names()).containsExactlyInAnyOrder(COUNT, COUNT_ALIAS);
    assertThat(PayoutProtocol.addresses(catalog))
        .extracting(Protocol.Address::path)
        .containsExactlyInAnyOrder(
            "/api/probe/v1/count",
            "/api/probe/v1/count/",
            "//api/probe/v1/count",
            "//api/probe/v1/count/",
            "/api/probe/v1/count-too",
            "/api/probe/v1/count-too/",
            "//api/probe/v1/count-too",
            "//api/probe/v1/count-too/");
  }
}
