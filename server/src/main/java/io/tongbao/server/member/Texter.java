package io.tongbao.server.member;

import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import java.util.List;

/** The way to phones. In production a gateway, in the sandbox an inbox that anybody can read. */
public interface Texter {

  /** Draws a code; the sandbox has fixed ones where the specification prints them. */
  String draw(Purpose purpose);

  /**
   * What is to be written in the commit that the text tells of. It leaves when it is written, if
   * nobody sends it before.
   */
  List<RowWrite> writes(Merchant merchant, Text text);

  /**
   * Sends at once a text that was written, or refuses when the way is shut: it is then withdrawn.
   * What does not leave for the moment goes on being tried.
   */
  void send(Merchant merchant, Text text);
}
