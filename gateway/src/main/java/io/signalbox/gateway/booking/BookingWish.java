package io.signalbox.gateway.booking;

import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.spi.operation.Attendee;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants to have booked. Personal data.
 *
 * @param eventType the id or the name of what is booked, as the provider knows it
 * @param start when it begins
 * @param duration how long it takes; null for what the event type says
 * @param attendee for whom
 * @param metadata the application's own values
 * @param provider who is to do it; null for whoever is best
 */
public record BookingWish(
    String eventType,
    Instant start,
    @Nullable Duration duration,
    Attendee attendee,
    Map<String, String> metadata,
    @Nullable String provider) {

  /** Copies the map, in its order. */
  public BookingWish {
    metadata = new LinkedHashMap<>(metadata);
  }

  /** Reads what {@link #toJson} wrote, or a body that {@link BookingRules} has let through. */
  public static BookingWish of(JsonObject json) {
    JsonObject person = json.getJsonObject("attendee");
    Map<String, String> metadata = new LinkedHashMap<>();
    json.getJsonObject("metadata", new JsonObject())
        .forEach(each -> metadata.put(each.getKey(), String.valueOf(each.getValue())));
    Integer minutes = json.getInteger("duration_minutes");
    return new BookingWish(
        String.valueOf(json.getValue("event_type")),
        Instant.parse(json.getString("start")),
        minutes == null ? null : Duration.ofMinutes(minutes),
        new Attendee(
            person.getString("name"),
            person.getString("time_zone"),
            person.getString("email"),
            person.getString("phone"),
            person.getString("language")),
        metadata,
        json.getString("provider"));
  }

  /** As it is stored, and as the API shows it. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("event_type", eventType).put("start", start.toString());
    if (duration != null) {
      json.put("duration_minutes", duration.toMinutes());
    }
    json.put("attendee", attendeeJson());
    if (!metadata.isEmpty()) {
      JsonObject own = new JsonObject();
      metadata.forEach(own::put);
      json.put("metadata", own);
    }
    if (provider != null) {
      json.put("provider", provider);
    }
    return json;
  }

  private JsonObject attendeeJson() {
    JsonObject json =
        new JsonObject().put("name", attendee.name()).put("time_zone", attendee.timeZone());
    put(json, "email", attendee.email());
    put(json, "phone", attendee.phone());
    put(json, "language", attendee.language());
    return json;
  }

  private static void put(JsonObject json, String name, @Nullable String text) {
    if (text != null) {
      json.put(name, text);
    }
  }

  /** The addresses by which an erasure finds it. */
  Set<String> persons() {
    Set<String> persons = new LinkedHashSet<>();
    if (attendee.email() != null) {
      persons.add(Addressee.normal(attendee.email()));
    }
    if (attendee.phone() != null) {
      persons.add(Addressee.normal(attendee.phone()));
    }
    return persons;
  }

  @Override
  public String toString() {
    return "BookingWish[masked]";
  }
}
