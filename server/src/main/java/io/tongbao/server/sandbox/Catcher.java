package io.tongbao.server.sandbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Receivers by name: what came, and what they were told to reply. Kept in memory, bounded. */
@Component
@Profile("sandbox")
final class Catcher {
  private static final int MOST_NAMES = 1_000;
  private static final int MOST_EACH = 1_000;

  /** One scripted reply. */
  record Reply(int status, Duration delay, String body) {
    static final Reply DEFAULT = new Reply(200, Duration.ZERO, "success");
  }

  private static final class Box {
    private final Deque<Caught> caught = new ArrayDeque<>();
    private final Deque<Reply> script = new ArrayDeque<>();
  }

  private final Map<String, Box> boxes = new ConcurrentHashMap<>();

  /** The next reply of the script, or the face's word of success. */
  Reply next(String name) {
    Box box = box(name);
    synchronized (box) {
      Reply next = box.script.poll();
      return next == null ? Reply.DEFAULT : next;
    }
  }

  void keep(String name, Caught caught) {
    Box box = box(name);
    synchronized (box) {
      if (box.caught.size() == MOST_EACH) {
        box.caught.removeFirst();
      }
      box.caught.addLast(caught);
    }
  }

  void script(String name, List<Reply> replies) {
    Box box = box(name);
    synchronized (box) {
      box.script.clear();
      box.script.addAll(replies);
    }
  }

  /** Oldest first. */
  List<Caught> all(String name) {
    Box box = box(name);
    synchronized (box) {
      return new ArrayList<>(box.caught);
    }
  }

  void clear() {
    boxes.clear();
  }

  private Box box(String name) {
    if (boxes.size() >= MOST_NAMES && !boxes.containsKey(name)) {
      boxes.clear();
    }
    return boxes.computeIfAbsent(name, _ -> new Box());
  }
}
