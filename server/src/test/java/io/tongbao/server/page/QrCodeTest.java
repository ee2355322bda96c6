package io.tongbao.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.ChecksumException;
import com.google.zxing.FormatException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrCodeTest {
  private static final Pattern RUN = Pattern.compile("M([0-9]+) ([0-9]+)h([0-9]+)v1h-([0-9]+)z");
  private static final int QUIET = 4;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080/wallet/01234567890123456789",
        "https://pay.example.com/a/rather/long/address?with=a&query=of&several=members",
        "通宝 · 付款 ¥1.00"
      })
  void whatIsDrawnCanBeReadAgain(String text) throws ChecksumException, FormatException {
    assertThat(new Decoder().decode(modules(QrCode.of(text))).getText()).isEqualTo(text);
  }

  /** Reads the path back into modules, without the quiet zone. */
  private static BitMatrix modules(QrCode code) {
    assertThat(code.path()).matches("(" + RUN.pattern() + ")+");
    BitMatrix modules = new BitMatrix(code.size() - 2 * QUIET);
    Matcher run = RUN.matcher(code.path());
    while (run.find()) {
      int length = Integer.parseInt(run.group(3));
      assertThat(run.group(4)).isEqualTo(run.group(3));
      modules.setRegion(
          Integer.parseInt(run.group(1)) - QUIET,
          Integer.parseInt(run.group(2)) - QUIET,
          length,
          1);
    }
    return modules;
  }
}
