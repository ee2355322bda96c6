package io.tongbao.server.escrow.password;

import io.tongbao.server.edge.Admitted;
import io.tongbao.server.member.Member;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.List;

/** One of the pages on which a member types his payment password. */
interface PasswordPage {

  /** The last part of its address without {@code .html}, such as {@code setPayPwd}. */
  String name();

  /** What the merchant's signed message must ask for. */
  String operation();

  /** For people, in Chinese. */
  String title();

  /** What the last page says, in Chinese, where the merchant has no page for it. */
  String farewell();

  List<Field> fields();

  /** Checks the merchant's message and says what the visit is about. */
  Visit open(Admitted admitted);

  /** Texts the code that the form wants, to whichever phone must prove itself. */
  void sendCode(Entered entered);

  /** Does what the page is for, and says where the browser goes next. */
  String submit(Entered entered);

  /**
   * A form as it came in.
   *
   * @param now the merchant's clock
   */
  record Entered(
      Merchant merchant, Member member, Visit visit, String token, Entries entries, Instant now) {}
}
