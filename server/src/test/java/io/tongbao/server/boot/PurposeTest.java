package io.tongbao.server.boot;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A sandbox's database, whose keys anybody knows, never becomes production's; nor the reverse. */
class PurposeTest {
  @Test
  void theFirstStartDecides() {
    for (Profile first : Profile.values()) {
      try (Database database = TestDatabase.create().open()) {
        Purpose.claim(database, first);
        assertThatCode(() -> Purpose.claim(database, first)).doesNotThrowAnyException();
        Profile other = first == Profile.SANDBOX ? Profile.PRODUCTION : Profile.SANDBOX;
        assertThatThrownBy(() -> Purpose.claim(database, other))
            .isInstanceOf(StartRefused.class)
            .hasMessageContaining("was made for the profile");
      }
    }
  }
}
