package io.tongbao.server.sandbox;

import org.springframework.web.servlet.function.RouterFunctions;

/** Some calls of the control API, under {@code /sandbox/api}. */
interface Routes {
  void add(RouterFunctions.Builder routes);
}
