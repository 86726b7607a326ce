package io.signalbox.gateway.vault;

import io.signalbox.gateway.ledger.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Key rings of tests, in files as operators make them. */
public final class TestKeys {
  private TestKeys() {}

  /**
   * Writes a key ring with these keys, the current one first; a key of the same id is the same.
   * {@code plain} stands for no key, {@code a=lost} for one that is lost, {@code a=b} for the key b
   * under the id a.
   *
   * @return its file
   */
  public static Path ring(Path directory, String... ids) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# the current one first");
    for (String each : ids) {
      String id = each.replaceFirst("=.*", "");
      String name = each.replaceFirst(".*=", "");
      if (name.equals("lost") || name.equals("plain")) {
        lines.add(name.equals("plain") ? name : id + ": lost");
        continue;
      }
      byte[] key = new byte[32];
      new Random(name.hashCode()).nextBytes(key);
      Path file = directory.resolve("key-" + name);
      if (!Files.exists(file)) {
        Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n");
      }
      lines.add(id + ": file:" + file);
    }
    Path draft = Files.write(directory.resolve("ring.tmp"), lines);
    return Files.move(
        draft,
        directory.resolve("ring"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The seal of a key ring with these keys. */
  public static Seal seal(Path directory, String... ids) throws IOException {
    return Vault.once(ring(directory, ids));
  }
}
