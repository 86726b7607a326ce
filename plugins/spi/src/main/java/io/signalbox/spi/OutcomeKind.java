package io.signalbox.spi;

import java.util.Locale;

/**
 * The six ways in which an attempt can end, without their details. The {@link #code()} is stored in
 * ledgers and must never change.
 */
public enum OutcomeKind {
  SENT(1),
  TRANSIENT(2),
  THROTTLED(3),
  PROVIDER_FAULT(4),
  REJECTED(5),
  UNKNOWN(6);

  private final int code;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  OutcomeKind(int code) {
    this.code = code;
  }

  /** The stable number that ledgers store. */
  public int code() {
    return code;
  }

  /** The lower-case name used in the API, in metrics and in logs. */
  public String wireName() {
    return wireName;
  }

  /**
   * Returns the kind of a stored code.
   *
   * @throws IllegalArgumentException if no kind has that code
   */
  public static OutcomeKind ofCode(int code) {
    for (OutcomeKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no outcome has the code " + code);
  }
}
