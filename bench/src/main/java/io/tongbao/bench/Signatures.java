package io.tongbao.bench;

import io.tongbao.kernel.Bytes;
import io.tongbao.wire.crypto.NativeCrypto;
import io.tongbao.wire.crypto.RsaKeys;
import io.tongbao.wire.crypto.RsaScheme;
import io.tongbao.wire.crypto.RsaSigner;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many signatures a thread makes in a second of processor time: openssl's own measurement, and
 * ours with AWS-LC and with the JDK. NaN stands for what this machine has not.
 *
 * @param openssl openssl's RSA with 2048 bits
 * @param opensslSm2 its SM2
 * @param fast our signer with AWS-LC
 * @param plain our signer with the JDK's own provider
 */
record Signatures(double openssl, double opensslSm2, double fast, double plain) {
  private static final int MOST_SECONDS = 5;
  private static final Pattern RSA = Pattern.compile("(?m)^rsa\\s+2048 bits\\s+(.*)$");
  private static final Pattern SM2 = Pattern.compile("(?m)^.*SM2.*\\)\\s+([0-9].*)$");
  private static final int SIGNS_COLUMN = 2;

  /** About as long as a purchase's request. */
  private static final Bytes TEXT = Bytes.utf8("通宝 ".repeat(100));

  static Signatures measure(Options options, Path folder) {
    int seconds = Math.min(options.seconds(), MOST_SECONDS);
    NativeCrypto.remove();
    double plain = ours(seconds);
    double fast = NativeCrypto.install() ? ours(seconds) : Double.NaN;
    return new Signatures(
        openssl(folder, seconds, "rsa2048", RSA),
        openssl(folder, seconds, "sm2", SM2),
        fast,
        plain);
  }

  /** What the server signs with here. */
  double best() {
    return Double.isNaN(fast) ? plain : fast;
  }

  private static double ours(int seconds) {
    PrivateKey key = RsaKeys.generate().getPrivate();
    RsaSigner signer = new RsaSigner(key, RsaScheme.SHA1);
    signatures(signer, 1);
    return signatures(signer, seconds);
  }

  /** By the thread's processor time, as openssl counts. */
  private static double signatures(RsaSigner signer, int seconds) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    long start = threads.getCurrentThreadCpuTime();
    long count = 0;
    while (System.nanoTime() < end) {
      if (signer.sign(TEXT).size() == 0) {
        throw new BenchFailed("an empty signature");
      }
      count++;
    }
    return count * 1e9 / (threads.getCurrentThreadCpuTime() - start);
  }

  private static double openssl(Path folder, int seconds, String what, Pattern line) {
    Optional<Path> program = Programs.find("openssl");
    if (program.isEmpty()) {
      return Double.NaN;
    }
    try {
      String output =
          Programs.run(
              folder,
              Map.of(),
              List.of(program.get().toString(), "speed", "-seconds", "" + seconds, what));
      Matcher matcher = line.matcher(output);
      return matcher.find()
          ? Double.parseDouble(matcher.group(1).strip().split("\\s+", -1)[SIGNS_COLUMN])
          : Double.NaN;
    } catch (BenchFailed unknownToThisOne) {
      return Double.NaN;
    }
  }
}
