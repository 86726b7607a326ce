package io.signalbox.deploy.operation;

import io.signalbox.deploy.ApiClient;
import io.signalbox.deploy.SimulatorProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renting a number. Requests are alike, so that nothing but claims tells whose a rental is. */
final class NumbersApi implements OperationApi {
  private static final String FIVE_SIM = "fivesim";
  private static final int STOCK = 10_000;
  private static final List<String> COUNTRIES = List.of("us", "gb");
  private static final List<String> SERVICES = List.of("wa", "tg");

  @Override
  public List<String> providers() {
    return List.of("smsactivate", FIVE_SIM);
  }

  @Override
  public boolean namesCountry() {
    return true;
  }

  @Override
  public String doing() {
    return "rent";
  }

  @Override
  public String finding() {
    return "find";
  }

  @Override
  public String undoing() {
    return "cancel";
  }

  @Override
  public Optional<Told> ask(ApiClient api, int number, String key) {
    JsonObject body =
        new JsonObject()
            .put("country", COUNTRIES.get(number % COUNTRIES.size()))
            .put("service", SERVICES.get(number / COUNTRIES.size() % SERVICES.size()));
    return Asking.once(
        api,
        "/api/v1/numbers/rent",
        body,
        key,
        json ->
            new Told(
                key,
                json.getString("id"),
                json.getString("status"),
                json.getString("provider"),
                json.getString("number"),
                new BigDecimal(String.valueOf(json.getJsonObject("price").getValue("amount")))));
  }

  /**
   * Codes come in at once or never; numbers can be given back after a second, not after two
   * minutes.
   */
  @Override
  public void prepare(SimulatorProcess simulator, String provider, boolean newsFirst) {
    simulator.set(provider, new JsonObject().put("receipt_delay_ms", 0));
    simulator.changeBooks(
        provider,
        new JsonObject()
            .put("auto_codes", newsFirst)
            .put("cancel_after_seconds", 1)
            .put("stock", stock(provider)));
  }

  /** Those at which a code came in cannot be cancelled any more, and are finished. */
  @Override
  public void giveBack(ApiClient api, List<Told> clients) {
    for (Told client : clients) {
      if (client.isDone()) {
        String number = "/api/v1/numbers/" + client.id();
        if (api.call("POST", number + "/cancel", "", Map.of()).status() != 200) {
          api.call("POST", number + "/finish", "", Map.of());
        }
      }
    }
  }

  /** As much of all that is asked for that it never runs out. */
  private static JsonArray stock(String provider) {
    boolean fiveSim = provider.equals(FIVE_SIM);
    JsonArray stock = new JsonArray();
    for (String country : fiveSim ? List.of("usa", "england") : List.of("187", "16")) {
      for (String service : fiveSim ? List.of("whatsapp", "telegram") : List.of("wa", "tg")) {
        stock.add(
            new JsonObject().put("country", country).put("service", service).put("count", STOCK));
      }
    }
    return stock;
  }

  @Override
  public List<Sold> books(SimulatorProcess simulator) {
    return providers().stream()
        .flatMap(
            provider ->
                simulator.books(provider).getJsonArray("orders").stream()
                    .map(order -> Sold.number(provider, (JsonObject) order)))
        .toList();
  }
}
