package io.tongbao.server.boot;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** {@code %safe} in the log's pattern: the message as {@link Redaction} leaves it. */
public final class SafeMessage extends MessageConverter {
  @Override
  public String convert(ILoggingEvent event) {
    return Redaction.line(super.convert(event));
  }
}
