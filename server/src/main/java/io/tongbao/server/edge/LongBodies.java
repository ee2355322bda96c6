package io.tongbao.server.edge;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The bodies that are being read, and the few seats for those of them that are long. A seat is
 * taken when that much has really come, not when it is announced; one address has at most a quarter
 * of them; and whoever sends slowly loses his to the next one who has none (THREATS T-X18).
 */
final class LongBodies {
  /** The longest body that costs no seat, in bytes. */
  static final int ORDINARY = 256 * 1024;

  static final int SEATS = 16;
  static final int OF_ONE_SOURCE = 4;

  /** A body of 2 MB comes in 20 s at 100 KB/s: half of that is slow, once a second has gone. */
  static final int SLOW_BYTES_PER_SECOND = 50 * 1024;

  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final int CHUNK = 8 * 1024;

  private final LongSupplier nanos;
  private final Deque<Body> seated = new ArrayDeque<>();

  LongBodies(LongSupplier nanos) {
    this.nanos = nanos;
  }

  Body from(String source) {
    return new Body(source);
  }

  /** What has come of one body; filled by one thread, and emptied by whoever takes its seat. */
  final class Body implements Limits.Seat {
    private final String source;
    private ByteArrayOutputStream content = new ByteArrayOutputStream(CHUNK);
    private boolean isLong;
    private boolean lost;
    private long seatedAt;
    private int seatedWith;

    private Body(String source) {
      this.source = source;
    }

    /** Takes what has come, or refuses it where no seat is to be had or this one was lost. */
    void add(byte[] chunk, int length) {
      if (!isLong && content.size() + length <= ORDINARY) {
        content.write(chunk, 0, length); // nobody else knows of it yet
        return;
      }
      synchronized (seated) {
        if (!isLong) {
          seat(this);
          isLong = true;
        }
        requireSeat();
        content.write(chunk, 0, length);
      }
    }

    int size() {
      return content.size();
    }

    Bytes whole() {
      synchronized (seated) {
        requireSeat();
        return Bytes.of(content.toByteArray());
      }
    }

    private void requireSeat() {
      if (lost) {
        throw Refusal.of(Refusal.Reason.BUSY);
      }
    }

    private boolean isSlow() {
      long waited = nanos.getAsLong() - seatedAt;
      long due = SLOW_BYTES_PER_SECOND * waited / Duration.ofSeconds(1).toNanos();
      return waited > GRACE.toNanos() && content.size() - seatedWith < due;
    }

    @Override
    public void close() {
      synchronized (seated) {
        seated.remove(this);
      }
    }
  }

  private void seat(Body body) {
    Predicate<Body> ofOneSource = other -> other.source.equals(body.source);
    if (seated.stream().filter(ofOneSource).count() >= OF_ONE_SOURCE) {
      unseat(ofOneSource);
    } else if (seated.size() >= SEATS) {
      unseat(_ -> true);
    }
    body.seatedAt = nanos.getAsLong();
    body.seatedWith = body.size();
    seated.add(body);
  }

  /** Its reader hears of it when the next byte comes, or none does; the memory is free at once. */
  private void unseat(Predicate<Body> which) {
    Body slow =
        seated.stream()
            .filter(which.and(Body::isSlow))
            .findFirst()
            .orElseThrow(() -> Refusal.of(Refusal.Reason.BUSY));
    seated.remove(slow);
    slow.content = new ByteArrayOutputStream(0);
    slow.lost = true;
  }
}
