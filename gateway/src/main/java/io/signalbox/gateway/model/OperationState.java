package io.signalbox.gateway.model;

import java.util.Locale;
import java.util.Optional;

/** The states of an operation: a rented number or a booking that somebody waits for. */
public enum OperationState {
  /** Stored; nobody was asked to do it, or whoever was asked last has certainly not done it. */
  PENDING(0),
  /** A provider is being asked to do it. */
  TRYING(1),
  /** Nobody knows whether the provider that was asked last has done it; it is looked up. */
  UNSETTLED(2),
  /** There is a result. */
  CONFIRMED(3),
  /** Nobody did it; only with the problem {@code outcome-unknown} something of it may live. */
  FAILED(4),
  /** Called back before anybody did it. */
  CANCELLED(5);

  private final int code;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  OperationState(int code) {
    this.code = code;
  }

  /** The number by which ledgers store it. */
  public int code() {
    return code;
  }

  /** The lower-case name used in the API, in events, metrics and logs. */
  public String wireName() {
    return wireName;
  }

  /** Whether there is still something to do before the operation has its end. */
  public boolean isOpen() {
    return code <= UNSETTLED.code;
  }

  /** The state of a name of the wire; empty if there is none. */
  public static Optional<OperationState> find(String wireName) {
    for (OperationState state : values()) {
      if (state.wireName.equals(wireName)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  /**
   * The state of a stored number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static OperationState ofCode(int code) {
    for (OperationState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("no state of an operation has the code " + code);
  }
}
