package io.signalbox.gateway.ledger;

import java.util.Locale;
import java.util.Optional;

/**
 * Where the delivery of an event to an endpoint stands. The {@link #code()} is stored in ledgers
 * and must never change.
 */
public enum DeliveryState {
  /** Is being tried, or waits for the next attempt. */
  PENDING(0),
  /** The endpoint took it. */
  DELIVERED(1),
  /** Given up. */
  FAILED(2),
  /** Not sent: the endpoint's format has no word for it, or what it told of is erased. */
  SKIPPED(3);

  private final int code;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  DeliveryState(int code) {
    this.code = code;
  }

  /** The stable number that ledgers store. */
  public int code() {
    return code;
  }

  /** The lower-case name used in the API. */
  public String wireName() {
    return wireName;
  }

  /** Finds the state of a wire name. */
  public static Optional<DeliveryState> find(String wireName) {
    for (DeliveryState state : values()) {
      if (state.wireName.equals(wireName)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  /** Returns the state of a stored code. */
  public static DeliveryState ofCode(int code) {
    return values()[code];
  }
}
