package io.signalbox.deploy.operation;

import static org.awaitility.Awaitility.await;

import io.signalbox.deploy.Report;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Requests while their providers fail, and the gateway is killed at random moments. The providers'
 * own books say in the end what was done.
 */
final class CrashRun implements AutoCloseable {
  private static final Duration ANSWERS = Duration.ofMinutes(3);

  /** How long what an attempt left behind may live until it is found and undone. */
  private static final Duration COMPENSATION = Duration.ofMinutes(2);

  private static final int KILLED_BY_MILLIS = 1_500;
  private static final int MENDED_BY_MILLIS = 3_000;

  private final OperationApi kind;
  private final Stand stand;
  private final Random random;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final List<Told> told = new ArrayList<>();
  private int begun;

  CrashRun(OperationApi kind, Stand stand, Random random) {
    this.kind = kind;
    this.stand = stand;
    this.random = random;
  }

  /**
   * Some requests at a time, in the middle of which the gateway is killed, now and then twice.
   *
   * @param faults by provider
   */
  void round(Map<String, Fault> faults, int requests) throws Exception {
    int killed = random.nextInt(KILLED_BY_MILLIS);
    int again = random.nextInt(3) == 0 ? random.nextInt(KILLED_BY_MILLIS) : 0;
    int mended = random.nextInt(MENDED_BY_MILLIS);
    Report.print(
        "%s: %d requests, killed after %d ms, again after %d, mended after %d",
        faults, requests, killed, again, mended);
    try (Clients clients = new Clients(kind, stand::api)) {
      prepare(faults);
      set(faults);
      begin(clients, requests);
      after(killed, stand::killAndRestart);
      if (again > 0) {
        after(again, stand::killAndRestart);
      }
      after(mended, this::mend);
      told.addAll(clients.await(ANSWERS));
    } finally {
      mend();
    }
  }

  /**
   * The same while what was done is undone. There is something to undo, since for a while what is
   * done is not heard of, nor found.
   *
   * @param faults by provider
   * @param hidden for how long: until the gateway has given up to look for it
   */
  void undoing(Map<String, Fault> faults, int requests, Duration hidden) throws Exception {
    int killed = random.nextInt(KILLED_BY_MILLIS);
    int mended = random.nextInt(MENDED_BY_MILLIS);
    Report.print(
        "%s: %d requests, killed after %d ms, mended after %d", faults, requests, killed, mended);
    try (Clients clients = new Clients(kind, stand::api)) {
      prepare(faults);
      JsonObject lost = Fault.lost(kind.doing(), kind.finding());
      faults.keySet().forEach(provider -> stand.simulator().set(provider, lost));
      begin(clients, requests);
      after((int) hidden.toMillis(), () -> set(faults));
      after(killed, stand::killAndRestart);
      after(mended, this::mend);
      told.addAll(clients.await(ANSWERS));
    } finally {
      mend();
    }
  }

  /** Waits until nothing lives that is nobody's, and counts. */
  Tally settle() {
    try {
      await("nothing lives that is nobody's")
          .atMost(COMPENSATION)
          .pollInterval(Duration.ofMillis(250))
          .until(() -> tally().nobodys().isEmpty());
    } catch (ConditionTimeoutException e) {
      // The tally says what is left.
      return tally();
    }
    return tally();
  }

  /** Asks again with every key: those that are told of something else than before. */
  List<Told> changed() {
    List<Told> changed = new ArrayList<>();
    for (int number = 1; number <= told.size(); number++) {
      Told before = told.get(number - 1);
      Told now = kind.ask(stand.api(), number, before.key()).orElse(before);
      if (!now.isSameAs(before)) {
        changed.add(now);
      }
    }
    return changed;
  }

  private Tally tally() {
    return Tally.of(kind.books(stand.simulator()), told);
  }

  private void prepare(Map<String, Fault> faults) {
    for (String provider : kind.providers()) {
      Fault fault = faults.get(provider);
      boolean newsFirst = fault != null && fault.isLate(kind.doing());
      kind.prepare(stand.simulator(), provider, newsFirst);
    }
  }

  private void begin(Clients clients, int requests) {
    for (int i = 0; i < requests; i++) {
      begun++;
      clients.begin(begun, "crash-" + begun);
    }
  }

  private void set(Map<String, Fault> faults) {
    faults.forEach(
        (provider, fault) -> stand.simulator().set(provider, fault.settings(random.nextLong())));
  }

  private void mend() {
    kind.providers().forEach(provider -> stand.simulator().set(provider, Fault.none()));
  }

  private void after(int millis, Runnable step) throws Exception {
    clock.schedule(step, millis, TimeUnit.MILLISECONDS).get();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
