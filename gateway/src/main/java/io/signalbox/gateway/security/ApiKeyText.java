package io.signalbox.gateway.security;

import io.signalbox.gateway.ledger.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An API key: {@code sbx_}, its id of 12 letters and digits, {@code _}, and 256 random bits as 43
 * characters. The id finds it in the ledger and is no secret.
 *
 * <p>The ledger has its SHA-256 alone. A slow hash, as for passwords, would protect nothing more:
 * 256 random bits cannot be guessed, however fast each guess is; and each request would pay for it.
 */
public final class ApiKeyText {
  /** What each key begins with, so that scanners for leaked secrets find it. */
  public static final String PREFIX = "sbx_";

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ID_LENGTH = 12;
  private static final int SECRET_BYTES = 32;
  private static final int SECRET_LENGTH = 43;
  private static final int SECRET_AT = PREFIX.length() + ID_LENGTH + 1;

  private ApiKeyText() {}

  /** Whether a credential looks like an API key. */
  public static boolean isOne(String credential) {
    return credential.startsWith(PREFIX);
  }

  /** A new id. */
  public static String newId(SecureRandom random) {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  /** A new key of an id. */
  public static String newKey(String id, SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return PREFIX + id + '_' + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** What is stored of a key, in hexadecimal digits. */
  public static String hash(String key) {
    return HexFormat.of().formatHex(Sha256.of(key.getBytes(StandardCharsets.UTF_8)));
  }

  /** The id in a key; empty if it has not the form of one. */
  public static Optional<String> id(String key) {
    return isOne(key)
            && key.length() == SECRET_AT + SECRET_LENGTH
            && key.charAt(SECRET_AT - 1) == '_'
            && isId(key.substring(PREFIX.length(), SECRET_AT - 1))
        ? Optional.of(key.substring(PREFIX.length(), SECRET_AT - 1))
        : Optional.empty();
  }

  /** Whether a text has the form of an id. */
  public static boolean isId(String text) {
    return text.length() == ID_LENGTH && text.chars().allMatch(c -> LETTERS.indexOf(c) >= 0);
  }
}
