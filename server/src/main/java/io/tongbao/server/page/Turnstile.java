package io.tongbao.server.page;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Lets so many visitors of pages in at a time, so that a crowd of browsers leaves the merchants'
 * calls their connections (THREATS T-X18). The others wait, for people do; who waited too long, and
 * whoever met a fault of ours, sees a page that says so.
 */
@Component
public final class Turnstile {
  private static final Logger LOG = LoggerFactory.getLogger(Turnstile.class);

  /** Of the twelve connections that there are. */
  private static final int AT_A_TIME = 6;

  private static final long PATIENCE_SECONDS = 30;

  private final Semaphore room = new Semaphore(AT_A_TIME, true);

  /** Does the work of a page when it is its turn. */
  public ServerResponse pass(Supplier<ServerResponse> page) {
    if (!enters()) {
      return busy();
    }
    try {
      return page.get();
    } catch (RuntimeException bug) {
      LOG.error("a page met a fault of ours", bug);
      return busy();
    } finally {
      room.release();
    }
  }

  private boolean enters() {
    try {
      return room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static ServerResponse busy() {
    return Pages.trouble("系统繁忙", "请稍后刷新页面再试。已提交的支付请先在商户处查看结果，不要重复支付");
  }
}
