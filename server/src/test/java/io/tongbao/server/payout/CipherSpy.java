package io.tongbao.server.payout;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.ShortBufferException;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often anything is decrypted with triple DES in this process, by standing before the
 * JDK's own provider.
 */
final class CipherSpy implements AutoCloseable {
  private static final String NAME = "TongbaoTestSpy";
  private static final AtomicInteger DECRYPTED = new AtomicInteger();

  CipherSpy() {
    Security.insertProviderAt(new Spying(), 1);
  }

  int decrypted() {
    return DECRYPTED.get();
  }

  @Override
  public void close() {
    Security.removeProvider(NAME);
  }

  private static final class Spying extends Provider {
    private static final long serialVersionUID = 1;

    Spying() {
      super(NAME, "1", "counts");
      put("Cipher.DESede/CBC/PKCS5Padding", Spi.class.getName());
    }
  }

  /** Does what the JDK does. */
  public static final class Spi extends CipherSpi {
    private final Cipher cipher;

    public Spi() throws GeneralSecurityException {
      cipher = Cipher.getInstance("DESede/CBC/PKCS5Padding", "SunJCE");
    }

    @Override
    protected void engineInit(int mode, Key key, AlgorithmParameterSpec params, SecureRandom random)
        throws InvalidKeyException, InvalidAlgorithmParameterException {
      if (mode == Cipher.DECRYPT_MODE) {
        DECRYPTED.incrementAndGet();
      }
      cipher.init(mode, key, params);
    }

    @Override
    protected byte[] engineDoFinal(byte[] input, int offset, int length)
        throws IllegalBlockSizeException, BadPaddingException {
      return cipher.doFinal(input, offset, length);
    }

    @Override
    protected void engineSetMode(String mode) throws NoSuchAlgorithmException {
      throw new NoSuchAlgorithmException(mode);
    }

    @Override
    protected void engineSetPadding(String padding) throws NoSuchPaddingException {
      throw new NoSuchPaddingException(padding);
    }

    @Override
    protected int engineGetBlockSize() {
      return cipher.getBlockSize();
    }

    @Override
    protected int engineGetOutputSize(int length) {
      return cipher.getOutputSize(length);
    }

    @Override
    protected byte[] engineGetIV() {
      return cipher.getIV();
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
      return cipher.getParameters();
    }

    @Override
    protected void engineInit(int mode, Key key, SecureRandom random) throws InvalidKeyException {
      throw new InvalidKeyException("no IV");
    }

    @Override
    protected void engineInit(int mode, Key key, AlgorithmParameters params, SecureRandom random)
        throws InvalidKeyException {
      throw new InvalidKeyException("no IV");
    }

    @Override
    protected byte[] engineUpdate(byte[] input, int offset, int length) {
      return cipher.update(input, offset, length);
    }

    @Override
    protected int engineUpdate(byte[] input, int offset, int length, byte[] output, int at)
        throws ShortBufferException {
      return cipher.update(input, offset, length, output, at);
    }

    @Override
    protected int engineDoFinal(byte[] input, int offset, int length, byte[] output, int at)
        throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
      return cipher.doFinal(input, offset, length, output, at);
    }
  }
}
