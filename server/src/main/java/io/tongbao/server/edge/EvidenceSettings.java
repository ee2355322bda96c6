package io.tongbao.server.edge;

import io.tongbao.server.boot.StartRefused;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of evidence.
 *
 * @param kept how long it is kept after the end of its month
 */
@ConfigurationProperties(prefix = "tongbao.evidence", ignoreUnknownFields = false)
record EvidenceSettings(@DefaultValue("1096d") Duration kept) {
  /** As the database has it too: {@code sliced.at_least}. */
  private static final Duration LEAST = Duration.ofDays(180);

  EvidenceSettings {
    if (kept.compareTo(LEAST) < 0) {
      throw new StartRefused(
          "tongbao.evidence.kept is " + kept.toDays() + " days",
          "choose " + LEAST.toDays() + "d or more");
    }
  }
}
