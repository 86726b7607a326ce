package io.signalbox.provider.calcom;

import io.signalbox.spi.ConfigReader;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How callers name what can be booked: a word that the configuration gives a number to, the number
 * itself, or a slug of the configured user or team.
 */
final class EventTypes {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
  private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9._~-]{1,200}");

  private final Map<String, Long> named;
  private final @Nullable String username;
  private final @Nullable String organizationSlug;
  private final @Nullable String teamSlug;

  private EventTypes(
      Map<String, Long> named,
      @Nullable String username,
      @Nullable String organizationSlug,
      @Nullable String teamSlug) {
    this.named = Map.copyOf(named);
    this.username = username;
    this.organizationSlug = organizationSlug;
    this.teamSlug = teamSlug;
  }

  static EventTypes read(ConfigReader reader) {
    Map<String, Long> named = new LinkedHashMap<>();
    reader
        .object("event_types")
        .forEach(
            entry -> {
              String number = String.valueOf(entry.getValue());
              if (NUMBER.matcher(number).matches()) {
                named.put(entry.getKey(), Long.valueOf(number));
              } else {
                reader.problem(
                    "event_types." + entry.getKey(), "must be the number of an event type");
              }
            });
    Optional<String> username = reader.text("username");
    Optional<String> organization = reader.text("organization_slug");
    Optional<String> team = reader.text("team_slug");
    if (username.isPresent() && team.isPresent()) {
      reader.problem("team_slug", "must not be given beside username: a slug belongs to one");
    }
    if (organization.isPresent() && username.isEmpty()) {
      reader.problem("organization_slug", "must be given beside username only");
    }
    return new EventTypes(
        named, username.orElse(null), organization.orElse(null), team.orElse(null));
  }

  /**
   * The fields that name an event type in a request; empty if there is no way to name it.
   *
   * @param eventType as the caller named it
   */
  Optional<JsonObject> fields(String eventType) {
    Long number = named.get(eventType);
    if (number == null && NUMBER.matcher(eventType).matches()) {
      number = Long.valueOf(eventType);
    }
    if (number != null) {
      return Optional.of(new JsonObject().put("eventTypeId", number));
    }
    if (!SLUG.matcher(eventType).matches() || (username == null && teamSlug == null)) {
      return Optional.empty();
    }
    JsonObject fields = new JsonObject().put("eventTypeSlug", eventType);
    if (teamSlug != null) {
      return Optional.of(fields.put("teamSlug", teamSlug));
    }
    fields.put("username", username);
    if (organizationSlug != null) {
      fields.put("organizationSlug", organizationSlug);
    }
    return Optional.of(fields);
  }
}
