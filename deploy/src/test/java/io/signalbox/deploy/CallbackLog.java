package io.signalbox.deploy;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a gateway has written down of its callbacks to an endpoint.
 *
 * @param endpoint its id
 */
record CallbackLog(ApiClient api, String endpoint) {

  /** The ids of all events that are in a state. */
  Set<String> events(String state) {
    Set<String> ids = new TreeSet<>();
    String after = "";
    while (after != null) {
      JsonObject page = page(state, after);
      page.getJsonArray("deliveries")
          .forEach(each -> ids.add(((JsonObject) each).getString("event_id")));
      after = page.getString("next");
    }
    return ids;
  }

  /** One page of its deliveries in a state; the first if nothing comes before it. */
  JsonObject page(String state, String after) {
    String next = after.isEmpty() ? "" : "&after=" + after;
    return api.get("/api/v1/callbacks/" + endpoint + "/deliveries?limit=1000&state=" + state + next)
        .json(200);
  }
}
