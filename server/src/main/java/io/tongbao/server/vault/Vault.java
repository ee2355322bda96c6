package io.tongbao.server.vault;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.server.vault.DataKeys.Wrapped;
import io.tongbao.wire.crypto.AtRest;
import io.tongbao.wire.crypto.AtRest.Place;
import io.tongbao.wire.crypto.HmacSha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What seals sensitive values for the database and opens them again: AES-256-GCM under a data key
 * per table, bound to table, column and row, so that a value moved elsewhere does not open (THREATS
 * T-X13). The data keys lie in the database, wrapped by the master key, which does not. A table's
 * newest key seals, all of its keys open.
 */
public final class Vault {
  private static final String INDEX = "index";

  private final AtRest master;
  private final DataKeys keys;
  private final Map<String, AtRest> rings = new ConcurrentHashMap<>();
  private volatile @Nullable HmacSha256 index;

  Vault(AtRest master, DataKeys keys) {
    this.master = master;
    this.keys = keys;
  }

  /** Seals a value for its place. */
  public byte[] seal(String table, String column, long rowId, Secret value) {
    return ring(table).seal(value, place(table, column, rowId)).toArray();
  }

  /** Seals bytes for their place. */
  public byte[] seal(String table, String column, long rowId, Bytes value) {
    return ring(table).seal(value, place(table, column, rowId)).toArray();
  }

  /** Opens what was sealed for this place; anything else is a fault of ours or of an intruder. */
  public Secret open(String table, String column, long rowId, byte[] sealed) {
    return new Secret(openBytes(table, column, rowId, sealed).utf8());
  }

  /** Opens bytes that were sealed for this place. */
  public Bytes openBytes(String table, String column, long rowId, byte[] sealed) {
    Place place = place(table, column, rowId);
    try {
      return opened(table, Bytes.of(sealed), place);
    } catch (Refusal unreadable) {
      throw new IllegalStateException("what lies in " + place + " does not open", unreadable);
    }
  }

  /**
   * The blind index of a value: equal for equal values of one purpose and merchant, and worth
   * nothing without the vault.
   */
  public byte[] index(String purpose, int merchantId, String value) {
    byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    ByteBuffer content = ByteBuffer.allocate(8 + name.length + text.length);
    content.putInt(name.length).put(name).putInt(merchantId).put(text);
    return indexKey().of(Bytes.of(content.array())).toArray();
  }

  /** Gives a table a new data key; what the older ones sealed still opens. */
  public void rotate(String table) {
    ring(table);
    int newest = keys.of(table).getLast().version();
    keys.add(wrapped(table, newest + 1));
    rings.put(table, load(table));
  }

  /** Wraps all data keys with the newest master key; says so at start if it cannot open one. */
  void rewrap() {
    for (Wrapped old : keys.all()) {
      Bytes key = unwrap(old);
      if (!master.isCurrent(old.key())) {
        keys.rewrap(new Wrapped(old.name(), old.version(), master.seal(key, home(old))));
      }
    }
  }

  /** A version that is not known here may have been made by another node. */
  private Bytes opened(String table, Bytes sealed, Place place) {
    try {
      return ring(table).openBytes(sealed, place);
    } catch (Refusal unknownVersion) {
      rings.put(table, load(table));
      return ring(table).openBytes(sealed, place);
    }
  }

  private AtRest ring(String table) {
    AtRest ring = rings.get(table);
    return ring != null ? ring : rings.computeIfAbsent(table, this::load);
  }

  private AtRest load(String table) {
    Map<Integer, Bytes> ring = new HashMap<>();
    loaded(table).forEach(key -> ring.put(key.version(), unwrap(key)));
    return new AtRest(ring);
  }

  private HmacSha256 indexKey() {
    HmacSha256 key = index;
    if (key == null) {
      key = new HmacSha256(unwrap(loaded(INDEX).getFirst()));
      index = key;
    }
    return key;
  }

  private List<Wrapped> loaded(String name) {
    List<Wrapped> found = keys.of(name);
    if (!found.isEmpty()) {
      return found;
    }
    keys.add(wrapped(name, 1));
    return keys.of(name);
  }

  private Wrapped wrapped(String name, int version) {
    Wrapped unsealed = new Wrapped(name, version, Bytes.EMPTY);
    return new Wrapped(name, version, master.seal(AtRest.newKey(), home(unsealed)));
  }

  private Bytes unwrap(Wrapped key) {
    try {
      return master.openBytes(key.key(), home(key));
    } catch (Refusal foreign) {
      throw new IllegalStateException(
          "the master key does not open data key " + key.name() + " of this database", foreign);
    }
  }

  private static Place home(Wrapped key) {
    return new Place("data_key", key.name(), Integer.toString(key.version()));
  }

  private static Place place(String table, String column, long rowId) {
    return new Place(table, column, Long.toString(rowId));
  }
}
