package io.tongbao.client.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Money;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The files of a day with the lines that the specification prints (§2.2). */
class DayFileTest {
  private static final String ORDERS =
      "商户订单号,订单流水号,商户批次号,姓名,经纪公司ID,订单状态,收款账号,支付渠道,金额,服务费,渠道流水号,"
          + "短周期授信账单号,服务费账单号,余额账单号,创建时间,完成时间\r\n";
  private static final String BILL =
      "商户订单号,订单流水号,流水号,流水类型,流水状态,支付渠道,姓名,经纪公司ID,金额,渠道流水号,创建时间,完成时间\r\n";

  @Test
  void readsThePrintedOrders() throws IOException {
    List<DayFile.Order> orders = new ArrayList<>();
    DayFile.readOrders(
        gzip(
            ORDERS
                + "2017112701,1053817962754221,,张**,yiyun**,成功,6228*****52416,银行卡,195,13.65,"
                + "201711204400000,-/-,-/-,-/-,2017-11-20 00:00:22,2017-11-20 00:00:24\r\n"
                + "2017112704,1053817962754224,,牟**,yiyun**,打款中,134****431,支付宝,18,1.26,"
                + ",-/-,-/-,-/-,2017-11-20 00:01:42,\r\n"),
        orders::add);
    assertThat(orders).hasSize(2);
    assertThat(orders.getFirst().pay()).isEqualTo(Money.ofFen(19_500));
    assertThat(orders.getFirst().fee()).isEqualTo(Money.ofFen(1_365));
    assertThat(orders.getFirst().finishedAt()).isEqualTo(Instant.parse("2017-11-19T16:00:24Z"));
    assertThat(orders.getLast().account()).isEqualTo("134****431");
    assertThat(orders.getLast().finishedAt()).isNull();
  }

  @Test
  void readsThePrintedBill() throws IOException {
    List<DayFile.Flow> flows = new ArrayList<>();
    DayFile.readBill(
        gzip(
            BILL
                + "2017111101,105381754236469631,105381754821575041,经纪公司打款,成功(待领取),微信,彭**,"
                + "yiyun**,6,10000417,2017-11-20 00:00:02,2017-11-20 00:02:38\r\n"
                + "2017111101,105381754236469631,10538175483200800,经纪公司打款服务费,状态未知,-/-,彭**,"
                + "yiyun**,0.42,,2017-11-20 00:00:02,2017-11-20 00:02:38\r\n"),
        flows::add);
    assertThat(flows).extracting(DayFile.Flow::counts).containsExactly(true, false);
    assertThat(flows.getLast().amount()).isEqualTo(Money.ofFen(42));
    assertThat(flows.getLast().channel()).isEqualTo("-/-");
  }

  @Test
  void refusesAnotherFile() {
    assertThatThrownBy(() -> DayFile.readOrders(gzip(BILL), _ -> {}))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> DayFile.readBill(gzip(BILL + "1,2,3\r\n"), _ -> {}))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> DayFile.readBill(new ByteArrayInputStream(new byte[] {1, 2, 3}), _ -> {}))
        .isInstanceOf(IOException.class);
  }

  @Test
  void readsWhatRfc4180Allows() throws IOException {
    Csv csv = new Csv(new StringReader("a,\"b,\"\"c\"\"\r\nd\",\n,\r\nlast"));
    assertThat(csv.next()).containsExactly("a", "b,\"c\"\r\nd", "");
    assertThat(csv.next()).containsExactly("", "");
    assertThat(csv.next()).containsExactly("last");
    assertThat(csv.next()).isNull();
    assertThatThrownBy(() -> new Csv(new StringReader("\"open")).next())
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> new Csv(new StringReader("\"a\"b")).next())
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> new Csv(new StringReader("x".repeat(70_000))).next())
        .isInstanceOf(IOException.class);
  }

  private static InputStream gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(Bytes.utf8(text).toArray());
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
