package io.tongbao.server.boot;

import ch.qos.logback.classic.spi.ILoggingEvent;
import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.json.JsonWriter.ValueProcessor;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/** Every text of the JSON log as {@link Redaction} leaves it. */
public final class SafeMembers implements StructuredLoggingJsonMembersCustomizer<ILoggingEvent> {
  @Override
  public void customize(Members<ILoggingEvent> members) {
    members.applyingValueProcessor(
        ValueProcessor.of(String.class, text -> text == null ? null : Redaction.lines(text)));
  }
}
