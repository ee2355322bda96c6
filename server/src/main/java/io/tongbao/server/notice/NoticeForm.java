package io.tongbao.server.notice;

import io.tongbao.server.merchant.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How a face tells one kind of news: the port that faces implement, one bean per event. */
public interface NoticeForm {

  /** The event that news of this form carries, such as {@code "escrow.order"}. */
  String event();

  /** The wait before each attempt: the first from the event, the others from the last attempt. */
  List<Duration> schedule();

  /**
   * Writes the request of one attempt, with a fresh timestamp and signature.
   *
   * @param facts the news' facts, a JSON object; its members are in no particular order
   * @param now the merchant's clock
   */
  Letter write(Merchant merchant, String facts, Instant now);

  /**
   * Whether the receiver has it: the face's own evidence of success. Never true of a redirect.
   *
   * @param status of the HTTP answer, 0 where none came
   * @param answer its body, empty where it did not come whole
   */
  boolean delivered(int status, String answer);
}
