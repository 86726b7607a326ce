package io.signalbox.simulator.vonage;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RecentMessages;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /v2/reports/records}, of the messages that went out. */
final class ReportsApi {
  private static final int MAX_RECORDS = 1000;
  private static final int MAX_IDS = 20;

  private final VonageAccount account;
  private final PluginState state;
  private final VonageCredentials credentials;
  private final RecentMessages<SentMessage> recent;

  ReportsApi(
      VonageAccount account,
      PluginState state,
      VonageCredentials credentials,
      RecentMessages<SentMessage> recent) {
    this.account = account;
    this.state = state;
    this.credentials = credentials;
    this.recent = recent;
  }

  Answer answer(ApiRequest request) {
    if (!credentials.isBasic(request)) {
      return VonageProblem.unauthorized();
    }
    Map<String, List<String>> query = Fields.form(request.query()).orElse(Map.of());
    if (!account.apiKey().equals(Fields.first(query, "account_id"))) {
      return VonageProblem.unauthorized();
    }
    Optional<SentMessage.Product> product = product(Fields.first(query, "product"));
    if (product.isEmpty() || !"outbound".equals(Fields.first(query, "direction"))) {
      return VonageProblem.invalidFilter("the simulator knows SMS and MESSAGES, outbound");
    }
    String ids = Fields.first(query, "id");
    boolean dated = query.containsKey("date_start") || query.containsKey("date_end");
    if (ids != null) {
      return dated
          ? VonageProblem.invalidFilter(
              "When using message_id, the following parameters are not supported: [date_start,"
                  + " date_end]")
          : byId(product.get(), List.of(ids.split(",", MAX_IDS + 1)));
    }
    return byDate(product.get(), query);
  }

  private Answer byId(SentMessage.Product product, List<String> ids) {
    if (ids.size() > MAX_IDS) {
      return VonageProblem.invalidFilter("at most " + MAX_IDS + " ids");
    }
    List<SentMessage> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String id : ids) {
      recent
          .find(id)
          .filter(message -> message.product() == product)
          .ifPresentOrElse(found::add, () -> missing.add(id));
    }
    JsonObject report = report(product, found);
    return Answer.json(
        200, missing.isEmpty() ? report : report.put("ids_not_found", String.join(",", missing)));
  }

  private Answer byDate(SentMessage.Product product, Map<String, List<String>> query) {
    Optional<Instant> start = time(Fields.first(query, "date_start"));
    Optional<Instant> end = time(Fields.first(query, "date_end"));
    if (start.isEmpty()
        || end.isEmpty()
        || Duration.between(start.get(), end.get()).compareTo(Duration.ofDays(1)) > 0) {
      return VonageProblem.invalidFilter("date_start and date_end must be at most 24 hours apart");
    }
    String to = Fields.first(query, "to");
    List<SentMessage> found =
        recent.newestFirst().stream()
            .filter(message -> message.product() == product)
            .filter(message -> to == null || to.equals(message.to()))
            .filter(message -> !message.received().isBefore(start.get()))
            .filter(message -> message.received().isBefore(end.get()))
            .limit(MAX_RECORDS + 1)
            .toList();
    boolean all = found.size() <= MAX_RECORDS;
    JsonObject report = report(product, all ? found : found.subList(0, MAX_RECORDS));
    return Answer.json(200, all ? report : report.put("request_status", "TRUNCATED"));
  }

  private JsonObject report(SentMessage.Product product, List<SentMessage> messages) {
    JsonArray records = new JsonArray();
    messages.forEach(message -> records.add(message.toRecord(account.apiKey())));
    return new JsonObject()
        .put("request_id", state.ids().uuid())
        .put("request_status", "SUCCESS")
        .put("received_at", state.clock().instant().toString())
        .put("items_count", records.size())
        .put("product", product.name())
        .put("direction", "outbound")
        .put("account_id", account.apiKey())
        .put("records", records);
  }

  private static Optional<SentMessage.Product> product(@Nullable String name) {
    for (SentMessage.Product product : SentMessage.Product.values()) {
      if (product.name().equals(name)) {
        return Optional.of(product);
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> time(@Nullable String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException notIso) {
      return Optional.empty();
    }
  }
}
