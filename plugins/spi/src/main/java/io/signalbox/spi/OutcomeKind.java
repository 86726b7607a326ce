package io.signalbox.spi;

import java.util.Locale;

/**
 * The six ways in which an attempt can end, without their details. The {@link #code()} is stored in
 * ledgers and must never change.
 */
public enum OutcomeKind {
  /** {@link Outcome.Sent}: the provider took it. */
  SENT(1),
  /** {@link Outcome.Transient}: certainly not sent, another try may succeed. */
  TRANSIENT(2),
  /** {@link Outcome.Throttled}: the provider asks for fewer requests. */
  THROTTLED(3),
  /** {@link Outcome.ProviderFault}: nothing works until a person mends it. */
  PROVIDER_FAULT(4),
  /** {@link Outcome.Rejected}: refused for good. */
  REJECTED(5),
  /** {@link Outcome.Unknown}: sent or not, nobody can tell. */
  UNKNOWN(6);

  private final int code;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  OutcomeKind(int code) {
    this.code = code;
  }

  /** {@return the stable number that ledgers store} */
  public int code() {
    return code;
  }

  /** {@return the lower-case name used in the API, in metrics and in logs} */
  public String wireName() {
    return wireName;
  }

  /**
   * {@return the kind of a stored code}
   *
   * @param code as {@link #code()} gives it
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
