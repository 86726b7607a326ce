package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.deploy.SignedEvents.Signed;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many webhooks, and a gateway that is killed while it takes them. */
@Timeout(300)
class WebhookStormIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int SENDERS = 6;
  private static final int[] BODY_SIZES = {1, 1, 2, 10, 50, 100, 1_000};
  private static final List<String> TYPES =
      List.of(
          "processed",
          "deferred",
          "delivered",
          "bounce",
          "dropped",
          "open",
          "click",
          "spamreport",
          "unsubscribe",
          "of_a_type_to_come");

  private static SimulatorProcess simulator;

  @TempDir Path data;
  private final SignedEvents signer = new SignedEvents();
  private final Map<String, List<String>> model = new ConcurrentHashMap<>();
  private GatewaySettings settings;
  private GatewayProcess gateway;
  private ApiClient api;

  @BeforeAll
  static void startSimulator() {
    simulator = SimulatorProcess.start();
    simulator.mode("sendgrid", "silent");
  }

  @AfterAll
  static void stopSimulator() {
    simulator.close();
  }

  @BeforeEach
  void start() {
    settings = GatewaySettings.in(data).against(simulator, List.of("sendgrid"));
    signer.addKeyTo(Path.of(settings.values().get("sandbox.providers_dir"), "sendgrid.yaml"));
    gateway = GatewayProcess.start(settings);
    api = gateway.admin();
  }

  @AfterEach
  void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void losesNothingOfTwentyThousandEventsAcrossAKill() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Report.print("webhook storm: seed %d", seed);
    List<JsonObject> events = new ArrayList<>();
    for (String id : Notifications.sent(api, 2_500)) {
      for (int i = 0; i < 4; i++) {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        model.computeIfAbsent(id, key -> new ArrayList<>()).add(type);
        events.add(SignedEvents.event(id, id + "/" + i, type));
      }
    }
    events.addAll(List.copyOf(events));
    Collections.shuffle(events, random);
    Queue<Signed> bodies = bodies(events, random);
    int count = bodies.size();
    Queue<Signed> unanswered = new ConcurrentLinkedQueue<>();
    AtomicInteger answered = new AtomicInteger();

    // By whoever has the answer that makes it half of them: much is left then, however fast it is.
    AtomicBoolean killed = new AtomicBoolean();
    Parallel.map(
        SENDERS,
        List.copyOf(bodies),
        body -> {
          boolean taken = post(body, answered, unanswered);
          if (answered.get() >= events.size() / 2 && killed.compareAndSet(false, true)) {
            gateway.kill();
          }
          return taken;
        });
    int before = answered.get();
    restart();
    for (Signed body : unanswered) {
      assertThat(body.post(api).status()).isEqualTo(200);
    }

    assertModel();
    Report.print(
        "webhook storm: %d events in %d bodies, killed after %d were answered, %d bodies repeated",
        events.size(), count, before, unanswered.size());
    assertThat(events).hasSize(20_000);
    assertThat(unanswered).isNotEmpty();
  }

  @Test
  void processesAfterARestartWhatItHadAnsweredAndNotProcessed() {
    long processedLater = 0;
    for (int round = 0; round < 5 && processedLater == 0; round++) {
      List<String> ids = Notifications.sent(api, 1_000);
      List<Signed> bodies = new ArrayList<>();
      for (String type : List.of("delivered", "open", "click", "processed", "deferred")) {
        bodies.add(signer.sign(ids.stream().map(id -> event(id, type)).toList()));
      }
      List<Integer> answers = Parallel.map(5, bodies, body -> body.post(api).status());
      gateway.kill();
      assertThat(answers).containsOnly(200);

      restart();

      assertModel();
      processedLater = api.metric("signalbox_webhook_bodies_processed_total");
    }
    Report.print("answered, killed, and processed after the restart: %d bodies", processedLater);
    assertThat(processedLater).isPositive();
  }

  private JsonObject event(String id, String type) {
    model.computeIfAbsent(id, key -> new ArrayList<>()).add(type);
    return SignedEvents.event(id, id + "/" + type, type);
  }

  private Queue<Signed> bodies(List<JsonObject> events, Random random) {
    Queue<Signed> bodies = new ConcurrentLinkedQueue<>();
    int from = 0;
    while (from < events.size()) {
      int size = BODY_SIZES[random.nextInt(BODY_SIZES.length)];
      int to = Math.min(events.size(), from + size);
      bodies.add(signer.sign(events.subList(from, to)));
      from = to;
    }
    return bodies;
  }

  private boolean post(Signed body, AtomicInteger answered, Queue<Signed> unanswered) {
    try {
      if (body.post(api).status() == 200) {
        answered.addAndGet(body.events());
        return true;
      }
    } catch (UncheckedIOException e) {
      // Nobody has answered; a provider repeats it.
    }
    unanswered.add(body);
    return false;
  }

  private void restart() {
    gateway = GatewayProcess.start(settings);
    api = gateway.admin();
  }

  /** Every notification has the events of the model, and the state that follows from them. */
  private void assertModel() {
    Collection<Timeline> ended =
        Settling.awaitAll(
            api,
            model.keySet(),
            LIMIT,
            timeline -> timeline.receipts().size() >= model.get(timeline.id()).size());
    for (Timeline timeline : ended) {
      List<String> types = model.get(timeline.id());
      assertThat(timeline.receipts())
          .as("%s", timeline)
          .extracting(receipt -> receipt.getString("provider_status"))
          .containsExactlyInAnyOrderElementsOf(types);
      assertThat(timeline.state()).as("%s", timeline).isEqualTo(state(types));
    }
  }

  /** In the words of SendGrid's documents, sharing nothing with the gateway. */
  private static String state(List<String> types) {
    if (types.stream().anyMatch(List.of("delivered", "open", "click")::contains)) {
      return "delivered";
    }
    return types.contains("bounce") || types.contains("dropped") ? "failed" : "sent";
  }
}
