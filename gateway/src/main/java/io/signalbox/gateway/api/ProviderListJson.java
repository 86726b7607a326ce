package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.vertx.core.json.JsonArray;

/** The JSON form of all providers, with their scores. */
final class ProviderListJson {
  private ProviderListJson() {}

  static JsonArray write(ApiServices services) {
    JsonArray list = new JsonArray();
    ProviderDirectory providers = services.providers();
    ScoreJson standing = new ScoreJson(services.scores().rankings());
    for (ProviderState state : providers.all()) {
      String id = state.provider();
      list.add(
          standing.add(
              id,
              ProviderJson.write(
                  state,
                  providers.limits(id),
                  providers.failedSwap(id),
                  providers.trial(id),
                  services.degradation().failures(id))));
    }
    return list;
  }
}
