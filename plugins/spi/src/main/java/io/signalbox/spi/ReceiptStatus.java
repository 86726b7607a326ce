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
  UNKNOWN(0, 0),
  ACCEPTED(1, 10),
  QUEUED(2, 20),
  SENT(3, 30),
  DEFERRED(4, 40),
  EXPIRED(5, 50),
  FAILED(6, 50),
  REJECTED(7, 50),
  BOUNCED(8, 50),
  DELIVERED(9, 60),
  READ(10, 70),
  OPENED(11, 70),
  CLICKED(12, 80),
  COMPLAINED(13, 0),
  UNSUBSCRIBED(14, 0);

  private final int code;
  private final int rank;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  ReceiptStatus(int code, int rank) {
    this.code = code;
    this.rank = rank;
  }

  /** The stable number that ledgers store. */
  public int code() {
    return code;
  }

  /** The place in the order of progress; 0 for statuses that do not move the delivery state. */
  public int rank() {
    return rank;
  }

  /** Whether the message has reached the recipient. */
  public boolean meansDelivered() {
    return rank >= DELIVERED.rank;
  }

  /** Whether the message will not reach the recipient through this attempt. */
  public boolean meansNotDelivered() {
    return rank == BOUNCED.rank;
  }

  /** The lower-case name used in the API, in events and in logs. */
  public String wireName() {
    return wireName;
  }

  /**
   * Returns the status of a stored code.
   *
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
