package io.signalbox.gateway.ledger;

import io.signalbox.gateway.ledger.SuppressionLedger.Listed;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** What things were and are, for the audit log: as JSON, without secrets and recipients. Pure. */
public final class AuditValues {
  private static final int MOST_IDS = 50;
  private static final int HASH_DIGITS = 16;

  private AuditValues() {}

  /**
   * A callback endpoint. Of its URL, which can hold a secret anywhere, the place and a hash that
   * tells one URL from another.
   */
  public static String of(CallbackEndpoint endpoint) {
    JsonArray filters = new JsonArray();
    endpoint.filters().forEach(filter -> filters.add(filter.text()));
    byte[] url = endpoint.url().getBytes(StandardCharsets.UTF_8);
    JsonObject json =
        new JsonObject()
            .put("place", endpoint.url().isEmpty() ? null : place(endpoint.url()))
            .put("url_hash", HexFormat.of().formatHex(Sha256.of(url)).substring(0, HASH_DIGITS))
            .put("description", endpoint.description())
            .put("event_types", filters)
            .put("format", endpoint.form().format().wireName())
            .put("signature_method", endpoint.form().signatureMethod())
            .put("api_key", endpoint.form().apiKey())
            .put("enabled", endpoint.enabled())
            .put("secrets", endpoint.secrets().size());
    return json.encode();
  }

  private static String place(String url) {
    URI uri = URI.create(url);
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  /** An API key, without what it is checked by. */
  public static String of(ApiKey key) {
    JsonObject json =
        new JsonObject()
            .put("name", key.name())
            .put("roles", new JsonArray(key.roles()))
            .put("expires_at_ms", key.expiresAtMillis())
            .put("rotated_at_ms", key.rotatedAtMillis());
    if (!key.scopes().isEmpty()) {
      json.put("scopes", new JsonArray(key.scopes()));
    }
    if (!key.quota().isNone()) {
      json.put("per_day", key.quota().perDay()).put("per_month", key.quota().perMonth());
    }
    ApiKey.Previous previous = key.previous();
    if (previous != null) {
      json.put("previous_until_ms", previous.untilMillis());
    }
    return json.encode();
  }

  /** A template: which version, and a hash that tells its texts from others. */
  public static String of(Template template) {
    TemplateDocument document = template.document();
    byte[] texts = document.toJson().encode().getBytes(StandardCharsets.UTF_8);
    return new JsonObject()
        .put("version", template.version())
        .put("default_locale", document.defaultLocale())
        .put("locales", new JsonArray(List.copyOf(document.locales().keySet())))
        .put("sha256", HexFormat.of().formatHex(Sha256.of(texts)))
        .encode();
  }

  /** Preferences: those that are set. */
  public static String of(StoredPreferences preferences) {
    JsonObject json = json(preferences.defaults());
    JsonObject channels = new JsonObject();
    for (Channel channel : Channel.values()) {
      PreferenceSet own = preferences.channels().getOrDefault(channel, PreferenceSet.EMPTY);
      if (!own.isEmpty()) {
        channels.put(channel.wireName(), json(own));
      }
    }
    if (!channels.isEmpty()) {
      json.put("channels", channels);
    }
    return json.encode();
  }

  private static JsonObject json(PreferenceSet set) {
    JsonObject json = new JsonObject();
    for (PreferenceKey key : PreferenceKey.values()) {
      Object value = set.get(key);
      if (value != null) {
        json.put(key.wireName(), value);
      }
    }
    return json;
  }

  /** An entry of the suppression list. */
  public static JsonObject of(Suppression entry) {
    return new JsonObject()
        .put("id", String.valueOf(entry.id()))
        .put("channel", entry.addressee().channel().wireName())
        .put("reason", entry.reason().wireName());
  }

  /** Who was put on the suppression list: how many, and the first of them. */
  public static String ofListed(List<Listed> listed) {
    JsonArray entries = new JsonArray();
    long added = listed.stream().filter(Listed::added).count();
    listed.stream()
        .filter(Listed::added)
        .limit(MOST_IDS)
        .forEach(each -> entries.add(of(each.entry())));
    return new JsonObject().put("added", added).put("entries", entries).encode();
  }
}
