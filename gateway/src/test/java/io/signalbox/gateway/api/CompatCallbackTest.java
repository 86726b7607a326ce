package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.callback.CallbackMeter;
import io.signalbox.gateway.callback.CallbackVerticle;
import io.signalbox.gateway.compat.DialectIds;
import io.signalbox.gateway.compat.hooks.Verifiers;
import io.signalbox.gateway.compat.hooks.Verifiers.Hook;
import io.signalbox.gateway.config.CallbackSettings;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.AuditEntry.Who;
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
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application that uses Twilio's or Vonage's API hears of its messages as it is used to, at the
 * address that stands in the request, although another provider delivers them.
 */
@Timeout(120)
class CompatCallbackTest {
  private static final String ACCOUNT = "AC00000000000000000000000000000000";
  private static final String MESSAGES =
      "/compat/twilio/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json";
  private static final String TO = "+14155552345";
  private static final Map<String, String> LOOPBACK =
      Map.of("callbacks.allow_http", "true", "callbacks.allowed_networks", "127.0.0.0/8");

  @TempDir private Path dir;
  private final Clock clock = Clock.systemUTC();
  private final List<Hook> told = new CopyOnWriteArrayList<>();
  private DialectGateway gateway;
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

  private String address(String uri) {
    return "http://127.0.0.1:" + application.actualPort() + uri;
  }

  private SqlLedger ledger() {
    return gateway.gateway().ledger();
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private Reply twilio(String callback) throws Exception {
    return twilio(
        Map.of("To", TO, "From", "+14155550000", "Body", "Hi", "StatusCallback", callback));
  }

  private Reply twilio(Map<String, String> fields) throws Exception {
    return gateway.send(
        "POST",
        MESSAGES,
        form(fields),
        "authorization",
        basic(ACCOUNT),
        "content-type",
        "application/x-www-form-urlencoded");
  }

  private Reply vonage(String path, JsonObject body) throws Exception {
    return gateway.send(
        "POST",
        "/compat/vonage" + path,
        body.encode(),
        "authorization",
        basic("abcd1234"),
        "content-type",
        "application/json");
  }

  private String basic(String user) {
    byte[] pair = (user + ':' + gateway.key()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            each ->
                each.getKey() + '=' + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** Another provider takes the message. */
  private AttemptId sent(NotificationId id) throws Exception {
    Outcome outcome = new Outcome.Sent("m-1", Evidence.answered(200, null, null));
    return tried(id, outcome, NotificationState.SENT);
  }

  private AttemptId tried(NotificationId id, Outcome outcome, NotificationState end)
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
  private void receipt(AttemptId attempt, ReceiptStatus status, ReasonClass reason)
      throws Exception {
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

  private List<Hook> told(int count) {
    await(count + " callbacks").atMost(Duration.ofSeconds(40)).until(() -> told.size() >= count);
    return told;
  }

  private List<JsonObject> endpoints() throws Exception {
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

  private static NotificationId ofSid(Reply reply) {
    return DialectIds.ofHex(reply.json().getString("sid").substring(2)).orElseThrow();
  }

  @Test
  void twiliosApplicationsHearByFormsThatTheirTokenVerifies() throws Exception {
    Reply created = twilio(address("/cb?order=7"));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    AttemptId attempt = sent(ofSid(created));
    told(1);
    receipt(attempt, ReceiptStatus.DELIVERED, ReasonClass.NONE);

    assertThat(told(2)).allMatch(hook -> Verifiers.twilio(hook, gateway.key()));
    assertThat(told)
        .extracting(hook -> Verifiers.form(hook.body()))
        .allSatisfy(
            form ->
                assertThat(form)
                    .containsEntry("MessageSid", created.json().getString("sid"))
                    .containsEntry("AccountSid", ACCOUNT)
                    .containsEntry("From", "+14155550000")
                    .containsEntry("To", TO))
        .extracting(form -> form.get("MessageStatus"))
        .containsExactly("sent", "delivered");
    assertThat(told.get(0).url()).isEqualTo(address("/cb?order=7"));
    assertThat(endpoints())
        .singleElement()
        .satisfies(
            endpoint -> {
              assertThat(endpoint.getString("format")).isEqualTo("twilio");
              assertThat(gateway.key()).startsWith("sbx_" + endpoint.getString("api_key"));
              assertThat(endpoint.containsKey("url")).isFalse();
              assertThat(endpoint.encode()).doesNotContain(gateway.key());
            });
  }

  @Test
  void whoIsCalledBackHearsWhatIsToldToWhoFetches() throws Exception {
    Evidence why = Evidence.answered(400, null, null);
    Outcome refused = new Outcome.Rejected(ReasonClass.INVALID_CONTENT, why);
    assertEnd("failed", 30_008, id -> tried(id, refused, NotificationState.FAILED));
    Outcome later = new Outcome.Transient(why);
    assertEnd("failed", 30_036, id -> tried(id, later, NotificationState.EXPIRED));
    assertEnd(
        "undelivered",
        30_005,
        id -> receipt(sent(id), ReceiptStatus.BOUNCED, ReasonClass.INVALID_RECIPIENT));
  }

  private void assertEnd(String status, int code, ThrowingConsumer<NotificationId> how)
      throws Exception {
    Reply created = twilio(address("/cb"));
    how.accept(ofSid(created));
    String sid = created.json().getString("sid");
    String of = MESSAGES.replace(".json", "/" + sid + ".json");
    JsonObject fetched = gateway.send("GET", of, "", "authorization", basic(ACCOUNT)).json();
    assertThat(fetched.getString("status")).isEqualTo(status);
    assertThat(fetched.getInteger("error_code")).isEqualTo(code);
    Map<String, String> end =
        Map.of("MessageSid", sid, "MessageStatus", status, "ErrorCode", Integer.toString(code));
    await(status + code).atMost(Duration.ofSeconds(30)).until(() -> wasTold(end));
  }

  private boolean wasTold(Map<String, String> fields) {
    return told.stream()
        .map(hook -> Verifiers.form(hook.body()))
        .anyMatch(form -> form.entrySet().containsAll(fields.entrySet()));
  }

  @Test
  void vonagesApplicationsHearByReceiptsAndBySignedStatuses() throws Exception {
    Reply sms =
        vonage(
            "/sms/json",
            new JsonObject()
                .put("from", "AcmeInc")
                .put("to", "14155552345")
                .put("text", "Hi")
                .put("client-ref", "m1")
                .put("callback", address("/dlr")));
    JsonObject part = sms.json().getJsonArray("messages").getJsonObject(0);
    assertThat(part.getString("status")).as(sms.text()).isEqualTo("0");
    sent(DialectIds.ofHex(part.getString("message-id")).orElseThrow());
    JsonObject receipt = new JsonObject(told(1).get(0).body());
    assertThat(receipt.getString("messageId")).isEqualTo(part.getString("message-id"));
    assertThat(receipt.getString("status")).isEqualTo("accepted");
    assertThat(receipt.getString("client-ref")).isEqualTo("m1");
    assertThat(receipt.getString("msisdn")).isEqualTo("14155552345");
    assertThat(receipt.getString("to")).isEqualTo("AcmeInc");

    Reply message =
        vonage(
            "/v1/messages",
            new JsonObject()
                .put("message_type", "text")
                .put("channel", "sms")
                .put("from", "AcmeInc")
                .put("to", "14155552345")
                .put("text", "Hi")
                .put("client_ref", "m2")
                .put("webhook_url", address("/status")));
    assertThat(message.status()).as(message.text()).isEqualTo(202);
    String id = message.json().getString("message_uuid");
    AttemptId attempt = sent(NotificationId.parse(id).orElseThrow());
    receipt(attempt, ReceiptStatus.BOUNCED, ReasonClass.HARD_BOUNCE);
    List<Hook> statuses = told(3).subList(1, 3);
    assertThat(statuses).allMatch(hook -> Verifiers.vonageMessages(hook, gateway.key(), true));
    assertThat(statuses)
        .extracting(hook -> new JsonObject(hook.body()).getString("status"))
        .containsExactlyInAnyOrder("submitted", "rejected");
  }

  @Test
  void aMessageWithoutAnAddressAsksForNothing() throws Exception {
    Reply created = twilio(Map.of("To", TO, "From", "+14155550000", "Body", "Hi"));
    assertThat(created.status()).isEqualTo(201);
    assertThat(endpoints()).isEmpty();
    Reply named = twilio(address("/cb"));
    String endpoint = endpoints().get(0).getString("id");
    sent(ofSid(created));
    sent(ofSid(named));

    assertThat(Verifiers.form(told(1).get(0).body()).get("MessageSid"))
        .isEqualTo(named.json().getString("sid"));
    assertThat(
            gateway
                .send(
                    "GET",
                    "/api/v1/callbacks/" + endpoint + "/deliveries",
                    "",
                    "authorization",
                    "Bearer " + gateway.gateway().token(Role.MANAGER))
                .json()
                .getJsonArray("deliveries"))
        .hasSize(1);
  }

  @Test
  void anAddressThatCannotBeCalledIsRefusedInTheApisOwnWords() throws Exception {
    Reply inside = twilio("http://10.0.0.1/cb");
    assertThat(inside.status()).isEqualTo(400);
    assertThat(inside.json().getInteger("code")).isEqualTo(21_609);
    assertThat(endpoints()).isEmpty();
  }

  @Test
  void nothingIsToldOfWhatWasErased() throws Exception {
    Reply created = twilio(address("/cb"));
    AttemptId attempt = sent(ofSid(created));
    told(1);
    long later = clock.millis() + 60_000;
    Who who = new Who("default", "boss", "::1", "c");
    done(ledger().erasures().order(TO, who, later));
    while (done(ledger().erasures().eraseSome(later + 2_000))) {
      // A page in each call.
    }
    receipt(attempt, ReceiptStatus.DELIVERED, ReasonClass.NONE);
    sent(ofSid(twilio(address("/next"))));

    assertThat(told(2)).extracting(Hook::url).containsExactly(address("/cb"), address("/next"));
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
