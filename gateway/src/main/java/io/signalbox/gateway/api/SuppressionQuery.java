package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.gateway.ledger.SuppressionFilter;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.text.NearestName;
import io.signalbox.spi.Channel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the suppression list are asked for, as texts by name from a query string or a
 * JSON object. A mistyped filter is refused: the answer would be about others than was meant.
 *
 * @param filter which entries
 * @param before only entries with a smaller id
 * @param limit how many at most
 */
record SuppressionQuery(SuppressionFilter filter, long before, int limit) {
  static final String CHANNEL_RULE = "must be one of email, sms, whatsapp, telegram";
  static final String REASON_RULE =
      "must be one of "
          + Arrays.stream(SuppressionReason.values())
              .map(SuppressionReason::wireName)
              .collect(Collectors.joining(", "));

  private static final List<String> NAMES =
      List.of("channel", "recipient", "reason", "after", "limit");
  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1000;

  /**
   * Reads a query.
   *
   * @throws GatewayException of status 422 that says what would be right
   */
  static SuppressionQuery read(String tenant, Map<String, String> given) {
    for (String name : given.keySet()) {
      if (!NAMES.contains(name)) {
        throw new GatewayException(
            422, name + " is not a known filter" + NearestName.hint(name, NAMES));
      }
    }
    String recipient = given.get("recipient");
    return new SuppressionQuery(
        new SuppressionFilter(
            tenant,
            channel(given.get("channel")),
            recipient == null ? null : Addressee.normal(recipient),
            reason(given.get("reason"))),
        number("after", given.get("after"), Long.MAX_VALUE, Long.MAX_VALUE),
        (int) number("limit", given.get("limit"), PAGE, LARGEST_PAGE));
  }

  private static @Nullable Channel channel(@Nullable String name) {
    return name == null
        ? null
        : Channel.find(name)
            .filter(Channel::carriesMessages)
            .orElseThrow(() -> new GatewayException(422, "channel " + CHANNEL_RULE));
  }

  private static @Nullable SuppressionReason reason(@Nullable String name) {
    return name == null
        ? null
        : SuppressionReason.find(name)
            .orElseThrow(() -> new GatewayException(422, "reason " + REASON_RULE));
  }

  private static long number(String name, @Nullable String text, long fallback, long max) {
    if (text == null) {
      return fallback;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= 1 && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the refusal below, which says what would be right.
    }
    throw new GatewayException(
        422,
        name.equals("after")
            ? "after must be what next was in the page before"
            : "limit must be a whole number from 1 to " + max);
  }
}
