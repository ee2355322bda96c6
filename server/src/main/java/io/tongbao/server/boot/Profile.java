package io.tongbao.server.boot;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.core.env.Environment;

/** What the platform is run for: to try it out, or to move money. */
public enum Profile {
  /** Simulated channels and the control interface; everything else is as in production. */
  SANDBOX,

  /** Real channels only, and nothing that a tester could do. */
  PRODUCTION;

  /** The profile that was asked for. There is no default: nobody moves money by accident. */
  static Profile of(Environment environment) {
    List<Profile> active =
        Arrays.stream(environment.getActiveProfiles())
            .filter(name -> name.equals("sandbox") || name.equals("production"))
            .map(name -> Profile.valueOf(name.toUpperCase(Locale.ROOT)))
            .toList();
    if (active.size() != 1) {
      throw new StartRefused(
          "No profile is chosen, or two",
          "start with --spring.profiles.active=sandbox, or =production");
    }
    return active.getFirst();
  }
}
