package io.tongbao.server.boot;

import io.tongbao.kernel.Secret;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a database is and who its owner is.
 *
 * @param url a JDBC URL, without the password
 */
public record DatabaseAddress(String url, @Nullable String user, @Nullable Secret password) {

  /** Plain connections of the owner, one per call: for migrations, never for requests. */
  PGSimpleDataSource owner() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    if (user != null) {
      source.setUser(user);
    }
    if (password != null) {
      source.setPassword(password.reveal());
    }
    source.setApplicationName("tongbao-owner");
    return source;
  }
}
