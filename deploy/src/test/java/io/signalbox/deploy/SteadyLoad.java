package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends mails to several gateways in turn, as a careful client does: again with the same key, and
 * elsewhere if need be, until there is an answer.
 */
final class SteadyLoad implements AutoCloseable {
  private static final int THREADS = 8;
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
  private final List<ApiClient> targets;
  private final Map<ApiClient, AtomicInteger> underWay = new ConcurrentHashMap<>();
  private final Future<?> ticking;
  private final AtomicInteger numbers;
  private final AtomicInteger unanswered = new AtomicInteger();
  private final Map<Integer, String> accepted = new ConcurrentHashMap<>();

  /**
   * Begins to send.
   *
   * @param first the number of the first mail
   */
  SteadyLoad(List<ApiClient> gateways, int first, int perSecond) {
    this.numbers = new AtomicInteger(first);
    this.targets = new ArrayList<>(gateways);
    gateways.forEach(each -> underWay.put(each, new AtomicInteger()));
    ticking =
        threads.scheduleAtFixedRate(
            () -> threads.execute(this::sendNext), 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
  }

  /** What was accepted so far: the ids by the numbers. */
  Map<Integer, String> accepted() {
    return accepted;
  }

  /** Sends no more there, and waits for the answers to what was sent. */
  void avoid(ApiClient gateway) {
    AtomicInteger open = underWay.get(gateway);
    synchronized (targets) {
      targets.remove(gateway);
    }
    await("no request under way").atMost(LIMIT).until(() -> open.get() == 0);
  }

  /** Waits until so many were accepted. */
  void awaitAccepted(int count) {
    await(count + " accepted").atMost(LIMIT).until(() -> accepted.size() >= count);
  }

  /** Begins nothing more, and waits until all that was begun is accepted. */
  void end() {
    ticking.cancel(false);
    threads.shutdown();
    await("all accepted").atMost(LIMIT).until(() -> threads.isTerminated());
    assertThat(unanswered.get()).as("sent and never accepted").isZero();
  }

  private void sendNext() {
    int number = numbers.getAndIncrement();
    unanswered.incrementAndGet();
    AtomicInteger turn = new AtomicInteger(number);
    await("accepted")
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .ignoreException(UncheckedIOException.class)
        .until(() -> send(number, turn.getAndIncrement()));
    unanswered.decrementAndGet();
  }

  private boolean send(int number, int turn) {
    ApiClient gateway = begin(turn);
    try {
      ApiClient.Answer answer = gateway.send(Messages.email(number), "load-" + number);
      if (answer.status() == 202) {
        accepted.put(number, answer.json().getString("id"));
        return true;
      }
      assertThat(answer.status()).as(answer.body()).isEqualTo(503);
      return false;
    } finally {
      underWay.get(gateway).decrementAndGet();
    }
  }

  /** Whoever waits for those under way at a gateway must not miss one that is about to begin. */
  private ApiClient begin(int turn) {
    synchronized (targets) {
      ApiClient gateway = targets.get(Math.floorMod(turn, targets.size()));
      underWay.get(gateway).incrementAndGet();
      return gateway;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
