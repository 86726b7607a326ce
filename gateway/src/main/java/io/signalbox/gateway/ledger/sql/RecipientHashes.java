package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.Seal.Known;
import io.signalbox.gateway.ledger.SealedException;
import io.signalbox.gateway.ledger.SealedForm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keyed hashes (HMAC-SHA256) that stand for recipients where these must be found and not be read.
 * The key is made at the first need and lives in the ledger, sealed if anything is: who has all
 * recipients of the world and not the key cannot try them out. The writer and each reader have one
 * of their own.
 */
final class RecipientHashes {
  /** What hashes begin with, and no address. */
  static final String PREFIX = "hmac:";

  private static final String ABOUT = "recipient_key";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final Seal seal;
  private final SqlStatement find;
  private final SqlStatement insert;
  private final SqlStatement replace;
  private @Nullable Mac mac;

  RecipientHashes(SqlConnection connection, Seal seal) throws SQLException {
    this.seal = seal;
    find = connection.prepare("SELECT secret FROM recipient_key WHERE id = 1");
    insert =
        connection.prepare(
            "INSERT INTO recipient_key (id, secret) VALUES (1, ?) ON CONFLICT DO NOTHING");
    replace = connection.prepare("UPDATE recipient_key SET secret = ? WHERE secret = ?");
  }

  /** The hash of an address; null if there is no hash of any yet. */
  @Nullable String find(String tenant, String address) throws SQLException {
    Mac known = known();
    return known == null ? null : hash(known, tenant, address);
  }

  /**
   * Makes the key if there is none; for the writer alone.
   *
   * @throws SealedException if there is one that cannot be opened
   */
  void prepare() throws SQLException {
    try {
      if (known() == null) {
        make();
      }
    } catch (SealedException e) {
      throw new SealedException("the key of its hashes cannot be opened: " + e.getMessage());
    }
  }

  /** The hash of an address; for the writer alone, since it may make the key. */
  String of(String tenant, String address) throws SQLException {
    Mac known = known();
    if (known == null) {
      make();
      // Another node may have been first.
      known = known();
    }
    if (known == null) {
      throw new SQLException("the key of hashes vanished inside a transaction");
    }
    return hash(known, tenant, address);
  }

  private void make() throws SQLException {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    String secret = seal.sealText(Base64.getEncoder().encodeToString(key), ABOUT);
    String former = stored();
    if (former == null) {
      insert.setString(1, secret);
      insert.execute();
    } else {
      replace.setString(1, secret);
      replace.setString(2, former);
      replace.execute();
    }
  }

  private @Nullable String stored() throws SQLException {
    try (SqlRows row = find.query()) {
      return row.next() ? row.getString(1) : null;
    }
  }

  /** Forgets a key that a transaction made which was taken back. */
  void forget() {
    mac = null;
  }

  private @Nullable Mac known() throws SQLException {
    if (mac == null) {
      String secret = stored();
      // One that was given up is made anew: what it has hashed is not found any more.
      if (secret != null && seal.known(SealedForm.keyOf(secret)) != Known.LOST) {
        mac = mac(Base64.getDecoder().decode(seal.openText(secret, ABOUT)));
      }
    }
    return mac;
  }

  private static Mac mac(byte[] key) {
    try {
      Mac made = Mac.getInstance(ALGORITHM);
      made.init(new SecretKeySpec(key, ALGORITHM));
      return made;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
    }
  }

  private static String hash(Mac mac, String tenant, String address) {
    byte[] hash = mac.doFinal((tenant + '\n' + address).getBytes(StandardCharsets.UTF_8));
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }
}
