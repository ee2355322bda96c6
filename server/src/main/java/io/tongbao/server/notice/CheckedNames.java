package io.tongbao.server.notice;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Name resolution for notices: the client dials exactly the addresses that were looked at here, and
 * every one of them must be public (THREATS T-X4). Gives up after 3 s.
 */
final class CheckedNames implements DnsResolver, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Whoever turns a name into addresses. */
  interface Names {
    InetAddress[] all(String host) throws UnknownHostException;
  }

  /** Some address that the name leads to is not public. */
  static final class NotPublic extends UnknownHostException {
    private static final long serialVersionUID = 1;

    NotPublic(String host) {
      super(host);
    }
  }

  private final Names names;
  private final boolean loopback;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  CheckedNames(Names names, boolean loopback) {
    this.names = names;
    this.loopback = loopback;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = lookUp(host);
    if (addresses.length == 0) {
      throw new UnknownHostException(host);
    }
    for (InetAddress address : addresses) {
      boolean allowed = Networks.isPublic(address) || (loopback && address.isLoopbackAddress());
      if (!allowed) {
        throw new NotPublic(host);
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    Future<InetAddress[]> found = threads.submit(() -> names.all(host));
    try {
      return found.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      found.cancel(true);
      throw new UnknownHostException(host);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException(host);
    }
  }
}
