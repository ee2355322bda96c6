package io.tongbao.server.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.server.boot.StartRefused;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

/** Production does not start where notices could leave in the clear or come back to itself. */
class NoticeConfigurationTest {
  private final NoticeConfiguration configuration = new NoticeConfiguration();

  @ParameterizedTest
  @CsvSource({"true, false, false", "false, true, false", "false, false, true", "true, true, true"})
  void productionDoesNotStart(boolean loopback, boolean plainHttp, boolean keepBodies)
      throws IOException {
    NoticeSettings settings = new NoticeSettings(loopback, plainHttp, keepBodies);
    assertThatThrownBy(() -> configuration.postman(settings, in("production")).close())
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("tongbao.notice.loopback");
    configuration.postman(settings, in("sandbox")).close();
  }

  @Test
  void productionStartsWithoutThem() throws IOException {
    NoticeSettings safe = new NoticeSettings(false, false, false);
    try (Postman postman = configuration.postman(safe, in("production"))) {
      assertThat(postman).isNotNull();
    }
  }

  private static MockEnvironment in(String profile) {
    MockEnvironment environment = new MockEnvironment();
    environment.setActiveProfiles(profile);
    return environment;
  }
}
