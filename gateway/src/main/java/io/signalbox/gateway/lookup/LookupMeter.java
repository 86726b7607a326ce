package io.signalbox.gateway.lookup;

import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;

/** Counts look-ups. Called on an event loop; must return at once. */
@FunctionalInterface
public interface LookupMeter {

  /** A provider was to be asked what became of an attempt. */
  void lookedUp(String provider, LookUpAnswer answer);
}
