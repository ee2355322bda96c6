package io.tongbao.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The logs of both profiles as they come out of the process. */
@ExtendWith(OutputCaptureExtension.class)
class SafeLogTest {

  @Configuration(proxyBeanMethods = false)
  static class Nothing {}

  @ParameterizedTest
  @ValueSource(strings = {"sandbox", "production"})
  void showsNoSecrets(String profile, CapturedOutput output) {
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Nothing.class)
            .web(WebApplicationType.NONE)
            .profiles(profile)
            .run()) {
      assertThat(context.isActive()).isTrue();
      Logger log = LoggerFactory.getLogger("io.tongbao.test");
      log.warn(
          "card {} of {}\nforged line",
          "6228480402637874214",
          "13812345678",
          new IllegalStateException("11010119900307093X"));
    }
    assertThat(output.getAll())
        .contains("622848*********4214", "138****5678", "110101********093X")
        .doesNotContain("6228480402637874214", "13812345678", "11010119900307093X")
        .doesNotContain("\nforged line");
    if (profile.equals("production")) {
      output
          .getAll()
          .lines()
          .filter(line -> line.contains("138****5678"))
          .forEach(line -> assertThat(JsonMapper.shared().readTree(line).isObject()).isTrue());
    }
  }
}
