package io.signalbox.gateway.api;

import io.signalbox.gateway.ledger.Suppression;
import io.signalbox.gateway.ledger.SuppressionLedger.Listed;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON forms of the suppression list. */
final class SuppressionJson {
  private SuppressionJson() {}

  static JsonObject page(List<Suppression> entries, int limit) {
    JsonArray list = new JsonArray();
    entries.forEach(entry -> list.add(entry(entry)));
    JsonObject page = new JsonObject().put("suppressions", list);
    if (entries.size() == limit) {
      page.put("next", Long.toString(entries.get(limit - 1).id()));
    }
    return page;
  }

  static JsonObject added(List<Listed> listed) {
    JsonArray list = new JsonArray();
    listed.forEach(one -> list.add(entry(one.entry())));
    return new JsonObject()
        .put("added", listed.stream().filter(Listed::added).count())
        .put("suppressions", list);
  }

  /** What is kept of that for whoever repeats the request: nothing about persons. */
  static JsonObject kept(JsonObject added) {
    JsonObject kept = added.copy().put("withheld", "recipient");
    for (Object entry : kept.getJsonArray("suppressions")) {
      ((JsonObject) entry).remove("recipient");
      ((JsonObject) entry).remove("note");
    }
    return kept;
  }

  private static JsonObject entry(Suppression entry) {
    JsonObject json =
        new JsonObject()
            .put("id", Long.toString(entry.id()))
            .put("channel", entry.addressee().channel().wireName())
            .put("recipient", entry.addressee().address())
            .put("reason", entry.reason().wireName())
            .put("source", entry.origin().source().wireName())
            .put("created_at", TimelineJson.time(entry.createdAtMillis()));
    putIfKnown(json, "provider", entry.origin().provider());
    putIfKnown(json, "notification_id", entry.origin().notification());
    putIfKnown(json, "note", entry.origin().note());
    putIfKnown(json, "created_by", entry.origin().createdBy());
    return json;
  }

  private static void putIfKnown(JsonObject json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
