package io.tongbao.server.boot;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;

/** {@code %safeTrace} in the log's pattern: a stack trace as {@link Redaction} leaves it. */
public final class SafeTrace extends ThrowableProxyConverter {
  @Override
  protected String throwableProxyToString(IThrowableProxy thrown) {
    return Redaction.lines(super.throwableProxyToString(thrown));
  }
}
