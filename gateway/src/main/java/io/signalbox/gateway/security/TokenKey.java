package io.signalbox.gateway.security;

import java.security.Key;
import org.jspecify.annotations.Nullable;

/**
 * A key that tokens are verified with.
 *
 * @param algorithm the only one that it is used with
 * @param id what tokens call it; null if it has no name
 * @param key a public key, or the secret of {@code HS256}
 */
record TokenKey(TokenAlgorithm algorithm, @Nullable String id, Key key) {

  /** Whether a token of that algorithm may have been signed with it. */
  boolean fits(TokenAlgorithm wanted, @Nullable String wantedId) {
    return algorithm == wanted && (wantedId == null || id == null || id.equals(wantedId));
  }

  /** Whether a signature is this key's; costs up to 1 ms. */
  boolean verifies(byte[] signedText, byte[] signature) {
    return algorithm.verifies(key, signedText, signature);
  }

  @Override
  public String toString() {
    return "TokenKey[" + algorithm + ", " + id + "]";
  }
}
