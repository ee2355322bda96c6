package io.tongbao.wire.crypto;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;

/**
 * A private key and its certificate under one alias: what a {@code .pfx} file holds. Merchants get
 * theirs with their sysid as the alias. Specification: escrow §2.3 (证书文件, 证书密码).
 */
public record Pkcs12(String alias, PrivateKey key, X509Certificate certificate) {
  private static final String TYPE = "PKCS12";

  public Pkcs12 {
    RsaKeys.require(key);
  }

  /** The file, its key encrypted under {@code password}. */
  public Bytes write(Secret password) {
    char[] characters = password.reveal().toCharArray();
    try {
      KeyStore store = KeyStore.getInstance(TYPE);
      store.load(null, null);
      store.setKeyEntry(alias, key, characters, new Certificate[] {certificate});
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      store.store(file, characters);
      return Bytes.of(file.toByteArray());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot write the key file", e);
    }
  }

  /** Reads the file's first key. A wrong password and a broken file look the same. */
  public static Pkcs12 read(Bytes file, Secret password) {
    char[] characters = password.reveal().toCharArray();
    try {
      KeyStore store = KeyStore.getInstance(TYPE);
      store.load(new ByteArrayInputStream(file.toArray()), characters);
      for (var aliases = store.aliases(); aliases.hasMoreElements(); ) {
        String alias = aliases.nextElement();
        if (store.getKey(alias, characters) instanceof PrivateKey key
            && store.getCertificate(alias) instanceof X509Certificate certificate) {
          return new Pkcs12(alias, key, certificate);
        }
      }
    } catch (GeneralSecurityException | IOException unreadable) {
      throw Refusal.of(Refusal.Reason.MALFORMED, TYPE);
    }
    throw Refusal.of(Refusal.Reason.MALFORMED, TYPE);
  }

  @Override
  public String toString() {
    return TYPE + " " + alias;
  }
}
