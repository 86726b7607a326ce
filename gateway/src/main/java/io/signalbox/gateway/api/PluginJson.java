package io.signalbox.gateway.api;

import io.signalbox.gateway.plugins.Change.Done;
import io.signalbox.gateway.plugins.NodeChange;
import io.signalbox.gateway.plugins.PluginVersion;
import io.signalbox.gateway.plugins.PluginView;
import io.signalbox.loader.ProviderFileStatus;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/** The JSON forms of plugins. */
final class PluginJson {
  private PluginJson() {}

  static JsonObject write(PluginView plugin) {
    JsonObject json =
        new JsonObject().put("name", plugin.name()).put("state", plugin.state().wireName());
    putIfKnown(json, "version", plugin.version());
    putIfKnown(json, "sha256", plugin.sha256());
    putIfKnown(json, "file", plugin.file());
    plugin.kept().ifPresent(kept -> origin(json, kept));
    plugin
        .descriptor()
        .ifPresent(
            descriptor -> {
              JsonArray channels = new JsonArray();
              descriptor.channels().stream().map(Channel::wireName).sorted().forEach(channels::add);
              json.put("display_name", descriptor.displayName())
                  .put("channels", channels)
                  .put("features", ProviderJson.features(descriptor.features()));
            });
    putIfKnown(json, "last_error", plugin.lastError());
    JsonArray providers = new JsonArray();
    plugin.providers().forEach(provider -> providers.add(write(provider)));
    JsonArray previous = new JsonArray();
    plugin.previous().forEach(version -> previous.add(write(version)));
    return json.put("providers", providers)
        .put("previous", previous)
        .put("leaked", new JsonArray(plugin.leaked()));
  }

  private static JsonObject write(ProviderFileStatus provider) {
    JsonObject json =
        new JsonObject()
            .put("id", provider.id())
            .put("state", provider.state().name().toLowerCase(Locale.ROOT))
            .put("running", provider.running());
    putIfKnown(json, "detail", provider.detail());
    return json;
  }

  private static JsonObject write(PluginVersion version) {
    return origin(
        new JsonObject()
            .put("version", version.version())
            .put("sha256", version.sha256())
            .put("bytes", version.bytes()),
        version);
  }

  private static JsonObject origin(JsonObject json, PluginVersion version) {
    json.put("spi_version", version.spiVersion())
        .put("source", version.source().wireName())
        .put("since", TimelineJson.time(version.sinceMillis()));
    if (version.by() != null) {
      json.put("by", version.by());
    }
    return json;
  }

  /** What came of an order, with the plugin as it is now. */
  static JsonObject write(Done done, Optional<PluginView> plugin) {
    JsonObject json =
        new JsonObject().put("name", done.plugin()).put("outcome", done.outcome().wireName());
    done.before().ifPresent(sha256 -> json.put("before", sha256));
    done.after().ifPresent(sha256 -> json.put("after", sha256));
    putIfKnown(json, "detail", done.detail());
    if (!done.nodes().isEmpty()) {
      JsonArray nodes = new JsonArray();
      done.nodes().forEach(node -> nodes.add(write(node)));
      json.put("nodes", nodes);
    }
    plugin.ifPresent(view -> json.put("plugin", write(view)));
    return json;
  }

  private static JsonObject write(NodeChange node) {
    JsonObject json = new JsonObject().put("node", node.node()).put("outcome", node.outcome());
    putIfKnown(json, "detail", node.detail());
    return json;
  }

  private static void putIfKnown(JsonObject json, String name, String value) {
    if (!value.isEmpty()) {
      json.put(name, value);
    }
  }
}
