package io.signalbox.spi.operation;

import java.util.List;
import java.util.Objects;

/**
 * How a rental stands.
 *
 * @param state its state
 * @param messages what came in so far, the oldest first
 */
public record RentalStatus(RentalState state, List<RentalMessage> messages) {

  /**
   * Copies the list.
   *
   * @param state {@link #state()}
   * @param messages {@link #messages()}
   */
  public RentalStatus {
    Objects.requireNonNull(state, "state");
    messages = List.copyOf(messages);
  }

  /** Without the messages: codes are secrets. */
  @Override
  public String toString() {
    return "RentalStatus[" + state + ", " + messages.size() + " messages]";
  }
}
