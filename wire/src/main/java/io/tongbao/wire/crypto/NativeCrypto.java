package io.tongbao.wire.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import java.security.Security;

/**
 * The cryptography of AWS-LC as the JVM's first provider: RSA signatures at openssl's speed, about
 * three times the JDK's own. Where its library does not load (another system or processor), the
 * JDK's stay in place and everything works all the same. Specification: escrow §3.4.
 */
public final class NativeCrypto {
  private NativeCrypto() {}

  /** Puts it first for the whole JVM; whether it is there. For programs, not for libraries. */
  public static boolean install() {
    try {
      Provider provider = AmazonCorrettoCryptoProvider.INSTANCE;
      if (AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() != null) {
        return false;
      }
      Security.insertProviderAt(provider, 1);
      return true;
    } catch (LinkageError notForThisMachine) {
      return false;
    }
  }

  /** Takes it away again, so that the JDK's can be measured beside it. */
  public static void remove() {
    Security.removeProvider(AmazonCorrettoCryptoProvider.PROVIDER_NAME);
  }
}
