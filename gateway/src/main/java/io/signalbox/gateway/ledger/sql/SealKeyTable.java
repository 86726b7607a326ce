package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.Seal.Known;
import io.signalbox.gateway.ledger.SealedException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The statements on {@code seal_keys}: which keys values may be sealed with. The writer and each
 * reader have one of their own.
 */
final class SealKeyTable {
  private final SqlStatement all;
  private final SqlStatement use;
  private final SqlStatement remove;

  SealKeyTable(SqlConnection connection) throws SQLException {
    all = connection.prepare("SELECT key_id, proof, uses FROM seal_keys ORDER BY key_id");
    use =
        connection.prepare(
            "INSERT INTO seal_keys (key_id, proof, uses) VALUES (?, ?, 1)"
                + " ON CONFLICT (key_id) DO UPDATE SET uses = seal_keys.uses + 1");
    remove = connection.prepare("DELETE FROM seal_keys WHERE key_id = ? AND uses = ?");
  }

  /** All of them, by their ids; the empty one stands for what is not sealed. */
  Map<String, Entry> all() throws SQLException {
    Map<String, Entry> found = new LinkedHashMap<>();
    try (SqlRows row = all.query()) {
      while (row.next()) {
        found.put(row.getString(1), new Entry(row.getString(2), row.getLong(3)));
      }
    }
    return found;
  }

  /** Notes that the current key, or none, is in use. */
  int use(Seal seal) throws SQLException {
    String key = seal.key();
    use.setString(1, key);
    use.setString(2, seal.seals() ? seal.sealText(key, about(key)) : "");
    return use.update();
  }

  /** Forgets keys with which nothing is sealed any more, unless they were used meanwhile. */
  int remove(Map<String, Long> usesByKey) throws SQLException {
    int removed = 0;
    for (Map.Entry<String, Long> each : usesByKey.entrySet()) {
      remove.setString(1, each.getKey());
      remove.setLong(2, each.getValue());
      removed += remove.update();
    }
    return removed;
  }

  /**
   * Checks that all of them are there.
   *
   * @param where the values are, for the message
   * @throws SealedException that says which one is not, and what to do
   */
  static void check(Map<String, Entry> keys, Seal seal, String where) {
    keys.forEach(
        (id, entry) -> {
          Known known = id.isEmpty() ? Known.THERE : seal.known(id);
          if (known == Known.MISSING) {
            throw new SealedException(
                where
                    + " is sealed with key "
                    + id
                    + ", which security.encryption_keys does not name; if it is lost for ever, a"
                    + " line \""
                    + id
                    + ": lost\" there gives up what it has sealed");
          }
          if (known == Known.THERE && !id.isEmpty() && !fits(id, entry, seal)) {
            throw new SealedException(
                "security.encryption_keys: key "
                    + id
                    + " is not the key of that id with which "
                    + where
                    + " is sealed");
          }
        });
  }

  private static boolean fits(String id, Entry entry, Seal seal) {
    try {
      return seal.openText(entry.proof(), about(id)).equals(id);
    } catch (SealedException e) {
      return false;
    }
  }

  private static String about(String id) {
    return "seal_key:" + id;
  }

  /**
   * A key.
   *
   * @param proof its id under the key itself
   * @param uses grows for as long as anybody uses it
   */
  record Entry(String proof, long uses) {}
}
