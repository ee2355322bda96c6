package io.tongbao.server.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The folder that one running platform owns: its database, its keys, its files. */
public final class DataFolder implements AutoCloseable {
  private static final String ADDRESS = "url";

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Makes the folder where it is missing and takes it for this process alone. */
  static DataFolder open(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
      return new DataFolder(path, lock(path.resolve("lock")));
    } catch (IOException e) {
      throw new StartRefused(
          "The data folder " + path + " cannot be used (" + e.getMessage() + ")",
          "choose another with --data, or make it writable");
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      String holder = Files.readString(file).strip();
      channel.close();
      throw new StartRefused(
          "The data folder %s is in use by %s"
              .formatted(file.getParent(), holder.isEmpty() ? "another" : "process " + holder),
          "stop that one first, or choose another folder with --data");
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** The folder itself, absolute. */
  public Path path() {
    return path;
  }

  /**
   * Writes a file that only its owner may read (mode 0600), so that a reader sees all of it or what
   * was there before.
   */
  public Path writePrivately(String name, String content) {
    Path file = path.resolve(name);
    Path draft = path.resolve(name + ".new");
    try {
      Files.deleteIfExists(draft);
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says to the launcher where this platform answers, as long as it does. */
  void announce(String url) {
    writePrivately(ADDRESS, url + "\n");
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path.resolve(ADDRESS));
      channel.truncate(0);
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
