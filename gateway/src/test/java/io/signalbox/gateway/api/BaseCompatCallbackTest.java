package io.signalbox.gateway.api;

import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.callback.CallbackMeter;
import io.signalbox.gateway.callback.CallbackVerticle;
import io.signalbox.gateway.compat.DialectIds;
import io.signalbox.gateway.compat.hooks.Verifiers.Hook;
import io.signalbox.gateway.config.CallbackSettings;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.Decision;
import io.signalbox.gateway.ledger.Decision.RankingSnapshot;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.Settlement;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.security.Role;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Recipient;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application that uses Twilio's or Vonage's API and names an address in its requests, and
 * another provider that takes its messages.
 */
abstract class BaseCompatCallbackTest {
  static final String ACCOUNT = "AC00000000000000000000000000000000";
  static final String MESSAGES = "/compat/twilio/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json";
  static final String TO = "+14155552345";
  private static final Map<String, String> LOOPBACK =
      Map.of("callbacks.allow_http", "true", "callbacks.allowed_networks", "127.0.0.0/8");

  @TempDir private Path dir;
  final Clock clock = Clock.systemUTC();
  final List<Hook> told = new CopyOnWriteArrayList<>();
  DialectGateway gateway;
  private HttpServer application;

  @BeforeEach
  void start() throws Exception {
    gateway = new DialectGateway(dir, LOOPBACK);
    Map<String, String> keys = new HashMap<>(LOOPBACK);
    keys.put("data.dir", dir.toString());
    CallbackSettings config = ConfigLoader.load(Optional.empty(), Map.of(), keys).callbacks();
    done(
        gateway
            .gateway()
            .vertx()
            .deployVerticle(
                new CallbackVerticle(
                    gateway.gateway().bus(),
                    ledger().callbackQueue(),
                    config,
                    new NoMeter(),
                    clock,
                    () -> 0.5,
                    Tracing.OFF)));
    application = gateway.gateway().vertx().createHttpServer().requestHandler(this::hear);
    done(application.listen(0, "127.0.0.1"));
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  private void hear(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              Map<String, String> headers = new HashMap<>();
              request.headers().forEach(each -> headers.put(each.getKey(), each.getValue()));
              told.add(new Hook(address(request.uri()), headers, body.toString()));
              request.response().setStatusCode(204).end().onComplete(sent -> {});
            });
  }

  final String address(String uri) {
    return "http://127.0.0.1:" + application.actualPort() + uri;
  }

  final SqlLedger ledger() {
    return gateway.gateway().ledger();
  }

  static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  final Reply twilio(String callback) throws Exception {
    return twilio(
        Map.of("To", TO, "From", "+14155550000", "Body", "Hi", "StatusCallback", callback));
  }

  final Reply twilio(Map<String, String> fields) throws Exception {
    return gateway.send(
        "POST",
        MESSAGES,
        form(fields),
        "authorization",
        basic(ACCOUNT),
        "content-type",
        "application/x-www-form-urlencoded");
  }

  final Reply vonage(String path, JsonObject body) throws Exception {
    return gateway.send(
        "POST",
        "/compat/vonage" + path,
        body.encode(),
        "authorization",
        basic("abcd1234"),
        "content-type",
        "application/json");
  }

  final String basic(String user) {
    byte[] pair = (user + ':' + gateway.key()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            each ->
                each.getKey() + '=' + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** Another provider takes the message. */
  final AttemptId sent(NotificationId id) throws Exception {
    Outcome outcome = new Outcome.Sent("m-1", Evidence.answered(200, null, null));
    return tried(id, outcome, NotificationState.SENT);
  }

  final AttemptId tried(NotificationId id, Outcome outcome, NotificationState end)
      throws Exception {
    AttemptId attempt = new AttemptId(id, 1);
    long now = clock.millis();
    done(
        ledger()
            .begin(
                new AttemptStart(
                    attempt,
                    0,
                    Channel.SMS,
                    "other",
                    1,
                    new Decision(
                        new RankingSnapshot(42, "{\"candidates\":[]}"), "best_score", List.of()),
                    now,
                    now + 60_000,
                    false,
                    new Recipient.Phone(TO),
                    false)));
    NextStep last = new NextStep.Finish(end, "of_the_test");
    done(ledger().settle(new Settlement(attempt, outcome, now, 5, last)));
    return attempt;
  }

  /** Its receipt comes. */
  final void receipt(AttemptId attempt, ReceiptStatus status, ReasonClass reason) throws Exception {
    Receipt receipt =
        new Receipt(
            attempt + "-" + status,
            attempt.toString(),
            null,
            status,
            reason,
            "raw",
            null,
            null,
            TO,
            clock.instant());
    done(ledger().record(new WebhookBatch("other", clock.millis(), List.of(receipt))));
  }

  final List<Hook> told(int count) {
    await(count + " callbacks").atMost(Duration.ofSeconds(40)).until(() -> told.size() >= count);
    return told;
  }

  final List<JsonObject> endpoints() throws Exception {
    return gateway
        .send(
            "GET",
            "/api/v1/callbacks",
            "",
            "authorization",
            "Bearer " + gateway.gateway().token(Role.MANAGER))
        .json()
        .getJsonArray("callbacks")
        .stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  static NotificationId ofSid(Reply reply) {
    return DialectIds.ofHex(reply.json().getString("sid").substring(2)).orElseThrow();
  }

  /** Counts nothing. */
  private static final class NoMeter implements CallbackMeter {
    @Override
    public void callback(String result) {
      // What arrived is looked at instead.
    }

    @Override
    public void callbackDisabled() {
      // What arrived is looked at instead.
    }
  }
}
