package io.tongbao.server.recon;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The right to fetch a file: a token of 256 random bits, for one merchant and one file, good for
 * ten minutes on the merchant's clock. Kept as a digest, so that reading the table fetches nothing.
 */
@Component
public final class Downloads {
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final Pattern TOKEN = Pattern.compile("\\A[0-9a-f]{64}\\z");

  private final JdbcClient database;
  private final Merchants merchants;
  private final DayFiles files;

  Downloads(JdbcClient database, Merchants merchants, DayFiles files) {
    this.database = database;
    this.merchants = merchants;
    this.files = files;
  }

  /** A file that may be fetched. */
  public record Download(Merchant merchant, Path file, String name) {}

  /** A new token for a file that exists. */
  public String grant(Merchant merchant, String name, Instant now) {
    String token = Ids.token();
    database
        .sql("DELETE FROM download WHERE merchant_id = ? AND expires_at <= ?")
        .params(merchant.id(), Timestamp.from(now))
        .update();
    insert(Bytes.of(digest(token)), merchant.id(), name, now.plus(LIFE));
    return token;
  }

  private void insert(Bytes digest, int merchant, String name, Instant expiresAt) {
    database
        .sql("INSERT INTO download (token, merchant_id, name, expires_at) VALUES (?, ?, ?, ?)")
        .params(digest.toArray(), merchant, name, Timestamp.from(expiresAt))
        .update();
  }

  /** The file behind a token; empty for an unknown or expired one, and under another name. */
  public Optional<Download> open(String token, String name) {
    if (!TOKEN.matcher(token).matches()) {
      return Optional.empty();
    }
    return granted(token, name).flatMap(grant -> file(grant, name));
  }

  /** Whose a token of this name is; empty for an unknown or expired one. */
  public Optional<Merchant> holder(String token, String name) {
    if (!TOKEN.matcher(token).matches()) {
      return Optional.empty();
    }
    return granted(token, name)
        .flatMap(grant ->
            Optional.of(merchants.byId(grant.merchant()))
                .filter(merchant -> merchants.now(merchant).isBefore(grant.expiresAt())));
  }

  /** A token that fetches nothing more, until it is given back. */
  public record Spent(Bytes digest, int merchant, String name, Instant expiresAt) {}

  /** Takes the token out of use; empty where somebody else was faster. */
  public Optional<Spent> spend(String token) {
    return database
        .sql("DELETE FROM download WHERE token = ? RETURNING token, merchant_id, name, expires_at")
        .param(digest(token))
        .query((row, _) ->
            new Spent(
                Bytes.of(row.getBytes("token")),
                row.getInt("merchant_id"),
                row.getString("name"),
                row.getTimestamp("expires_at").toInstant()))
        .optional();
  }

  /** The download broke off: it may be tried again. */
  public void giveBack(Spent spent) {
    insert(spent.digest(), spent.merchant(), spent.name(), spent.expiresAt());
  }

  private record Grant(int merchant, Instant expiresAt) {}

  private Optional<Grant> granted(String token, String name) {
    return database
        .sql("SELECT merchant_id, expires_at FROM download WHERE token = ? AND name = ?")
        .params(digest(token), name)
        .query((row, _) ->
            new Grant(row.getInt("merchant_id"), row.getTimestamp("expires_at").toInstant()))
        .optional();
  }

  private Optional<Download> file(Grant grant, String name) {
    Merchant merchant = merchants.byId(grant.merchant());
    if (!merchants.now(merchant).isBefore(grant.expiresAt())) {
      return Optional.empty();
    }
    Path file = files.path(merchant, name);
    return Files.exists(file) ? Optional.of(new Download(merchant, file, name)) : Optional.empty();
  }

  private static byte[] digest(String token) {
    return Bytes.utf8(token).sha256().toArray();
  }
}
