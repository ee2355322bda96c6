package io.tongbao.server;

import io.tongbao.server.boot.Welcome;
import io.tongbao.wire.crypto.NativeCrypto;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;

/** The server: one port, five faces, one ledger. */
@SpringBootApplication(
    // io.tongbao.server.boot opens the database and migrates it.
    exclude = {FlywayAutoConfiguration.class, DataSourceInitializationAutoConfiguration.class})
public class Tongbao {
  public static void main(String[] arguments) {
    NativeCrypto.install();
    SpringApplication application = new SpringApplication(Tongbao.class);
    application.addListeners(new Welcome());
    application.run(arguments);
  }
}
