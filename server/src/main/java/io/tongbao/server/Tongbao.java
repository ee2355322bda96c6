package io.tongbao.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The server: one port, five faces, one ledger. */
@SpringBootApplication
public class Tongbao {
  public static void main(String[] arguments) {
    SpringApplication.run(Tongbao.class, arguments);
  }
}
