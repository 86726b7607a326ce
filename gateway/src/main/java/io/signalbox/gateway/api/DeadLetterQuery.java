package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.DeadLetterFilter;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.text.NearestName;
import io.signalbox.spi.Channel;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads which dead letters are meant, from a query string or a JSON object, as texts by name. A
 * mistyped filter is refused: it would mean more than its author wanted.
 */
final class DeadLetterQuery {
  static final List<String> FILTERS =
      List.of("id", "channel", "provider", "died_after", "died_before", "state");

  private final Map<String, String> given;

  /**
   * Takes texts.
   *
   * @param others names that are allowed beside the filters
   * @throws GatewayException of status 422 for an unknown name
   */
  DeadLetterQuery(Map<String, String> given, Set<String> others) {
    this.given = given;
    for (String name : given.keySet()) {
      if (!FILTERS.contains(name) && !others.contains(name)) {
        throw new GatewayException(
            422, name + " is not a known filter" + NearestName.hint(name, FILTERS));
      }
    }
  }

  /** Whether any filter is given. */
  boolean isNarrowed() {
    return FILTERS.stream().anyMatch(given::containsKey);
  }

  DeadLetterFilter filter(String tenant) {
    return new DeadLetterFilter(
        tenant,
        id("id").orElse(null),
        text("channel").map(DeadLetterQuery::channel).orElse(null),
        text("provider").orElse(null),
        text("died_after").map(text -> millis("died_after", text)).orElse(0L),
        text("died_before").map(text -> millis("died_before", text)).orElse(Long.MAX_VALUE),
        text("state").map(DeadLetterQuery::state).orElse(null));
  }

  Optional<NotificationId> id(String name) {
    return text(name)
        .map(
            text ->
                NotificationId.parse(text)
                    .orElseThrow(
                        () -> new GatewayException(422, name + " must be a notification's id")));
  }

  int limit(int fallback, int max) {
    return text("limit").map(text -> limit(text, max)).orElse(fallback);
  }

  boolean flag(String name) {
    return text(name)
        .map(
            text -> {
              if (!"true".equals(text) && !"false".equals(text)) {
                throw new GatewayException(422, name + " must be true or false");
              }
              return "true".equals(text);
            })
        .orElse(false);
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(given.get(name));
  }

  private static Channel channel(String name) {
    return Channel.find(name)
        .orElseThrow(
            () ->
                new GatewayException(422, "channel must be one of email, sms, whatsapp, telegram"));
  }

  private static NotificationState state(String name) {
    return NotificationState.find(name)
        .filter(state -> state == NotificationState.HELD || state == NotificationState.DEAD_LETTER)
        .orElseThrow(() -> new GatewayException(422, "state must be held or dead_letter"));
  }

  static int limit(String text, int max) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= max) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Falls through to the refusal below, which says what would be right.
    }
    throw new GatewayException(422, "limit must be a whole number from 1 to " + max);
  }

  static long millis(String name, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new GatewayException(
          422, name + " must be a time as in RFC 3339, such as 2026-05-04T09:30:00Z");
    }
  }
}
