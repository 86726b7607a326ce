package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationFilter;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which bookings are listed.
 *
 * @param state only those that stand so; null for all. Looked at after the page was read, since it
 *     is sealed with the rest
 * @param before only those whose keys are less: older ones
 * @param limit how many are looked at
 */
record BookingQuery(OperationFilter filter, @Nullable String state, long before, int limit) {
  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  /** Reads a query that the document allows. */
  static BookingQuery read(String tenant, Map<String, String> given) {
    String limit = given.get("limit");
    return new BookingQuery(
        new OperationFilter(
            tenant,
            Channel.BOOKING,
            status(given.get("status")),
            given.get("provider"),
            given.get("event_type"),
            null,
            millis(given, "created_after", 0),
            millis(given, "created_before", Long.MAX_VALUE)),
        given.get("state"),
        PageQuery.after(given.get("after")),
        limit == null ? PAGE : DeadLetterQuery.limit(limit, LARGEST_PAGE));
  }

  private static @Nullable OperationState status(@Nullable String name) {
    return name == null
        ? null
        : OperationState.find(name)
            .orElseThrow(() -> new GatewayException(422, "status has a value that is not known"));
  }

  private static long millis(Map<String, String> given, String name, long fallback) {
    String text = given.get(name);
    return text == null ? fallback : DeadLetterQuery.millis(name, text);
  }

  /** The answer, of what was found. */
  JsonObject page(OperationFilter.Page page) {
    JsonArray list = new JsonArray();
    for (Operation operation : page.found()) {
      JsonObject json = BookingJson.summary(operation);
      if (state == null || state.equals(json.getString("state"))) {
        list.add(json);
      }
    }
    JsonObject json = new JsonObject().put("bookings", list);
    Long next = page.next();
    return next == null ? json : json.put("next", next.toString());
  }
}
