package io.signalbox.gateway.ledger;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What people write of a template.
 *
 * @param description in their own words; null for none
 * @param defaultLocale the language tag (BCP 47) of the texts that are used where none fits; one of
 *     {@code locales}
 * @param locales the texts by language tag
 */
public record TemplateDocument(
    @Nullable String description, String defaultLocale, Map<String, TemplateParts> locales) {

  /** Copies the map. */
  public TemplateDocument {
    SortedMap<String, TemplateParts> sorted = new TreeMap<>(locales);
    locales = Collections.unmodifiableSortedMap(sorted);
  }

  /** The form that is stored and shown. */
  public JsonObject toJson() {
    JsonObject texts = new JsonObject();
    locales.forEach((locale, parts) -> texts.put(locale, json(parts)));
    JsonObject json = new JsonObject();
    putIfKnown(json, "description", description);
    return json.put("default_locale", defaultLocale).put("locales", texts);
  }

  private static JsonObject json(TemplateParts parts) {
    JsonObject json = new JsonObject();
    putIfKnown(json, "title", parts.title());
    putIfKnown(json, "message", parts.message());
    putIfKnown(json, "html", parts.html());
    return json;
  }

  private static void putIfKnown(JsonObject json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  /** Reads what {@link #toJson} made. */
  public static TemplateDocument of(JsonObject json) {
    Map<String, TemplateParts> locales = new TreeMap<>();
    JsonObject texts = json.getJsonObject("locales", new JsonObject());
    for (String locale : texts.fieldNames()) {
      JsonObject parts = texts.getJsonObject(locale);
      locales.put(
          locale,
          new TemplateParts(
              parts.getString("title"), parts.getString("message"), parts.getString("html")));
    }
    return new TemplateDocument(
        json.getString("description"), json.getString("default_locale", ""), locales);
  }

  /** How many characters all its texts have. */
  public int length() {
    return locales.values().stream().mapToInt(TemplateParts::length).sum();
  }
}
