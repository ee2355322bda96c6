package io.tongbao.server.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import io.tongbao.server.TestServer;
import io.tongbao.server.boot.StartRefused;
import io.tongbao.wire.crypto.AtRest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is sealed opens at its place only, also after keys were changed (THREATS T-X13). */
@TestServer
class VaultTest {
  private static final Secret CARD = new Secret("6228480402637874214");

  @Autowired private Vault vault;
  @Autowired private JdbcClient jdbc;
  @Autowired private Environment environment;

  @Test
  void opensWhatItSealed() {
    byte[] sealed = vault.seal("card", "number", 7, CARD);
    assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("6228480402637874214");
    assertThat(vault.open("card", "number", 7, sealed)).isEqualTo(CARD);
    assertThat(vault.seal("card", "number", 7, CARD)).isNotEqualTo(sealed);
  }

  @Test
  void opensNothingElsewhere() {
    byte[] sealed = vault.seal("card", "number", 7, CARD);
    assertThatThrownBy(() -> vault.open("card", "number", 8, sealed)).hasMessageContaining("Place");
    assertThatThrownBy(() -> vault.open("card", "phone", 7, sealed)).hasMessageContaining("Place");
    assertThatThrownBy(() -> vault.open("member", "number", 7, sealed))
        .hasMessageContaining("Place");
    sealed[sealed.length - 1] ^= 1;
    assertThatThrownBy(() -> vault.open("card", "number", 7, sealed)).hasMessageContaining("Place");
  }

  @Test
  void indexesByMerchantAndPurpose() {
    byte[] index = vault.index("card", 1, "6228480402637874214");
    assertThat(vault.index("card", 1, "6228480402637874214")).isEqualTo(index).hasSize(32);
    assertThat(vault.index("card", 2, "6228480402637874214")).isNotEqualTo(index);
    assertThat(vault.index("phone", 1, "6228480402637874214")).isNotEqualTo(index);
    assertThat(vault.index("card", 1, "6228480402637874215")).isNotEqualTo(index);
  }

  @Test
  void changesKeysUnderLoad() throws Exception {
    Vault otherNode = new Vault(master(), new DataKeys(jdbc));
    byte[] first = vault.seal("rotated", "text", 1, CARD);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> work = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        int row = i;
        work.add(threads.submit(() -> sealsAndOpens(row, otherNode)));
      }
      vault.rotate("rotated");
      vault.rotate("rotated");
      for (Future<Boolean> done : work) {
        assertThat(done.get()).isTrue();
      }
    }
    byte[] last = vault.seal("rotated", "text", 1, CARD);
    assertThat(first[0]).isEqualTo((byte) 1);
    assertThat(last[0]).isEqualTo((byte) 3);
    assertThat(vault.open("rotated", "text", 1, first)).isEqualTo(CARD);
    assertThat(otherNode.open("rotated", "text", 1, last)).isEqualTo(CARD);
  }

  @Test
  void wrapsItsKeysAnewForANewMasterKey(@TempDir Path folder) {
    DataKeys keys = new DataKeys(jdbc);
    byte[] sealed = vault.seal("kept", "text", 1, CARD);
    Bytes old = masterKey();
    Bytes next = AtRest.newKey();
    Vault rotated = new Vault(new AtRest(Map.of(1, old, 2, next)), keys);
    rotated.rewrap();
    Vault later = new Vault(new AtRest(Map.of(2, next)), keys);
    later.rewrap();
    assertThat(later.open("kept", "text", 1, sealed)).isEqualTo(CARD);
    Vault stranger = new Vault(new AtRest(Map.of(2, AtRest.newKey())), keys);
    assertThatThrownBy(stranger::rewrap).hasMessageContaining("master key does not open");
    new Vault(new AtRest(Map.of(2, next, 3, old)), keys).rewrap();
    new Vault(new AtRest(Map.of(3, old, 1, old)), keys).rewrap();
  }

  @Test
  void keepsTheMasterKeyToItsOwner(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("keys").resolve("master.key");
    assertThatThrownBy(() -> MasterKey.of(file, false)).hasMessageContaining("no master key");
    AtRest made = MasterKey.of(file, true);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    AtRest.Place place = new AtRest.Place("t", "c", "1");
    assertThat(MasterKey.of(file, false).open(made.seal(CARD, place), place)).isEqualTo(CARD);
    assertThatThrownBy(() -> MasterKey.read("1 AAAA")).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> MasterKey.read("")).isInstanceOf(StartRefused.class);
  }

  private boolean sealsAndOpens(int row, Vault otherNode) {
    for (int i = 0; i < 50; i++) {
      byte[] sealed = vault.seal("rotated", "text", row, CARD);
      if (!otherNode.open("rotated", "text", row, sealed).equals(CARD)) {
        return false;
      }
    }
    return true;
  }

  private AtRest master() {
    return new AtRest(Map.of(1, masterKey()));
  }

  private Bytes masterKey() {
    Path file = Path.of(environment.getRequiredProperty("tongbao.data.folder"), "master.key");
    try {
      return Bytes.ofBase64(Files.readString(file).strip().substring(2));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
