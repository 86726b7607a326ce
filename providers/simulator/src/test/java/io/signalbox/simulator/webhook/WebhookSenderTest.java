package io.signalbox.simulator.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.simulator.SimulatorClient;
import io.signalbox.simulator.WebhookCatcher;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookSenderTest {
  private static final long MINUTE_NANOS = 61_000_000_000L;

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final AtomicLong moved = new AtomicLong();
  private WebhookSender sender;
  private String closedUrl;

  @BeforeEach
  void start() throws Exception {
    sender =
        new WebhookSender(
            vertx, vertx.createHttpClient(), () -> System.nanoTime() + moved.get(), 100);
    try (WebhookCatcher gone = new WebhookCatcher()) {
      closedUrl = gone.url();
    }
  }

  @AfterEach
  void stop() throws Exception {
    SimulatorClient.get(vertx.close());
  }

  /** Runs on the one event loop that sender and queue belong to. */
  private <T> T onLoop(Callable<T> action) throws Exception {
    Promise<T> done = Promise.promise();
    loop.runOnContext(
        start -> {
          try {
            done.complete(action.call());
          } catch (Exception e) {
            done.fail(e);
          }
        });
    return SimulatorClient.get(done.future());
  }

  private void send(String url, int bytes) throws Exception {
    Buffer body = Buffer.buffer("x".repeat(bytes));
    onLoop(
        () -> {
          sender.send(new WebhookCall(URI.create(url), Map.of(), body));
          return true;
        });
  }

  private int count(String counter) throws Exception {
    return onLoop(() -> sender.counters().getInteger(counter));
  }

  @Test
  void dropsWhatDoesNotFit() throws Exception {
    send(closedUrl, 60);
    send(closedUrl, 60);
    assertThat(count("dropped")).isEqualTo(1);
    assertThat(count("pending")).isEqualTo(1);
  }

  @Test
  void givesUpAfterMinute() throws Exception {
    send(closedUrl, 10);
    assertThat(count("pending")).isEqualTo(1);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ofMillis(200))
        .until(() -> count("failed") == 0);
    moved.set(MINUTE_NANOS);
    await().atMost(Duration.ofSeconds(60)).until(() -> count("failed") == 1);
    assertThat(count("pending")).isZero();
  }

  @Test
  void deadServerHoldsUpNoOther() throws Exception {
    send(closedUrl, 10);
    try (WebhookCatcher catcher = new WebhookCatcher()) {
      send(catcher.url(), 10);
      await().atMost(Duration.ofSeconds(60)).until(() -> count("acknowledged") == 1);
    }
  }

  @Test
  void handsOverInTheOrderOfTheirTimes() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    DueQueue<String> queue = onLoop(() -> new DueQueue<>(vertx, System::nanoTime, 3, seen::addAll));
    List<Boolean> added = new ArrayList<>();
    onLoop(
        () ->
            added.addAll(
                List.of(
                    queue.add(150, "last"),
                    queue.add(0, "first"),
                    queue.add(0, "second"),
                    queue.add(0, "too many"))));
    assertThat(added).containsExactly(true, true, true, false);
    await().atMost(Duration.ofSeconds(60)).until(() -> seen.size() == 3);
    assertThat(seen).containsExactly("first", "second", "last");
  }
}
