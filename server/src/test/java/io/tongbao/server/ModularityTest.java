package io.tongbao.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** Who may know whom: the plan, and that every package keeps to it. */
class ModularityTest {
  private static final String ROOT = Tongbao.class.getPackageName();

  /** Below the faces; whatever these may not know, they cannot depend on by accident. */
  private static final Map<String, Set<String>> PLAN =
      Map.ofEntries(
          Map.entry("boot", Set.of()),
          Map.entry("page", Set.of("boot")),
          Map.entry("vault", Set.of("boot")),
          Map.entry("merchant", Set.of("boot", "vault")),
          Map.entry("edge", Set.of("boot", "vault", "merchant")),
          Map.entry("member", Set.of("boot", "vault", "merchant")),
          Map.entry("channel", Set.of("boot", "vault", "merchant", "page")),
          Map.entry("order", Set.of("boot", "vault", "merchant", "member", "channel")),
          Map.entry("payment", Set.of("boot", "vault", "merchant", "channel")),
          Map.entry("notice", Set.of("boot", "vault", "merchant", "member", "order")),
          Map.entry("recon", Set.of("boot", "vault", "merchant", "order", "payment", "channel")),
          // It gives out each face's keys and catches each face's notices (docs/decisions/0008).
          Map.entry(
              "sandbox",
              Set.of(
                  "boot",
                  "page",
                  "vault",
                  "edge",
                  "merchant",
                  "member",
                  "order",
                  "payment",
                  "channel",
                  "channel::simulated",
                  "notice",
                  "recon",
                  "escrow",
                  "payout",
                  "quickpass",
                  "findcard",
                  "withhold")),
          Map.entry(
              "console",
              Set.of(
                  "boot",
                  "vault",
                  "edge",
                  "merchant",
                  "member",
                  "order",
                  "payment",
                  "channel",
                  "notice",
                  "recon")));

  private static final Set<String> FACES =
      Set.of("escrow", "payout", "quickpass", "findcard", "withhold");

  private static final Set<String> BELOW_FACES =
      Set.of(
          "boot",
          "page",
          "vault",
          "edge",
          "merchant",
          "member",
          "order",
          "payment",
          "channel",
          "notice",
          "recon");

  private static final ApplicationModules MODULES = ApplicationModules.of(Tongbao.class);

  @Test
  void everyPackageKnowsOnlyWhatItSaysThatItKnows() {
    MODULES.verify();
  }

  @Test
  void everyPackageSaysNoMoreThanThePlanAllows() throws ClassNotFoundException {
    for (String name : names()) {
      ApplicationModule declaration =
          Class.forName(ROOT + "." + name + ".package-info").getAnnotation(ApplicationModule.class);
      assertThat(declaration).as("@ApplicationModule of %s", name).isNotNull();
      Set<String> plan = FACES.contains(name) ? BELOW_FACES : PLAN.get(name);
      assertThat(plan).as("plan for %s", name).isNotNull();
      assertThat(plan)
          .as("what %s may know", name)
          .containsAll(List.of(declaration.allowedDependencies()));
    }
  }

  @Test
  void thereArePackagesToCheck() {
    assertThat(names()).contains("boot", "edge", "merchant", "member", "order", "channel");
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>();
    MODULES.forEach(module -> names.add(module.getIdentifier().toString()));
    return names;
  }
}
