package io.tongbao.wire.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Bytes;
import io.tongbao.wire.Form;
import io.tongbao.wire.Members;
import io.tongbao.wire.crypto.Base64Text;
import io.tongbao.wire.crypto.RsaKeys;
import io.tongbao.wire.crypto.RsaScheme;
import io.tongbao.wire.crypto.RsaType1;
import io.tongbao.wire.crypto.RsaVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What another implementation signed and sealed is what this one accepts. */
final class EscrowGoldenTest {
  private static final Members GOLDEN = golden();
  private static final RsaVerifier VERIFIER = verifier(RsaScheme.SHA1);

  @Test
  void acceptsTheRequest() {
    String form =
        Form.write(
            new Form.Field("sysid", known("sysid")),
            new Form.Field("sign", known("requestSign")),
            new Form.Field("timestamp", known("requestTimestamp")),
            new Form.Field("v", "1.0"),
            new Form.Field("req", known("req")));
    EscrowRequest request = EscrowRequest.read(Bytes.EMPTY, Bytes.utf8(form));
    assertThat(request.isSignedBy(VERIFIER)).isTrue();
    Bytes stronger = Base64Text.open(known("requestSignSha256"));
    assertThat(verifier(RsaScheme.SHA256).verify(request.canonical(), stronger)).isTrue();
    assertThat(VERIFIER.verify(request.canonical(), stronger)).isFalse();
  }

  @Test
  void acceptsTheAnswers() {
    String ok =
        new Members.Writer()
            .text("status", "OK")
            .text("signedValue", known("signedValue"))
            .text("sign", known("signedValueSign"))
            .end();
    assertThat(EscrowAnswer.read(ok, VERIFIER).signedValue()).isEqualTo(known("signedValue"));
    String error =
        new Members.Writer()
            .text("status", "error")
            .text("signedValue", "error")
            .text("sign", known("errorSign"))
            .text("errorCode", "9999")
            .end();
    assertThat(EscrowAnswer.read(error, VERIFIER).errorCode()).isEqualTo("9999");
  }

  @Test
  void acceptsTheNotice() {
    String form =
        Form.write(
            new Form.Field("sysid", known("sysid")),
            new Form.Field("sign", known("noticeSign")),
            new Form.Field("timestamp", known("noticeTimestamp")),
            new Form.Field("v", "1.0"),
            new Form.Field("rps", known("rps")));
    assertThat(EscrowNotice.read(Bytes.utf8(form), VERIFIER).rps()).isEqualTo(known("rps"));
  }

  @Test
  void opensTheField() {
    var key = RsaKeys.publicKey(known("publicKey"));
    assertThat(RsaType1.open(known("sealedField"), key).reveal()).isEqualTo(known("field"));
  }

  private static RsaVerifier verifier(RsaScheme scheme) {
    return new RsaVerifier(RsaKeys.publicKey(known("publicKey")), scheme);
  }

  private static String known(String name) {
    return GOLDEN.required(name);
  }

  private static Members golden() {
    try (InputStream file = EscrowGoldenTest.class.getResourceAsStream("golden.json")) {
      return Members.read(Bytes.of(Objects.requireNonNull(file).readAllBytes()).utf8());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
