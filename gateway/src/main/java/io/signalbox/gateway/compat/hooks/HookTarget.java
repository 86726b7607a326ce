package io.signalbox.gateway.compat.hooks;

import io.signalbox.gateway.ledger.CallbackSecret;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where something is told, and by whose hand.
 *
 * @param url the whole address, as it was given
 * @param secrets that are valid, newest first, at least one; where a scheme has one signature, the
 *     newest signs
 * @param signatureMethod as the endpoint's form has it
 * @param now when it is sent
 */
public record HookTarget(
    String url, List<CallbackSecret> secrets, @Nullable String signatureMethod, Instant now) {
  /** Copies the list. */
  public HookTarget {
    secrets = List.copyOf(secrets);
  }

  /** The newest secret. */
  String secret() {
    return secrets.get(0).value().reveal();
  }

  long seconds() {
    return now.getEpochSecond();
  }

  /** Nothing of the secrets. */
  @Override
  public String toString() {
    return "HookTarget[masked]";
  }
}
