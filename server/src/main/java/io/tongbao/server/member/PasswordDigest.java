package io.tongbao.server.member;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import io.tongbao.server.vault.Vault;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.springframework.stereotype.Component;

/**
 * What is stored of a password: PBKDF2 over a digest under the vault's key. A few at a time,
 * because each is dear on purpose (THREATS T-X13).
 */
@Component
final class PasswordDigest {
  private static final int ROUNDS = 210_000;
  private static final int BITS = 256;
  private static final int SALT_BYTES = 16;
  private static final int AT_A_TIME = 4;

  private final Vault vault;
  private final SecureRandom random = new SecureRandom();
  private final Semaphore room = new Semaphore(AT_A_TIME);

  PasswordDigest(Vault vault) {
    this.vault = vault;
  }

  Bytes salt() {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return Bytes.of(salt);
  }

  Bytes of(Member member, PasswordKind kind, Secret password, Bytes salt) {
    String text = member.id() + kind.name() + password.reveal();
    byte[] peppered = vault.index("payment-password", member.merchantId(), text);
    room.acquireUninterruptibly();
    try {
      PBEKeySpec spec =
          new PBEKeySpec(
              HexFormat.of().formatHex(peppered).toCharArray(), salt.toArray(), ROUNDS, BITS);
      return Bytes.of(
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has PBKDF2WithHmacSHA256", e);
    } finally {
      room.release();
    }
  }
}
