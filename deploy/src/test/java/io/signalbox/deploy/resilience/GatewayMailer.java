package io.signalbox.deploy.resilience;

import io.signalbox.gateway.model.NotificationState;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The gateway, over HTTP; what it did is read in its ledger. */
final class GatewayMailer implements Mailer {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private final Gateway gateway;
  private final Map<Long, Integer> numbers = new ConcurrentHashMap<>();

  /** Leaves the gateway running when it is closed. */
  GatewayMailer(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public String name() {
    return "signalbox";
  }

  @Override
  public CompletableFuture<Boolean> accept(int number, JsonObject mail) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.url() + "/api/v1/notifications/send"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + gateway.token())
            .header("Idempotency-Key", "mail-" + number)
            .POST(BodyPublishers.ofString(mail.encode()))
            .build();
    return HTTP.sendAsync(request, BodyHandlers.ofString())
        .thenApply(response -> accepted(number, response));
  }

  private boolean accepted(int number, HttpResponse<String> response) {
    if (response.statusCode() == 503) {
      return false;
    }
    if (response.statusCode() != 202) {
      throw new IllegalStateException(response.statusCode() + " " + response.body());
    }
    numbers.put(LedgerFile.key(new JsonObject(response.body()).getString("id")), number);
    return true;
  }

  @Override
  public long open() {
    Map<Long, NotificationState> states = gateway.ledger().states();
    return numbers.keySet().stream()
        .map(states::get)
        .filter(state -> state == null || state.isOpen())
        .count();
  }

  @Override
  public List<Attempt> attempts() {
    return gateway.ledger().attempts().stream()
        .map(
            row -> {
              Integer number = numbers.get(row.key());
              return number == null
                  ? null
                  : new Attempt(
                      number,
                      row.provider(),
                      row.beganAtMillis(),
                      row.sent(),
                      row.possibleDuplicate());
            })
        .filter(Objects::nonNull)
        .toList();
  }

  @Override
  public Map<String, Long> states() {
    Map<Long, NotificationState> states = gateway.ledger().states();
    Map<String, Long> counts = new TreeMap<>();
    for (long key : new HashMap<>(numbers).keySet()) {
      NotificationState state = states.get(key);
      counts.merge(state == null ? "not in the ledger" : state.wireName(), 1L, Long::sum);
    }
    return counts;
  }

  @Override
  public boolean awaitsReceipts() {
    return states().containsKey(NotificationState.SENT.wireName());
  }

  @Override
  public boolean marksDuplicates() {
    return true;
  }

  @Override
  public List<Long> breakersOpenedAt(List<String> providers) {
    return gateway.ledger().breakersOpenedAt(providers);
  }

  @Override
  public void killAndRestart() {
    gateway.killAndRestart();
  }

  @Override
  public void close() {
    // The gateway is its starter's.
  }
}
