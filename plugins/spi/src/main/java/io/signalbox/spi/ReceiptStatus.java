package io.signalbox.spi;

import java.util.Locale;

/**
 * What a provider says later about an attempt, normalised.
 *
 * <p>Statuses carry a rank, because webhooks arrive late, doubled and out of order: a
 * notification's delivery status only moves to a higher rank. Engagement implies delivery. The side
 * facts ({@link #COMPLAINED}, {@link #UNSUBSCRIBED}) and {@link #UNKNOWN} have no rank: they are
 * kept, and leave the delivery state alone. The {@link #code()} is stored in ledgers and must never
 * change.
 */
public enum ReceiptStatus {
  /** The provider said something that has no word here. */
  UNKNOWN(0, 0),
  /** The provider has taken the message. */
  ACCEPTED(1, 10),
  /** The message waits at the provider. */
  QUEUED(2, 20),
  /** The message has left the provider. */
  SENT(3, 30),
  /** The recipient's side takes it later; the provider goes on trying. */
  DEFERRED(4, 40),
  /** Its time ran out at the provider. */
  EXPIRED(5, 50),
  /** The provider could not send it. */
  FAILED(6, 50),
  /** The provider refused it after taking it. */
  REJECTED(7, 50),
  /** The recipient's side refused it. */
  BOUNCED(8, 50),
  /** The recipient's side has it. */
  DELIVERED(9, 60),
  /** The recipient has read it. */
  READ(10, 70),
  /** The recipient, or their mail program, has opened it. */
  OPENED(11, 70),
  /** A link in it was followed. */
  CLICKED(12, 80),
  /** The recipient has complained of it. */
  COMPLAINED(13, 0),
  /** The recipient wants no more such messages. */
  UNSUBSCRIBED(14, 0);

  private final int code;
  private final int rank;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  ReceiptStatus(int code, int rank) {
    this.code = code;
    this.rank = rank;
  }

  /** {@return the stable number that ledgers store} */
  public int code() {
    return code;
  }

  /**
   * {@return the place in the order of progress; 0 for statuses that do not move the delivery
   * state}
   */
  public int rank() {
    return rank;
  }

  /** {@return whether the message has reached the recipient} */
  public boolean meansDelivered() {
    return rank >= DELIVERED.rank;
  }

  /** {@return whether the message will not reach the recipient through this attempt} */
  public boolean meansNotDelivered() {
    return rank == BOUNCED.rank;
  }

  /** {@return the lower-case name used in the API, in events and in logs} */
  public String wireName() {
    return wireName;
  }

  /**
   * {@return the status of a stored code}
   *
   * @param code as {@link #code()} gives it
   * @throws IllegalArgumentException if no status has that code
   */
  public static ReceiptStatus ofCode(int code) {
    for (ReceiptStatus status : values()) {
      if (status.code == code) {
        return status;
      }
    }
    throw new IllegalArgumentException("no receipt status has the code " + code);
  }
}
