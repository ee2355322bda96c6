package io.tongbao.server.recon;

import io.tongbao.kernel.Bytes;
import io.tongbao.server.vault.Vault;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes a file so that only the vault can read it, piece by piece, however long it is. Each piece
 * is sealed for its place in this file, and the last one as the last, so that none can be taken
 * away, moved or cut off (THREATS T2-6).
 */
final class SealedOutput extends OutputStream {
  static final String TABLE = "line_file";
  static final int PIECE = 64 * 1024;

  private final Vault vault;
  private final String path;
  private final DataOutputStream out;
  private final byte[] piece = new byte[PIECE];
  private int filled;
  private long number = 1;
  private boolean closed;

  /**
   * @param path the file's own, which no other file has
   */
  SealedOutput(Vault vault, String path, OutputStream out) {
    this.vault = vault;
    this.path = path;
    this.out = new DataOutputStream(out);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int at = from;
    while (at < from + length) {
      if (filled == PIECE) {
        seal(number++);
      }
      int part = Math.min(PIECE - filled, from + length - at);
      System.arraycopy(bytes, at, piece, filled, part);
      filled += part;
      at += part;
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      seal(-number);
      out.close();
    }
  }

  private void seal(long place) throws IOException {
    Bytes content = Bytes.of(Arrays.copyOf(piece, filled));
    byte[] sealed = vault.seal(TABLE, path, place, content);
    out.writeInt(sealed.length);
    out.write(sealed);
    filled = 0;
  }
}
