package io.signalbox.gateway.vault;

import io.signalbox.gateway.config.SecretReference;
import io.signalbox.gateway.ledger.Seal.Known;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys by their ids.
 *
 * @param current the id of the key that seals; the others only open; empty if none seals
 * @param keys of 256 bits, for AES
 * @param lost ids of keys that are gone for ever
 */
record KeyRing(String current, Map<String, SecretKeySpec> keys, Set<String> lost) {
  private static final int KEY_BYTES = 32;
  private static final int MOST_KEYS = 100;
  private static final long MOST_BYTES = 64 << 10;

  /** Stands before all keys where none of them seals yet, or any more. */
  private static final String PLAIN = "plain";

  /** Stands in the place of a key that is gone for ever. */
  private static final String LOST = "lost";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,40}");

  KeyRing {
    keys = Map.copyOf(keys);
    lost = Set.copyOf(lost);
  }

  /** One that has a key; empty if it has none of that id. */
  Optional<SecretKeySpec> key(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  /** What is known of an id. */
  Known known(String id) {
    if (lost.contains(id)) {
      return Known.LOST;
    }
    return keys.containsKey(id) ? Known.THERE : Known.MISSING;
  }

  /**
   * This ring in place of another one while the gateway runs. Keys that it no longer names go on to
   * open: what they have sealed may be under way, or the file was cut off.
   *
   * @throws IOException if an id has another key than before, or there are too many
   */
  KeyRing after(KeyRing former, Path file) throws IOException {
    Map<String, SecretKeySpec> all = new HashMap<>(former.keys);
    all.keySet().removeAll(lost);
    for (Map.Entry<String, SecretKeySpec> each : keys.entrySet()) {
      SecretKeySpec before = all.put(each.getKey(), each.getValue());
      if (before != null && !before.equals(each.getValue())) {
        throw new IOException(
            file + ": key " + each.getKey() + " is another one than before; it needs its own id");
      }
    }
    if (all.size() > MOST_KEYS) {
      throw new IOException(file + ": more than " + MOST_KEYS + " keys, with those before it");
    }
    return new KeyRing(current, all, lost);
  }

  /** The key that seals; empty if none does. */
  Optional<SecretKeySpec> sealing() {
    return key(current);
  }

  /**
   * Reads a file with a line {@code ID: env:NAME} or {@code ID: file:/path} for each key, the
   * current one first, and the keys themselves; blocks. A line {@code plain} before all keys stands
   * for none: what is sealed is opened, and nothing is sealed. {@code ID: lost} is said of a key
   * that is gone.
   *
   * @throws IOException with the line and what would be right
   */
  static KeyRing read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is larger than " + MOST_BYTES + " bytes");
    }
    Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
    Set<String> lost = new HashSet<>();
    @Nullable String current = null;
    int number = 0;
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      if (text.equals(PLAIN) && current == null) {
        current = "";
        continue;
      }
      String place = file + ", line " + number;
      int colon = text.indexOf(':');
      String id = colon < 0 ? "" : text.substring(0, colon).strip();
      String value = text.substring(colon + 1).strip();
      boolean isId = ID.matcher(id).matches() && !id.equals(PLAIN);
      if (isId && value.equals(LOST)) {
        lost.add(id);
        continue;
      }
      Optional<SecretReference> where = SecretReference.parse(value);
      if (!isId || where.isEmpty()) {
        throw new IOException(
            place
                + ": must be the key's id (A-Z a-z 0-9 . _ -), a colon, and env:NAME or"
                + " file:/path");
      }
      if (keys.put(id, key(where.get(), place)) != null || keys.size() > MOST_KEYS) {
        throw new IOException(place + ": an id stands there once, and at most " + MOST_KEYS);
      }
      current = current == null ? id : current;
    }
    if (keys.isEmpty() || current == null) {
      throw new IOException(file + " holds no key");
    }
    lost.removeAll(keys.keySet());
    return new KeyRing(current, keys, lost);
  }

  private static SecretKeySpec key(SecretReference where, String place) throws IOException {
    try {
      byte[] bytes = Base64.getDecoder().decode(where.read().reveal());
      if (bytes.length == KEY_BYTES) {
        return new SecretKeySpec(bytes, "AES");
      }
    } catch (IllegalArgumentException e) {
      // Falls through: the message must not quote it.
    } catch (IOException e) {
      throw new IOException(place + ": " + e.getMessage(), e);
    }
    throw new IOException(place + ": " + where + " must hold 32 random bytes in base64");
  }

  @Override
  public String toString() {
    return "KeyRing[" + current + " of " + keys.keySet() + "]";
  }
}
