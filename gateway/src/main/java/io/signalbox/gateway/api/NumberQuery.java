package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.OperationFilter;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.spi.Channel;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which rents are listed.
 *
 * @param before only those whose keys are less: older ones
 * @param limit how many at most
 */
record NumberQuery(OperationFilter filter, long before, int limit) {
  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  /** Reads a query that the document allows. */
  static NumberQuery read(String tenant, Map<String, String> given) {
    String limit = given.get("limit");
    String country = given.get("country");
    return new NumberQuery(
        new OperationFilter(
            tenant,
            Channel.NUMBER,
            state(given.get("status")),
            given.get("provider"),
            given.get("service"),
            country == null ? null : country.toLowerCase(Locale.ROOT),
            millis(given, "created_after", 0),
            millis(given, "created_before", Long.MAX_VALUE)),
        PageQuery.after(given.get("after")),
        limit == null ? PAGE : DeadLetterQuery.limit(limit, LARGEST_PAGE));
  }

  private static @Nullable OperationState state(@Nullable String name) {
    return name == null
        ? null
        : OperationState.find(name)
            .orElseThrow(() -> new GatewayException(422, "status has a value that is not known"));
  }

  private static long millis(Map<String, String> given, String name, long fallback) {
    String text = given.get(name);
    return text == null ? fallback : DeadLetterQuery.millis(name, text);
  }
}
