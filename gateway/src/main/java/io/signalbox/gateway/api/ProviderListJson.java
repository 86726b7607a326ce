package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.scoring.FailureReport;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The JSON form of all providers, with their scores. */
final class ProviderListJson {
  private ProviderListJson() {}

  static JsonArray write(ApiServices services) {
    JsonArray list = new JsonArray();
    ProviderDirectory providers = services.providers();
    ScoreJson standing = new ScoreJson(services.scores().rankings());
    for (ProviderState state : providers.all()) {
      String id = state.provider();
      FailureReport lastMinute = services.degradation().failures(id);
      JsonObject json =
          ProviderJson.write(
              state,
              providers.limits(id),
              providers.failedSwap(id),
              providers.trial(id),
              lastMinute);
      ProviderWhy why =
          new ProviderWhy(
              state,
              lastMinute,
              providers.failedSwap(id),
              standing.places(id),
              services.degradation().lastFailures(id),
              providers.limits(id),
              services.clock().millis());
      list.add(standing.add(id, why.addTo(json)));
    }
    return list;
  }
}
