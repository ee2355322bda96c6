package io.tongbao.server.boot;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says that the platform is ready, where it is and what to type next; and leaves its address in the
 * data folder for the launcher.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
public final class Welcome implements ApplicationListener<ApplicationReadyEvent> {
  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    Environment environment = event.getApplicationContext().getEnvironment();
    String url = "http://localhost:" + environment.getProperty("local.server.port");
    DataFolder folder = event.getApplicationContext().getBean(DataFolder.class);
    folder.announce(url);
    if (event.getApplicationContext().getBean(Profile.class) == Profile.SANDBOX) {
      System.out.println(text(url, folder));
    }
  }

  private static String text(String url, DataFolder folder) {
    return """

    Tongbao 通宝 is ready (sandbox).

      Interfaces    %1$s  under the paths that the specifications print
      Sandbox       %1$s/sandbox  credentials, sms, clock, channel, notices, audit
      Health        %1$s/actuator/health
      Credentials   %2$s/credentials.json
      Data          %2$s  (stays when you stop)

    Next, in another terminal:  ./tongbao tour escrow
    Stop with Ctrl-C.
    """
        .formatted(url, folder.path());
  }
}
