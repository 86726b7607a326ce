package io.signalbox.gateway.bus;

import java.util.Set;

/** The conversation about callback endpoints. */
public final class CallbackMessages {
  private CallbackMessages() {}

  /** The sealed family of this conversation. */
  public sealed interface CallbackMessage extends LocalMessage {}

  /**
   * Something is due at endpoints. A doorbell: if it is lost, the sweep finds it in the ledger.
   *
   * @param endpoints keys of their ids
   */
  public record CallbacksDue(Set<Long> endpoints) implements CallbackMessage {
    /** Copies the set. */
    public CallbacksDue {
      endpoints = Set.copyOf(endpoints);
    }
  }

  /** Endpoints were added, changed or removed. A doorbell too. */
  public record EndpointsChanged() implements CallbackMessage {}
}
