package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** The JSON form of a provider's state. */
final class ProviderJson {
  private ProviderJson() {}

  static JsonObject write(ProviderState state) {
    JsonArray channels = new JsonArray();
    state.channels().stream().map(Channel::wireName).sorted().forEach(channels::add);
    return new JsonObject()
        .put("id", state.provider())
        .put("plugin", state.plugin())
        .put("plugin_version", state.pluginVersion())
        .put("generation", state.generation())
        .put("channels", channels)
        .put("priority", state.priority())
        .put("weight", state.weight())
        .put("max_concurrent", state.maxConcurrent())
        .put("max_per_second", state.maxPerSecond())
        .put("timeout_ms", state.timeout().toMillis())
        .put("stage", state.stage().name().toLowerCase(Locale.ROOT))
        .put("breaker", breaker(state.breaker()));
  }

  static JsonObject breaker(BreakerView breaker) {
    JsonObject json =
        new JsonObject()
            .put("state", breaker.state())
            .put("generation", breaker.generation())
            .put("reason", breaker.reason());
    if (breaker.sinceMillis() > 0) {
      json.put("since", TimelineJson.time(breaker.sinceMillis()));
    }
    if (breaker.openUntilMillis() > 0) {
      json.put("open_until", TimelineJson.time(breaker.openUntilMillis()));
    }
    return json;
  }
}
