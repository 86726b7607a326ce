package io.signalbox.gateway.model;

import io.signalbox.spi.ReceiptStatus;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a notification stands. Work moves it; receipts move it forward along the rank only, so that
 * a late {@code sent} never overwrites {@code delivered}. The {@link #code()} is stored in ledgers
 * and must never change.
 */
public enum NotificationState {
  /** Waits for its {@code send_at}. */
  SCHEDULED(0, 10),
  /** Waits in a lane, for its first attempt or for a retry. */
  QUEUED(1, 20),
  /** An attempt is under way, or its outcome is unknown and waited for. */
  PROCESSING(2, 30),
  /** An unknown outcome that its policy leaves to a person. */
  HELD(3, 35),
  /** A provider took it; receipts may follow. */
  SENT(4, 40),
  /** Refused for good, or a receipt says that it did not arrive. */
  FAILED(5, 50),
  /** Its time ran out before it was sent. */
  EXPIRED(6, 50),
  /** Called back by the application before it was sent. */
  CANCELLED(7, 50),
  /** Every candidate was tried in every round; a person decides. */
  DEAD_LETTER(8, 50),
  /** A receipt says that it arrived. */
  DELIVERED(9, 60);

  private final int code;
  private final int rank;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  NotificationState(int code, int rank) {
    this.code = code;
    this.rank = rank;
  }

  /** The stable number that ledgers store. */
  public int code() {
    return code;
  }

  /** The place in the order of progress. */
  public int rank() {
    return rank;
  }

  /** Whether the gateway still works on it: an attempt may begin. */
  public boolean isOpen() {
    return rank <= PROCESSING.rank;
  }

  /** The lower-case name used in the API, in events and in logs. */
  public String wireName() {
    return wireName;
  }

  /**
   * The state after a receipt: forward along the rank, or this state if the receipt says nothing
   * new.
   */
  public NotificationState after(ReceiptStatus status) {
    NotificationState told =
        switch (status) {
          case DELIVERED, READ, OPENED, CLICKED -> DELIVERED;
          case BOUNCED, FAILED, REJECTED -> FAILED;
          case EXPIRED -> EXPIRED;
          case ACCEPTED, QUEUED, SENT, DEFERRED -> SENT;
          case UNKNOWN, COMPLAINED, UNSUBSCRIBED -> this;
        };
    return told.rank > rank ? told : this;
  }

  /**
   * The state after a step of our own work: what a receipt has settled in the meantime stands.
   *
   * @param proposed where the work would move it
   */
  public NotificationState advancedTo(NotificationState proposed) {
    return isOpen() || proposed.rank > rank ? proposed : this;
  }

  /** Finds the state of a wire name. */
  public static Optional<NotificationState> find(String wireName) {
    for (NotificationState state : values()) {
      if (state.wireName.equals(wireName)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the state of a stored code.
   *
   * @throws IllegalArgumentException if no state has that code
   */
  public static NotificationState ofCode(int code) {
    for (NotificationState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("no state has the code " + code);
  }
}
