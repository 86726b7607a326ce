package io.signalbox.toolkit.signature;

import io.signalbox.spi.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A secret that the sender presents as it is, compared in constant time. */
public final class SecretToken {
  private final List<Secret> secrets;

  /**
   * Makes a verifier.
   *
   * @param secrets any of them is good
   * @throws IllegalArgumentException if there is none
   */
  public SecretToken(List<Secret> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("a token check needs at least one secret");
    }
    this.secrets = List.copyOf(secrets);
  }

  /**
   * Compares what the sender presented; null if it presented nothing.
   *
   * @param presented null if nothing was
   * @return genuine, or why not
   */
  public SignatureCheck verify(@Nullable String presented) {
    if (presented == null) {
      return SignatureCheck.unauthenticated("no secret token");
    }
    boolean matched = false;
    for (Secret secret : secrets) {
      matched |= secret.matches(presented);
    }
    return matched ? SignatureCheck.GENUINE : SignatureCheck.unauthenticated("wrong secret token");
  }
}
