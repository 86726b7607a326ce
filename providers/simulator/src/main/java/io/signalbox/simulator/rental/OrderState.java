package io.signalbox.simulator.rental;

/** How an order stands. */
public enum OrderState {
  /** No message yet. */
  WAITING,
  /** A message came, another was asked for. */
  WAITING_AGAIN,
  /** A message came. */
  RECEIVED,
  /** Ended by the customer after a message, or by its time. */
  FINISHED,
  /** Given back by the customer. */
  CANCELLED,
  /** Its time ran out without a message. */
  EXPIRED,
  /** Given back as not usable. */
  BANNED;

  /** Whether the number is the customer's still. */
  public boolean isLive() {
    return this == WAITING || this == WAITING_AGAIN || this == RECEIVED;
  }

  /** Whether its price is the service's, and not the customer's again. */
  boolean isPaid() {
    return isLive() || this == FINISHED;
  }
}
