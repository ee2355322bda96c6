package io.tongbao.server.recon;

import io.tongbao.server.vault.Vault;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads what {@link SealedOutput} wrote, a piece at a time; what was tampered with does not open.
 */
final class SealedInput extends InputStream {
  private static final int LONGEST_PIECE = SealedOutput.PIECE + 1024;

  private final Vault vault;
  private final String path;
  private final DataInputStream in;
  private byte[] piece = new byte[0];
  private int at;
  private long number;
  private boolean last;

  SealedInput(Vault vault, String path, InputStream in) {
    this.vault = vault;
    this.path = path;
    this.in = new DataInputStream(new BufferedInputStream(in, LONGEST_PIECE));
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? piece[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int part = Math.min(length, piece.length - at);
    System.arraycopy(piece, at, to, from, part);
    at += part;
    return part;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean hasMore() throws IOException {
    while (at == piece.length) {
      if (last) {
        return false;
      }
      next();
    }
    return true;
  }

  private void next() throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LONGEST_PIECE) {
      throw new IOException("not a sealed file");
    }
    byte[] sealed = in.readNBytes(length);
    if (sealed.length < length) {
      throw new EOFException("a sealed file that was cut off");
    }
    number++;
    last = isAtEnd();
    piece = vault.openBytes(SealedOutput.TABLE, path, last ? -number : number, sealed).toArray();
    at = 0;
  }

  private boolean isAtEnd() throws IOException {
    in.mark(1);
    boolean end = in.read() < 0;
    in.reset();
    return end;
  }
}
