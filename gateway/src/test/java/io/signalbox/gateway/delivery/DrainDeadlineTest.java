package io.signalbox.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.loader.PluginStatus;
import io.signalbox.scoring.AttemptResult;
import io.signalbox.spi.OutcomeKind;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What becomes of the generation that was replaced, and of what it had begun. */
class DrainDeadlineTest extends BaseSwapTest {
  private static final String CLOSED = "return Future.succeededFuture();";

  /** Deliveries that wait for an answer. */
  private final List<Message<String>> held = new CopyOnWriteArrayList<>();

  private Future<Delivered> heldAtTheFirst(String... more) throws Exception {
    vertx.eventBus().<String>consumer("deliver", held::add);
    put("1.0", HEALTHY, ASKING);
    start(more);
    awaitVersion("1.0");
    Future<Delivered> delivery = deliver(generation());
    eventually(() -> assertThat(held).hasSize(1));
    return delivery;
  }

  @Test
  void whatHasNotEndedByTheDeadlineIsUnknownAndSettledOnce() throws Exception {
    Future<Delivered> delivery = heldAtTheFirst("plugins.drain_timeout", "300ms");
    put("2.0", HEALTHY, ASKING);

    Delivered ended = await(delivery);
    assertThat(ended.outcome().kind()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(ended.outcome().evidence().code()).isEqualTo(DeliveryDesk.DRAIN_DEADLINE);

    held.get(0).reply("late");
    // What is delivered after it is observed after it.
    awaitVersion("2.0");
    Future<Delivered> next = deliver(generation());
    eventually(() -> assertThat(held).hasSize(2));
    held.get(1).reply("in time");
    assertThat(await(next).outcome().kind()).isEqualTo(OutcomeKind.SENT);
    eventually(() -> assertThat(observed).hasSize(2));
    assertThat(observed.get(0).outcome()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(observed.get(0).result())
        .as("a stop speaks not against the provider")
        .isEqualTo(AttemptResult.NEUTRAL);
    assertThat(observed.get(1).outcome()).isEqualTo(OutcomeKind.SENT);
  }

  @Test
  void whatEndsInTimeIsWhatItsProviderSays() throws Exception {
    Future<Delivered> delivery = heldAtTheFirst("plugins.drain_timeout", "60s");
    put("2.0", HEALTHY, ASKING);
    awaitVersion("2.0");
    held.get(0).reply("done");
    assertThat(await(delivery).outcome().kind()).isEqualTo(OutcomeKind.SENT);
  }

  @Test
  void aDrainHoldsUpNoFurtherReplacement() throws Exception {
    Future<Delivered> delivery = heldAtTheFirst("plugins.drain_timeout", "60s");
    put("2.0", HEALTHY, ASKING);
    awaitVersion("2.0");
    put("3.0", HEALTHY, ASKING);
    awaitVersion("3.0");
    assertThat(folder.plugins())
        .as("the code that still runs stays")
        .anySatisfy(
            plugin -> {
              assertThat(plugin.state()).isEqualTo(PluginStatus.State.RETIRING);
              assertThat(plugin.version()).isEqualTo("1.0");
            });
    assertThat(delivery.isComplete()).isFalse();
    held.get(0).reply("done");
    assertThat(await(delivery).outcome().kind()).isEqualTo(OutcomeKind.SENT);
    eventually(() -> assertThat(folder.plugins()).hasSize(1));
  }

  @Test
  void whoComesWhileItClosesIsToldThatNothingWasSent() throws Exception {
    List<Message<String>> closing = new CopyOnWriteArrayList<>();
    vertx.eventBus().<String>consumer("close", closing::add);
    put(
        "1.0",
        "",
        HEALTHY,
        ASKING,
        "return context.vertx().eventBus().request(\"close\", VERSION).mapEmpty();");
    start();
    awaitVersion("1.0");
    long first = generation();
    put("2.0", HEALTHY, ASKING);
    eventually(() -> assertThat(closing).hasSize(1));

    Delivered told = await(deliver(first));
    assertThat(told.outcome().kind()).isEqualTo(OutcomeKind.TRANSIENT);
    assertThat(told.outcome().evidence().code()).isEqualTo(PastAttempt.PROVIDER_GONE);
    closing.get(0).reply("");
  }

  @Test
  void nothingOfItIsLeft() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    HttpServer server =
        await(
            vertx
                .createHttpServer()
                .connectionHandler(
                    connection -> {
                      connections.incrementAndGet();
                      connection.closeHandler(gone -> connections.decrementAndGet());
                    })
                .requestHandler(request -> request.response().end("ok"))
                .listen(0, "127.0.0.1"));
    Set<String> ticking = ConcurrentHashMap.newKeySet();
    vertx.eventBus().<String>consumer("tick", message -> ticking.add(message.body()));
    String made =
        """
        Vertx vertx = context.vertx();
        vertx.setPeriodic(5, tick -> vertx.eventBus().publish("tick", VERSION));
        vertx.eventBus().consumer("leftover", message -> message.reply(VERSION));
        WorkerExecutor workers = vertx.createSharedWorkerExecutor("acme-" + VERSION, 1);
        workers.executeBlocking(() -> 1);
        io.vertx.core.http.HttpClient client = vertx.createHttpClient();
        // Else they are closed when they are collected.
        kept.addAll(java.util.List.of(workers, client));
        client.request(io.vertx.core.http.HttpMethod.GET, PORT, "127.0.0.1", "/")
            .compose(request -> request.send()).compose(answer -> answer.body());
        """
            .replace("PORT", String.valueOf(server.actualPort()));
    put("1.0", made, HEALTHY, ASKING, CLOSED);
    start();
    awaitVersion("1.0");
    long first = generation();
    eventually(() -> assertThat(ticking).contains("1.0"));
    eventually(() -> assertThat(connections).hasValue(1));
    assertThat(threads()).anyMatch(name -> name.startsWith("acme-1.0"));

    put("2.0", HEALTHY, ASKING);
    eventually(
        () ->
            assertThat(states)
                .anyMatch(s -> s.generation() == first && s.stage() == Stage.STOPPED));

    eventually(() -> assertThat(connections).as("connections").hasValue(0));
    eventually(() -> assertThat(threads()).noneMatch(name -> name.startsWith("acme-1.0")));
    eventually(
        () -> assertThat(vertx.deploymentIDs()).as("deployments, with the ledger's").hasSize(1));
    ticking.clear();
    assertThat(deliver(first))
        .as("its consumer")
        .satisfies(
            asked ->
                eventually(
                    () ->
                        assertThat(asked.cause())
                            .isInstanceOfSatisfying(
                                GatewayException.class,
                                gone -> assertThat(gone.status()).isEqualTo(503))));
    assertThat(vertx.eventBus().request("leftover", ""))
        .satisfies(asked -> eventually(() -> assertThat(asked.failed()).isTrue()));
    assertThat(ticking).isEmpty();
    await(server.close());
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .collect(Collectors.toSet());
  }
}
