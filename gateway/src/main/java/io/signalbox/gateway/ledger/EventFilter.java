package io.signalbox.gateway.ledger;

import java.util.Optional;

/**
 * Which types of events are wanted: one type, or all that begin alike.
 *
 * @param text such as {@code io.signalbox.receipt.bounced} or {@code io.signalbox.notification.*}
 */
public record EventFilter(String text) {
  /** Wants every event. */
  public static final EventFilter ALL = new EventFilter("io.signalbox.*");

  private static final String ANY = ".*";

  /** Reads a filter; empty if no type of event can ever match it. */
  public static Optional<EventFilter> parse(String text) {
    EventFilter filter = new EventFilter(text);
    return EventTypes.all().stream().anyMatch(filter::matches)
        ? Optional.of(filter)
        : Optional.empty();
  }

  /** Whether a type is wanted. */
  public boolean matches(String type) {
    return text.endsWith(ANY)
        ? type.startsWith(text.substring(0, text.length() - 1))
        : type.equals(text);
  }
}
