package io.signalbox.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.callback.Receiver.Received;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.CallbackDelivery;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackPatch;
import io.signalbox.gateway.ledger.DeliveryState;
import io.signalbox.gateway.ledger.EventFilter;
import io.signalbox.gateway.ledger.Redelivery;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.ledger.sqlite.SqliteLedgerOptions;
import io.signalbox.gateway.model.NotificationIds;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SelfSignedCertificate;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks over real sockets from a real ledger. */
@Timeout(60)
class CallbackVerticleTest {
  private static final String TENANT = "default";
  private static final Map<String, String> LOOPBACK =
      Map.of(
          "callbacks.allow_http", "true",
          "callbacks.allowed_networks", "127.0.0.0/8",
          "callbacks.retry_delays", "50ms, 50ms, 50ms",
          "callbacks.timeout", "2s",
          "callbacks.concurrency", "4");

  @TempDir private Path directory;
  private final Clock clock = Clock.systemUTC();
  private final Map<String, List<String>> names = new ConcurrentHashMap<>();
  private final AtomicInteger questions = new AtomicInteger();
  private Vertx vertx;
  private Bus bus;
  private SqliteLedger ledger;
  private CallbackEndpoints endpoints;
  private String deployment;
  private Receiver receiver;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    bus = Bus.install(vertx);
    receiver = Receiver.start(vertx);
    run(LOOPBACK, new HttpClientOptions());
  }

  private void run(Map<String, String> settings, HttpClientOptions http) throws Exception {
    Map<String, String> keys = new HashMap<>(settings);
    keys.put("data.dir", directory.toString());
    GatewayConfig.Callbacks config =
        ConfigLoader.load(Optional.empty(), Map.of(), keys).callbacks();
    ledger =
        done(
            SqliteLedger.open(
                vertx,
                directory.resolve("ledger.db"),
                new SqliteLedgerOptions(256, 10_000, 1 << 24, 2, 100),
                new StoredForm(),
                bus.events()));
    endpoints =
        new CallbackEndpoints(
            ledger.callbacks(),
            bus,
            config,
            new NotificationIds(clock, 0),
            new SecureRandom(),
            clock);
    deployment =
        done(
            vertx.deployVerticle(
                new CallbackVerticle(
                    bus,
                    ledger.callbackQueue(),
                    config,
                    new NoMeter(),
                    clock,
                    () -> 0.5,
                    http,
                    this::resolve)));
  }

  @AfterEach
  void stop() throws Exception {
    halt();
    done(vertx.close());
  }

  private void halt() throws Exception {
    done(vertx.undeploy(deployment));
    done(ledger.close());
  }

  private void restart(Map<String, String> settings, HttpClientOptions http) throws Exception {
    halt();
    run(settings, http);
  }

  @Test
  void callbacksAreCloudEventsThatTheOfficialLibraryVerifies() throws Exception {
    CallbackEndpoint endpoint = add("/hook?a=b");
    String event = test(endpoint);

    Received one = received(1).get(0);
    one.verify(endpoint.secrets().get(0).value().reveal());
    assertThat(one.uri()).isEqualTo("/hook?a=b");
    assertThat(one.header("content-type")).isEqualTo("application/cloudevents+json");
    assertThat(one.header("webhook-id")).isEqualTo(event);
    JsonObject body = new JsonObject(one.body());
    assertThat(body.getString("specversion")).isEqualTo("1.0");
    assertThat(body.getString("id")).isEqualTo(event);
    assertThat(body.getString("type")).isEqualTo("io.signalbox.callback.test");
    assertThatThrownBy(() -> one.verify("whsec_" + "A".repeat(43) + "="))
        .isInstanceOf(WebhookVerificationException.class);
    CallbackDelivery log = logged(endpoint, DeliveryState.DELIVERED);
    assertThat(log.httpStatus()).isEqualTo(204);
    assertThat(log.attempts()).isEqualTo(1);
  }

  @Test
  void bothSecretsVerifyWhileTheyOverlap() throws Exception {
    CallbackEndpoint endpoint = add("/hook");
    CallbackEndpoint rotated = done(endpoints.rotate(TENANT, endpoint.id().toString(), null));
    test(endpoint);

    Received one = received(1).get(0);
    one.verify(endpoint.secrets().get(0).value().reveal());
    one.verify(rotated.secrets().get(0).value().reveal());
    assertThat(one.header("webhook-signature")).matches("v1,\\S{44} v1,\\S{44}");
  }

  @Test
  void onlyTheNewSecretVerifiesAfterTheOverlap() throws Exception {
    Map<String, String> settings = new HashMap<>(LOOPBACK);
    settings.put("callbacks.secret_overlap", "0s");
    restart(settings, new HttpClientOptions());
    CallbackEndpoint endpoint = add("/hook");
    CallbackEndpoint rotated = done(endpoints.rotate(TENANT, endpoint.id().toString(), null));
    test(endpoint);

    Received one = received(1).get(0);
    one.verify(rotated.secrets().get(0).value().reveal());
    assertThatThrownBy(() -> one.verify(endpoint.secrets().get(0).value().reveal()))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void aFailedCallbackIsRepeatedUnderTheSameId() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    receiver.answers(r -> Receiver.status(r, calls.incrementAndGet() < 3 ? 500 : 200));
    CallbackEndpoint endpoint = add("/hook");
    String event = test(endpoint);

    List<Received> all = received(3);
    assertThat(all).allSatisfy(one -> assertThat(one.header("webhook-id")).isEqualTo(event));
    assertThat(all).extracting(Received::body).containsOnly(all.get(0).body());
    for (Received one : all) {
      one.verify(endpoint.secrets().get(0).value().reveal());
    }
    assertThat(logged(endpoint, DeliveryState.DELIVERED).attempts()).isEqualTo(3);
  }

  @Test
  void aCallbackIsGivenUpAfterItsRetriesAndCanBeSentOnceMore() throws Exception {
    receiver.answers(r -> Receiver.status(r, 503));
    CallbackEndpoint endpoint = add("/hook");
    String event = test(endpoint);
    CallbackDelivery failed = logged(endpoint, DeliveryState.FAILED);
    assertThat(failed.attempts()).isEqualTo(4);
    assertThat(failed.httpStatus()).isEqualTo(503);
    assertThat(failed.error()).isEqualTo("refused");

    receiver.answers(r -> Receiver.status(r, 200));
    Redelivery which = new Redelivery.Ids(List.of(event));
    assertThat(done(endpoints.redeliver(TENANT, endpoint.id().toString(), which))).isEqualTo(1);
    assertThat(logged(endpoint, DeliveryState.DELIVERED).eventId()).isEqualTo(event);
    assertThat(receiver.received()).hasSize(5);
  }

  @Test
  void retryAfterIsHonoured() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    receiver.answers(
        request -> {
          request.response().putHeader("retry-after", "1");
          Receiver.status(request, calls.incrementAndGet() == 1 ? 429 : 200);
        });
    CallbackEndpoint endpoint = add("/hook");
    long began = System.nanoTime();
    test(endpoint);
    received(2);

    assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(950));
  }

  @Test
  void anEndpointThatIsGoneIsDisabled() throws Exception {
    receiver.answers(r -> Receiver.status(r, 410));
    CallbackEndpoint endpoint = add("/hook");
    test(endpoint);

    await().until(() -> !find(endpoint).enabled());
    assertThat(find(endpoint).disabledReason()).isEqualTo("gone");
    assertThatThrownBy(() -> test(endpoint)).hasCauseInstanceOf(GatewayException.class);
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    AtomicInteger elsewhere = new AtomicInteger();
    receiver.answers(
        request -> {
          if (request.uri().equals("/elsewhere")) {
            elsewhere.incrementAndGet();
          }
          request
              .response()
              .putHeader("location", "http://127.0.0.1:" + receiver.port() + "/elsewhere");
          Receiver.status(request, 307);
        });
    CallbackEndpoint endpoint = add("/hook");
    test(endpoint);

    assertThat(logged(endpoint, DeliveryState.FAILED).error()).isEqualTo("redirected");
    assertThat(elsewhere).hasValue(0);
  }

  @Test
  void aSlowEndpointDoesNotDelayOthers() throws Exception {
    Receiver slow = Receiver.start(vertx);
    slow.answers(request -> {});
    CallbackEndpoint stuck = done(endpoints.add(TENANT, url(slow, "/"), null, all(), null));
    CallbackEndpoint fast = add("/hook");
    for (int i = 0; i < 40; i++) {
      test(stuck);
    }
    await().until(() -> slow.received().size() >= 4);
    long began = System.nanoTime();
    for (int i = 0; i < 40; i++) {
      test(fast);
    }
    received(40);

    assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(2));
    assertThat(slow.received()).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void aSlowEndpointDoesNotDelayAnotherOfTheSameHost() throws Exception {
    receiver.answers(
        request -> {
          if (request.uri().equals("/fast")) {
            Receiver.status(request, 204);
          }
        });
    CallbackEndpoint stuck = add("/slow");
    CallbackEndpoint fast = add("/fast");
    for (int i = 0; i < 10; i++) {
      test(stuck);
    }
    received(4);
    for (int i = 0; i < 10; i++) {
      test(fast);
    }

    // Before the slow one's first deadline, which would free connections.
    await()
        .atMost(1_500, TimeUnit.MILLISECONDS)
        .until(
            () ->
                log(fast).stream().filter(d -> d.state() == DeliveryState.DELIVERED).count() == 10);
    assertThat(log(fast)).allSatisfy(each -> assertThat(each.attempts()).isEqualTo(1));
  }

  @Test
  void anAddressThatCannotBeReachedIsPassedOverInTheSameAttempt() throws Exception {
    names.put("half.example", List.of("127.0.0.2", "127.0.0.3", "127.0.0.1"));
    CallbackEndpoint endpoint = addAt("http://half.example:" + receiver.port() + "/");
    test(endpoint);

    assertThat(logged(endpoint, DeliveryState.DELIVERED).attempts()).isEqualTo(1);
    assertThat(receiver.received()).hasSize(1);
  }

  @Test
  void aBugInSendingIsAFailureThatIsTriedAgain() throws Exception {
    CallbackEndpoint endpoint = addAt("http://bug.example/");
    for (int i = 0; i < 6; i++) {
      test(endpoint);
    }

    await().until(() -> log(endpoint).stream().allMatch(d -> d.state() == DeliveryState.FAILED));
    assertThat(log(endpoint)).allSatisfy(each -> assertThat(each.error()).isEqualTo("internal"));
  }

  @Test
  void anAnswerThatNeverComesIsATimeout() throws Exception {
    receiver.answers(request -> {});
    CallbackEndpoint endpoint = add("/hook");
    test(endpoint);

    await().atMost(10, TimeUnit.SECONDS).until(() -> log(endpoint).get(0).error() != null);
    assertThat(log(endpoint).get(0).error()).isEqualTo("timeout");
  }

  @Test
  void aHugeAnswerIsCutOffAndItsStatusCounts() throws Exception {
    receiver.answers(CallbackVerticleTest::floods);
    CallbackEndpoint endpoint = add("/hook");
    test(endpoint);

    assertThat(logged(endpoint, DeliveryState.DELIVERED).tookMillis()).isLessThan(2_000);
  }

  private static void floods(HttpServerRequest request) {
    request.response().setChunked(true).setStatusCode(200);
    Buffer much = Buffer.buffer(new byte[32 << 10]);
    request
        .response()
        .exceptionHandler(cut -> {})
        .drainHandler(more -> request.response().write(much).onComplete(done -> {}));
    for (int i = 0; i < 64; i++) {
      request.response().write(much).onComplete(done -> {});
    }
  }

  @Test
  void addressesInsideAreRefusedWhereverTheNameLeads() throws Exception {
    restart(Map.of("callbacks.allow_http", "true", "callbacks.retry_delays", "1ms"), http());
    names.put("inside.example", List.of("127.0.0.1", "10.0.0.1", "::1"));
    CallbackEndpoint endpoint = addAt("http://inside.example:" + receiver.port() + "/");
    test(endpoint);

    assertThat(logged(endpoint, DeliveryState.FAILED).error()).isEqualTo("address_not_allowed");
    assertThat(receiver.received()).isEmpty();
    assertThat(endpoints.urlProblem("http://127.0.0.1:1/")).isPresent();
    assertThat(endpoints.urlProblem("http://[::ffff:10.0.0.1]/")).isPresent();
    assertThat(endpoints.urlProblem("http://8.8.8.8/")).isEmpty();
  }

  @Test
  void aNameThatMovesInsideIsRefusedAlthoughAConnectionIsOpen() throws Exception {
    names.put("moving.example", List.of("127.0.0.1"));
    CallbackEndpoint endpoint = addAt("http://moving.example:" + receiver.port() + "/");
    test(endpoint);
    received(1);
    int asked = questions.get();

    // 127.0.0.0/8 is all that is allowed here.
    names.put("moving.example", List.of("10.0.0.1"));
    test(endpoint);
    assertThat(logged(endpoint, DeliveryState.FAILED).error()).isEqualTo("address_not_allowed");
    assertThat(receiver.received()).hasSize(1);
    assertThat(questions).hasValueGreaterThan(asked);
  }

  @Test
  void theConnectionGoesToTheAddressThatWasChecked() throws Exception {
    // No resolver knows this name but ours: whoever asked again would find nothing.
    names.put("nowhere.invalid", List.of("10.0.0.1", "127.0.0.1"));
    CallbackEndpoint endpoint = addAt("http://nowhere.invalid:" + receiver.port() + "/");
    test(endpoint);

    Received one = received(1).get(0);
    assertThat(one.header("host")).isEqualTo("nowhere.invalid:" + receiver.port());
    assertThat(questions).hasValue(1);
  }

  @Test
  void aNameThatIsNotFoundIsAFailure() throws Exception {
    CallbackEndpoint endpoint = addAt("http://nobody.example/");
    test(endpoint);

    assertThat(logged(endpoint, DeliveryState.FAILED).error()).isEqualTo("host_not_found");
  }

  @Test
  void theCertificateMustBeForTheNameAlthoughTheAddressIsDialled() throws Exception {
    SelfSignedCertificate certificate = SelfSignedCertificate.create("hooks.example");
    Receiver tls =
        Receiver.start(
            vertx,
            new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions()));
    restart(LOOPBACK, new HttpClientOptions().setTrustOptions(certificate.trustOptions()));
    names.put("hooks.example", List.of("127.0.0.1"));
    names.put("other.example", List.of("127.0.0.1"));
    CallbackEndpoint right = addAt("https://hooks.example:" + tls.port() + "/");
    CallbackEndpoint wrong = addAt("https://other.example:" + tls.port() + "/");
    test(right);
    test(wrong);

    await().until(() -> tls.received().size() == 1);
    assertThat(tls.received().get(0).header("host")).isEqualTo("hooks.example:" + tls.port());
    assertThat(logged(wrong, DeliveryState.FAILED).error()).isEqualTo("tls_failed");
    assertThat(tls.received()).hasSize(1);
  }

  @Test
  void certificatesOfNobodyAreRefused() throws Exception {
    SelfSignedCertificate certificate = SelfSignedCertificate.create("hooks.example");
    Receiver tls =
        Receiver.start(
            vertx,
            new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions()));
    names.put("hooks.example", List.of("127.0.0.1"));
    CallbackEndpoint endpoint = addAt("https://hooks.example:" + tls.port() + "/");
    test(endpoint);

    assertThat(logged(endpoint, DeliveryState.FAILED).error()).isEqualTo("tls_failed");
  }

  @Test
  void whatIsDueGoesOnAfterARestart() throws Exception {
    receiver.answers(r -> Receiver.status(r, 500));
    Map<String, String> patient = new HashMap<>(LOOPBACK);
    patient.put("callbacks.retry_delays", "300ms, 300ms, 300ms, 300ms, 300ms, 300ms");
    restart(patient, http());
    CallbackEndpoint endpoint = add("/hook");
    for (int i = 0; i < 20; i++) {
      test(endpoint);
    }
    received(20);
    receiver.answers(r -> Receiver.status(r, 200));
    restart(patient, http());

    await().until(() -> log(endpoint).stream().allMatch(d -> d.state() == DeliveryState.DELIVERED));
    assertThat(log(endpoint)).hasSize(20);
  }

  @Test
  void anEndpointThatWasDisabledGoesOnWhereItStopped() throws Exception {
    receiver.answers(r -> Receiver.status(r, 500));
    CallbackEndpoint endpoint = add("/hook");
    test(endpoint);
    received(1);
    CallbackPatch off = new CallbackPatch(null, null, null, false);
    done(endpoints.change(TENANT, endpoint.id().toString(), off));
    receiver.answers(r -> Receiver.status(r, 200));
    await().until(() -> log(endpoint).get(0).attempts() > 0);
    done(endpoints.change(TENANT, endpoint.id().toString(), CallbackPatch.enable()));

    assertThat(logged(endpoint, DeliveryState.DELIVERED).attempts()).isGreaterThan(1);
  }

  @Test
  void aWholeBacklogIsSentEachEventOnce() throws Exception {
    CallbackEndpoint endpoint = add("/hook");
    for (int i = 0; i < 300; i++) {
      test(endpoint);
    }
    received(300);
    await()
        .until(
            () ->
                done(endpoints.deliveries(
                            TENANT,
                            endpoint.id().toString(),
                            DeliveryState.DELIVERED,
                            Long.MAX_VALUE,
                            1_000))
                        .size()
                    == 300);

    assertThat(receiver.received()).hasSize(300);
    assertThat(receiver.received())
        .extracting(one -> one.header("webhook-id"))
        .doesNotHaveDuplicates();
  }

  private static HttpClientOptions http() {
    return new HttpClientOptions();
  }

  private CallbackEndpoint add(String path) throws Exception {
    return addAt(url(receiver, path));
  }

  private CallbackEndpoint addAt(String url) throws Exception {
    assertThat(endpoints.urlProblem(url)).isEmpty();
    return done(endpoints.add(TENANT, url, null, all(), null));
  }

  private static String url(Receiver at, String path) {
    return "http://127.0.0.1:" + at.port() + path;
  }

  private static List<EventFilter> all() {
    return List.of(EventFilter.ALL);
  }

  private String test(CallbackEndpoint endpoint) throws Exception {
    return done(endpoints.test(TENANT, endpoint.id().toString()));
  }

  private CallbackEndpoint find(CallbackEndpoint endpoint) throws Exception {
    return done(endpoints.find(TENANT, endpoint.id().toString()));
  }

  private List<CallbackDelivery> log(CallbackEndpoint endpoint) throws Exception {
    return done(
        endpoints.deliveries(TENANT, endpoint.id().toString(), null, Long.MAX_VALUE, 1_000));
  }

  private CallbackDelivery logged(CallbackEndpoint endpoint, DeliveryState state) {
    return await("a delivery that is " + state)
        .until(
            () -> log(endpoint).stream().filter(each -> each.state() == state).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private List<Received> received(int count) {
    await(count + " callbacks").until(() -> receiver.received().size() >= count);
    return receiver.received();
  }

  private Future<List<InetAddress>> resolve(String host) {
    questions.incrementAndGet();
    if (host.equals("bug.example")) {
      throw new IllegalStateException("a bug");
    }
    List<String> known = names.get(host);
    return known == null
        ? Future.failedFuture("nobody knows " + host)
        : Future.succeededFuture(known.stream().map(AddressRules::literal).toList());
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
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
