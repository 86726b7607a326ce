package io.signalbox.gateway.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to change of an endpoint; null leaves a part as it is.
 *
 * @param description an empty text takes it away
 * @param signatureMethod as {@link CallbackForm#signatureMethod}; an empty text takes it away
 * @param enabled true also forgives past failures
 */
public record CallbackPatch(
    @Nullable String url,
    @Nullable String description,
    @Nullable List<EventFilter> filters,
    @Nullable String signatureMethod,
    @Nullable Boolean enabled) {

  /** A patch that leaves the signature method as it is. */
  public CallbackPatch(
      @Nullable String url,
      @Nullable String description,
      @Nullable List<EventFilter> filters,
      @Nullable Boolean enabled) {
    this(url, description, filters, null, enabled);
  }

  /** Switches an endpoint on. */
  public static CallbackPatch enable() {
    return new CallbackPatch(null, null, null, true);
  }
}
