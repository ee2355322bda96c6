package io.tongbao.server.vault;

import io.tongbao.kernel.Bytes;
import io.tongbao.server.boot.StartRefused;
import io.tongbao.wire.crypto.AtRest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The key that wraps the data keys, outside the database. Written as one line per version, {@code
 * <version> <base64 of 32 bytes>}. To rotate it, add a line with the next version and restart: the
 * data keys are wrapped anew, then the old line may go.
 */
final class MasterKey {
  private static final int MOST_VERSIONS = 2;

  private MasterKey() {}

  static AtRest read(String text) {
    Map<Integer, Bytes> keys = new HashMap<>();
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    for (String line : lines) {
      int blank = line.indexOf(' ');
      if (blank < 1) {
        throw new StartRefused(
            "The master key cannot be read", "it is written '<version> <base64>', a line each");
      }
      keys.put(
          Integer.parseInt(line.substring(0, blank)),
          Bytes.ofBase64(line.substring(blank + 1).strip()));
    }
    if (keys.size() != lines.size() || keys.isEmpty() || keys.size() > MOST_VERSIONS) {
      throw new StartRefused(
          "The master key has " + lines.size() + " versions",
          "it has one, or the new and the old while they change");
    }
    return new AtRest(keys);
  }

  static AtRest of(Path file, boolean create) {
    try {
      if (Files.exists(file)) {
        return read(Files.readString(file));
      }
      if (!create) {
        throw new StartRefused(
            "There is no master key at " + file,
            "put it there, or let a new platform make one with --tongbao.vault.create=true");
      }
      write(file, "1 " + AtRest.newKey().base64() + "\n");
      return read(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("the master key at " + file + " cannot be used", e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, text);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
