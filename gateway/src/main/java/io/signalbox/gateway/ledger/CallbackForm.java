package io.signalbox.gateway.ledger;

import org.jspecify.annotations.Nullable;

/**
 * How an endpoint is told.
 *
 * @param format in whose words
 * @param signatureMethod how Vonage's receipts of SMS are signed, by the name that Vonage gives the
 *     method; null for not at all, and for all other formats
 * @param apiKey the id of the API key with whose messages the addresses come: the endpoint has none
 *     of its own; null for an endpoint that has one
 */
public record CallbackForm(
    CallbackFormat format, @Nullable String signatureMethod, @Nullable String apiKey) {
  /** As CloudEvents, to the endpoint's own address. */
  public static final CallbackForm CLOUDEVENTS = of(CallbackFormat.CLOUDEVENTS);

  /** In a format, to the endpoint's own address. */
  public static CallbackForm of(CallbackFormat format) {
    return new CallbackForm(format, null, null);
  }

  /** Whether each message names the address that hears of it. */
  public boolean perMessage() {
    return apiKey != null;
  }

  /** The same with another method of signing. */
  public CallbackForm signedBy(@Nullable String method) {
    return new CallbackForm(format, method, apiKey);
  }
}
