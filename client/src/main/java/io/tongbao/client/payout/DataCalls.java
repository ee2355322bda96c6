package io.tongbao.client.payout;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Calls for the files of a day: 数据接口, specification §2.2. The address is good for ten minutes;
 * fetch it with {@link PayoutClient#download} and read it with {@link DayFile}.
 */
public final class DataCalls {
  private DataCalls() {}

  /** 查询日订单文件 §2.2 (1): the orders that were taken in on that day. */
  public record GetOrderFile(@JsonProperty("order_date") LocalDate day)
      implements PayoutCall<OrderFile> {
    @Override
    public Verb verb() {
      return Verb.GET;
    }

    @Override
    public String path() {
      return "/api/dataservice/v1/order/downloadurl";
    }

    @Override
    public Class<OrderFile> answer() {
      return OrderFile.class;
    }
  }

  /** 查询日流水文件 §2.2 (2): what was paid and came back on that day. */
  public record GetBill(@JsonProperty("bill_date") LocalDate day) implements PayoutCall<Bill> {
    @Override
    public Verb verb() {
      return Verb.GET;
    }

    @Override
    public String path() {
      return "/api/dataservice/v1/bill/downloadurl";
    }

    @Override
    public Class<Bill> answer() {
      return Bill.class;
    }
  }

  /** Where the day's orders lie. */
  public record OrderFile(@JsonProperty("order_download_url") String url) {
    /** Empty where the day is more than 90 days ago. */
    public Optional<URI> address() {
      return at(url);
    }
  }

  /** Where the day's bill lies. */
  public record Bill(@JsonProperty("bill_download_url") String url) {
    /** Empty where the day is more than 90 days ago. */
    public Optional<URI> address() {
      return at(url);
    }
  }

  private static Optional<URI> at(String url) {
    return url.isEmpty() ? Optional.empty() : Optional.of(URI.create(url));
  }
}
