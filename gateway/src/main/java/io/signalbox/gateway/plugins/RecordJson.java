package io.signalbox.gateway.plugins;

import io.signalbox.gateway.model.OrderStamp;
import io.signalbox.gateway.plugins.PluginVersion.Source;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stored form of what is kept of all plugins. Pure functions. */
final class RecordJson {
  private RecordJson() {}

  static JsonObject write(Map<String, PluginRecord> records) {
    JsonObject plugins = new JsonObject();
    records.forEach(
        (name, record) -> {
          JsonArray versions = new JsonArray();
          record.versions().forEach(version -> versions.add(write(version)));
          plugins.put(
              name,
              new JsonObject()
                  .put("current", record.current())
                  .put("versions", versions)
                  .put("order", write(record.last()))
                  .put("refused", write(record.refused())));
        });
    return new JsonObject().put("plugins", plugins);
  }

  private static @Nullable JsonObject write(@Nullable LastOrder order) {
    return order == null
        ? null
        : new JsonObject()
            .put("stamp", write(order.stamp()))
            .put("sha256", order.sha256())
            .put("source", order.source().wireName())
            .put("everywhere", order.everywhere());
  }

  private static @Nullable JsonObject write(@Nullable OrderStamp stamp) {
    return stamp == null
        ? null
        : new JsonObject().put("at", stamp.atMillis()).put("by", stamp.by());
  }

  private static JsonObject write(PluginVersion version) {
    return new JsonObject()
        .put("sha256", version.sha256())
        .put("version", version.version())
        .put("spi_version", version.spiVersion())
        .put("bytes", version.bytes())
        .put("source", version.source().wireName())
        .put("by", version.by())
        .put("since", version.sinceMillis());
  }

  /**
   * Reads it.
   *
   * @throws RuntimeException of any kind if it was not written by {@link #write}
   */
  static Map<String, PluginRecord> read(JsonObject json) {
    Map<String, PluginRecord> records = new HashMap<>();
    JsonObject plugins = json.getJsonObject("plugins");
    for (String name : plugins.fieldNames()) {
      JsonObject record = plugins.getJsonObject(name);
      List<PluginVersion> versions = new ArrayList<>();
      for (Object each : record.getJsonArray("versions")) {
        versions.add(version((JsonObject) each));
      }
      records.put(
          name,
          new PluginRecord(
              record.getString("current"),
              versions,
              order(record.getJsonObject("order")),
              stamp(record.getJsonObject("refused"))));
    }
    return Map.copyOf(records);
  }

  private static @Nullable LastOrder order(@Nullable JsonObject json) {
    OrderStamp stamp = json == null ? null : stamp(json.getJsonObject("stamp"));
    return json == null || stamp == null
        ? null
        : new LastOrder(
            stamp,
            json.getString("sha256"),
            Source.find(json.getString("source")).orElse(Source.FOLDER),
            json.getBoolean("everywhere"));
  }

  private static @Nullable OrderStamp stamp(@Nullable JsonObject json) {
    return json == null ? null : new OrderStamp(json.getLong("at"), json.getString("by"));
  }

  private static PluginVersion version(JsonObject json) {
    return new PluginVersion(
        json.getString("sha256"),
        json.getString("version"),
        json.getString("spi_version"),
        json.getLong("bytes"),
        Source.find(json.getString("source")).orElse(Source.FOLDER),
        json.getString("by"),
        json.getLong("since"));
  }
}
