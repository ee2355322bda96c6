package io.tongbao.wire.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.wire.crypto.RsaType1.Shape;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

/** The field encryption of the escrow interface, and the forgeries that it must not serve. */
final class RsaType1Test {
  private static final KeyPair KEYS = RsaKeys.generate();
  private static final KeyPair OTHERS = RsaKeys.generate();

  @Test
  void opensWhatItSealed() {
    assertThat(openedAgain(Shape.ACCOUNT, "6228480402564890018")).isEqualTo("6228480402564890018");
    assertThat(openedAgain(Shape.IDENTITY, "11010119900307123X")).isEqualTo("11010119900307123X");
    assertThat(openedAgain(Shape.DOCUMENT, "E12345678")).isEqualTo("E12345678");
    assertThat(openedAgain(Shape.CARD_CODE, "2103")).isEqualTo("2103");
    assertThat(openedAgain(Shape.PASSWORD, "a,b;c!")).isEqualTo("a,b;c!");
  }

  @Test
  void sealsTheSameAsTheOrdinaryCipherOfAnRsaClient() throws GeneralSecurityException {
    String sealed =
        RsaType1.seal(Shape.ACCOUNT, new Secret("6228480402564890018"), KEYS.getPrivate());
    byte[] theirs = clientBlock("6228480402564890018".getBytes(StandardCharsets.UTF_8));
    assertThat(Base64.getDecoder().decode(sealed)).isEqualTo(theirs);
  }

  @Test
  void opensSeveralBlocks() throws GeneralSecurityException {
    String text = "贝币通宝".repeat(60);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[0];
    for (int at = 0; at < utf8.length; at += 245) {
      all = joined(all, clientBlock(Arrays.copyOfRange(utf8, at, Math.min(at + 245, utf8.length))));
    }
    assertThat(all).hasSize(3 * 256);
    assertThat(open(Base64.getEncoder().encodeToString(all))).isEqualTo(text);
    assertThat(open(Base64.getMimeEncoder().encodeToString(all))).isEqualTo(text);
  }

  @Test
  void opensBlocksJoinedByCommas() throws GeneralSecurityException {
    String text = "一个很长的字段,里面还有逗号,,0123456789";
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int at = 0; at < utf8.length; at += 30) {
      if (at > 0) {
        all.write(',');
      }
      all.writeBytes(clientBlock(Arrays.copyOfRange(utf8, at, Math.min(at + 30, utf8.length))));
    }
    assertThat(open(Base64.getEncoder().encodeToString(all.toByteArray()))).isEqualTo(text);
  }

  /** A block may itself begin with the byte of a comma: the length tells, not the byte. */
  @Test
  void takesNoBlockForAComma() throws GeneralSecurityException {
    byte[] comma = blockBeginningWithComma();
    String twice = Base64.getEncoder().encodeToString(joined(comma, comma));
    assertThat(open(twice)).hasSizeGreaterThan(2);
    byte[] joinedByComma = joined(joined(comma, new byte[] {','}), comma);
    assertThat(open(Base64.getEncoder().encodeToString(joinedByComma))).isEqualTo(open(twice));
  }

  @Test
  void refusesWhatItCannotOpen() throws GeneralSecurityException {
    String good = RsaType1.seal(Shape.CARD_CODE, new Secret("210"), KEYS.getPrivate());
    String others = RsaType1.seal(Shape.CARD_CODE, new Secret("210"), OTHERS.getPrivate());
    byte[] raw = Base64.getDecoder().decode(good);
    byte[] wrongGlue = joined(joined(raw, new byte[] {';'}), raw);
    byte[] most = new byte[256];
    Arrays.fill(most, (byte) 0xff);
    for (String bad :
        List.of(
            "",
            "6228480402564890018",
            good.replace('+', ' ').replace('/', ' '),
            good.substring(4),
            others,
            base64(wrongGlue),
            base64(most),
            base64(new byte[256]),
            base64(new byte[256 * 17]),
            "好")) {
      assertThat(refusal(bad)).as(bad).isEqualTo(Refusal.Reason.DECRYPTION_FAILED);
    }
  }

  /** THREATS T3-1: who sends a signature as a field is told that the field is wrong. */
  @Test
  void refusesWhatIsNoText() throws GeneralSecurityException {
    byte[] info = digestInfo("3021300906052b0e03021a05000414", "SHA-1", new byte[] {1});
    for (byte[] plain : List.of(new byte[] {(byte) 0xc3, 0x28}, info)) {
      assertThat(refusal(base64(clientBlock(plain)))).isEqualTo(Refusal.Reason.BAD_FIELD);
    }
  }

  @Test
  void survivesRandomBlocks() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[256];
      random.nextBytes(bytes);
      bytes[0] = 0;
      assertThatThrownBy(() -> open(base64(bytes))).isInstanceOf(Refusal.class);
    }
  }

  /** THREATS T3-1: sealing a DigestInfo would be signing the digest. */
  @Test
  void refusesToSign() throws GeneralSecurityException {
    byte[] forged = "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8);
    List<byte[]> infos =
        List.of(
            digestInfo("3020300c06082a864886f70d020505000410", "MD5", forged),
            digestInfo("3021300906052b0e03021a05000414", "SHA-1", forged),
            digestInfo("3031300d060960864801650304020105000420", "SHA-256", forged),
            digestInfo("3041300d060960864801650304020205000430", "SHA-384", forged),
            digestInfo("3051300d060960864801650304020305000440", "SHA-512", forged));
    for (byte[] info : infos) {
      assertThatThrownBy(() -> RsaType1.refuseWhatCouldBeSigned(info)).isInstanceOf(Refusal.class);
      assertThatThrownBy(() -> RsaType1.refuseWhatCouldBeSigned(Arrays.copyOf(info, 5)))
          .isInstanceOf(Refusal.class);
      Secret asText = new Secret(new String(info, StandardCharsets.ISO_8859_1));
      for (Shape shape : Shape.values()) {
        assertThatThrownBy(() -> RsaType1.seal(shape, asText, KEYS.getPrivate()))
            .isInstanceOf(Refusal.class);
      }
    }
  }

  @Test
  void sealsOnlyItsShapes() {
    for (String bad :
        List.of(
            "1234567", "1".repeat(31), "1101011990030712 3", "622848040256489001８", "", "1\n")) {
      assertThat(Shape.ACCOUNT.admits(new Secret(bad))).as(bad).isFalse();
      assertThatThrownBy(() -> RsaType1.seal(Shape.ACCOUNT, new Secret(bad), KEYS.getPrivate()))
          .isInstanceOf(Refusal.class);
    }
    for (String bad :
        List.of("11010119900307123x", "1101011990030712312", "1101011990030712", "X")) {
      assertThat(Shape.IDENTITY.admits(new Secret(bad))).as(bad).isFalse();
    }
  }

  /** The proof that the operation is a signature, and so why the shapes are strict. */
  @Test
  void theOperationIsIndeedASignature() throws GeneralSecurityException {
    byte[] forged = "anything".getBytes(StandardCharsets.UTF_8);
    byte[] info = digestInfo("3021300906052b0e03021a05000414", "SHA-1", forged);
    Bytes signature = Bytes.of(clientBlock(info));
    assertThat(
            new RsaVerifier(KEYS.getPublic(), RsaScheme.SHA1).verify(Bytes.of(forged), signature))
        .isTrue();
  }

  private static String openedAgain(Shape shape, String value) {
    String sealed = RsaType1.seal(shape, new Secret(value), KEYS.getPrivate());
    assertThat(Base64.getDecoder().decode(sealed)).hasSize(256);
    return open(sealed);
  }

  private static String open(String base64) {
    return RsaType1.open(base64, KEYS.getPublic()).reveal();
  }

  private static Refusal.Reason refusal(String base64) {
    return catchThrowableOfType(Refusal.class, () -> open(base64)).reason();
  }

  private static byte[] clientBlock(byte[] plain) throws GeneralSecurityException {
    return clientBlock(plain, KEYS.getPrivate());
  }

  private static byte[] clientBlock(byte[] plain, PrivateKey key) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.ENCRYPT_MODE, key);
    return cipher.doFinal(plain);
  }

  private static byte[] blockBeginningWithComma() throws GeneralSecurityException {
    for (int i = 0; ; i++) {
      byte[] block = clientBlock(("value " + i).getBytes(StandardCharsets.UTF_8));
      if (block[0] == ',') {
        return block;
      }
    }
  }

  private static byte[] digestInfo(String prefix, String algorithm, byte[] content)
      throws GeneralSecurityException {
    return joined(
        HexFormat.of().parseHex(prefix), MessageDigest.getInstance(algorithm).digest(content));
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
