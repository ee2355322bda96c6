package io.tongbao.server.member;

import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import java.util.List;

/** The way to mailboxes. In production a gateway, in the sandbox a box that anybody can read. */
public interface Mailer {

  /** Whether there is such a way at all. */
  boolean isOpen();

  /** What is to be written in the commit that the mail tells of, before it is sent. */
  List<RowWrite> writes(Merchant merchant, Mail mail);

  /** Brings the mail on its way, or refuses when the way is shut. */
  void send(Merchant merchant, Mail mail);
}
