package io.signalbox.simulator.rental;

import java.time.Instant;

/**
 * A message that came in at a rented number.
 *
 * @param at when it came
 * @param sender who sent it
 * @param text the whole message
 * @param code the code in it
 */
public record Message(Instant at, String sender, String text, String code) {
  @Override
  public String toString() {
    return "Message[" + at + "]";
  }
}
