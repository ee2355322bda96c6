package io.tongbao.server;

import io.tongbao.server.boot.TestDatabase;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.support.TestPropertySourceUtils;

/** Gives a test's server a database and a data folder that nobody has used. */
final class FreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  @Override
  public void initialize(ConfigurableApplicationContext context) {
    TestDatabase fresh = TestDatabase.create();
    TestPropertySourceUtils.addInlinedPropertiesToEnvironment(
        context,
        "tongbao.database.url=" + fresh.url(),
        "tongbao.database.user=" + fresh.user(),
        "tongbao.database.password=" + fresh.password(),
        "tongbao.data.folder=" + fresh.folder());
  }
}
