package io.tongbao.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A card number, an identity number, a phone, a name, a key: text that never shows itself. Prints
 * as stars; {@link #reveal()} is the one way to the text, so every use can be found.
 */
public final class Secret {
  private final String text;

  public Secret(String text) {
    this.text = text;
  }

  public String reveal() {
    return text;
  }

  /** The first {@code head} and last {@code tail} characters with stars between. */
  public String masked(int head, int tail) {
    if (text.length() <= head + tail) {
      return "*".repeat(text.length());
    }
    return text.substring(0, head)
        + "*".repeat(text.length() - head - tail)
        + text.substring(text.length() - tail);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(utf8(text), utf8(secret.text));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "****";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
