package io.signalbox.gateway.ledger;

import io.signalbox.spi.Secret;

/**
 * What signs an endpoint's callbacks.
 *
 * @param value as the endpoint's format has it: {@code whsec_} and the key in Base64, or others
 * @param expiresAtMillis until when it signs; {@link Long#MAX_VALUE} for the newest one
 */
public record CallbackSecret(Secret value, long createdAtMillis, long expiresAtMillis) {

  /** Whether it signs at that time. */
  public boolean signsAt(long nowMillis) {
    return nowMillis < expiresAtMillis;
  }
}
