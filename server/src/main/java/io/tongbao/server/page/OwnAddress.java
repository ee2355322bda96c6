package io.tongbao.server.page;

import io.tongbao.server.boot.Profile;
import io.tongbao.server.boot.StartRefused;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Where merchants and payers reach the platform: what addresses in answers begin with. */
@Component
public final class OwnAddress {
  private static final Logger log = LoggerFactory.getLogger(OwnAddress.class);

  private final AddressSettings settings;
  private volatile String own = "http://localhost";

  OwnAddress(AddressSettings settings, Profile profile) {
    URI base = settings.baseUrl();
    boolean secure = base != null && "https".equals(base.getScheme()) && base.getHost() != null;
    if (profile == Profile.PRODUCTION && !secure) {
      throw new StartRefused(
          "Production does not know where it is reached",
          "give its https address as tongbao.files.base-url");
    }
    this.settings = settings;
  }

  /** The address of a path of ours. */
  public String of(String path) {
    URI configured = settings.baseUrl();
    String base = configured == null ? own : configured.toString();
    return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
  }

  @EventListener
  void open(WebServerInitializedEvent event) {
    if (event.getApplicationContext().getParent() == null) {
      own = "http://localhost:" + event.getWebServer().getPort();
      if (settings.baseUrl() == null) {
        log.info("tongbao.files.base-url is not set: addresses in answers begin with {}", own);
      }
    }
  }
}
