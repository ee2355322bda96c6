package io.tongbao.server.member;

import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import java.util.List;

/** The way to mailboxes. In production a gateway, in the sandbox a box that anybody can read. */
public interface Mailer {

  /** Whether there is such a way at all. */
  boolean isOpen();

  /**
   * What is to be written in the commit that the mail tells of. Nothing else is to be done: it
   * leaves when it is written.
   */
  List<RowWrite> writes(Merchant merchant, Mail mail);
}
