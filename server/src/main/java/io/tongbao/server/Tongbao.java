package io.tongbao.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;

/** The server: one port, five faces, one ledger. */
@SpringBootApplication(exclude = FlywayAutoConfiguration.class) // io.tongbao.server.boot migrates
public class Tongbao {
  public static void main(String[] arguments) {
    SpringApplication.run(Tongbao.class, arguments);
  }
}
