package io.signalbox.simulator.calcom;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be booked: the three that the simulated user has, all of them at any time of the day.
 *
 * @param minutes how long one takes unless the request says otherwise
 * @param confirmed whether the host has to confirm it
 */
record EventType(long id, String slug, int minutes, boolean confirmed) {
  static final String USERNAME = "pro";

  static final List<EventType> ALL =
      List.of(
          new EventType(7, "60min", 60, false),
          new EventType(8, "15min", 15, false),
          new EventType(9, "consultation", 30, true));

  static Optional<EventType> find(long id) {
    return ALL.stream().filter(type -> type.id == id).findFirst();
  }

  static Optional<EventType> find(String slug, @Nullable String username) {
    return Objects.equals(USERNAME, username)
        ? ALL.stream().filter(type -> type.slug.equals(slug)).findFirst()
        : Optional.empty();
  }

  /** The three, as control calls show them. */
  static JsonArray toJson() {
    JsonArray all = new JsonArray();
    for (EventType type : ALL) {
      all.add(
          new JsonObject()
              .put("id", type.id)
              .put("slug", type.slug)
              .put("username", USERNAME)
              .put("minutes", type.minutes)
              .put("requires_confirmation", type.confirmed));
    }
    return all;
  }
}
