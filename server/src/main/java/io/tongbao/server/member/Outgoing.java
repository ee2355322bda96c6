package io.tongbao.server.member;

import java.util.Map;

/**
 * Something for one of production's gateways.
 *
 * @param id its row
 * @param letter what the gateway is told, word for word
 */
record Outgoing(long id, Way way, Map<String, String> letter) {
  Outgoing {
    letter = Map.copyOf(letter);
  }

  /** Which gateway takes it. */
  enum Way {
    SMS,
    MAIL
  }

  /** Never shows whom it is for or what it says. */
  @Override
  public String toString() {
    return way + " " + id;
  }
}
