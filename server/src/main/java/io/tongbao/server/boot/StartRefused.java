package io.tongbao.server.boot;

/**
 * A reason not to start that the person at the keyboard can mend. Shown as one line: what is wrong,
 * then what to do. Carries no stack trace.
 */
public final class StartRefused extends RuntimeException {
  public StartRefused(String what, String remedy) {
    super(what + ": " + remedy, null, false, false);
  }
}
