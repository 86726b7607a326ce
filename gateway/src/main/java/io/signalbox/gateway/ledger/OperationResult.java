package io.signalbox.gateway.ledger;

import io.vertx.core.json.JsonObject;

/**
 * What came of an operation.
 *
 * @param provider who did it
 * @param providerId the provider's own id of the rental or booking
 * @param value the rental or booking as the API shows it, and what its kind remembers of it; may
 *     hold personal data and secrets
 * @param followAtMillis when its kind wants to look after it next (see {@link
 *     OperationLedger#toFollow}); 0 for never
 */
public record OperationResult(
    String provider, String providerId, JsonObject value, long followAtMillis) {

  /** The member of a value that is its kind's alone, and nobody is shown. */
  public static final String KEPT = "kept";

  /** The value as the API and events show it. */
  public JsonObject shown() {
    JsonObject shown = value.copy();
    shown.remove(KEPT);
    return shown;
  }

  /** Without the value. */
  @Override
  public String toString() {
    return "OperationResult[" + provider + " " + providerId + "]";
  }
}
