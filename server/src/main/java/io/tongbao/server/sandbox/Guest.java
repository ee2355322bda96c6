package io.tongbao.server.sandbox;

import io.tongbao.server.merchant.Face;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The sandbox's own merchant on one face. */
interface Guest {
  Face face();

  /**
   * Makes the merchant where it is missing and gives what a client needs to be it.
   *
   * @param baseUrl where the platform is reached
   * @param known the credentials of the last start, where there are any
   */
  ObjectNode credentials(String baseUrl, @Nullable JsonNode known);

  /** Goes back to the settings and terms that the first start agreed on with the merchant. */
  void agreeAnew(String baseUrl);
}
