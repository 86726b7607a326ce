package io.signalbox.deploy.operation;

import static org.awaitility.Awaitility.await;

import io.signalbox.deploy.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Requests while their providers fail, and the gateway is killed at random moments. The providers'
 * own books say in the end what was done.
 *
 * <p>A run is a request that was under way when the gateway was killed. Kills follow each other as
 * fast as the gateway starts, so that later ones meet what earlier ones have left.
 */
final class CrashRun {
  /** Requests that begin before one kill, at most and at least. */
  private static final int AT_A_TIME = 30;

  private static final int FEW_AT_A_TIME = 10;

  /** Where requests end so fast that kills meet few of them, there is an end. */
  private static final int MOST_FOR_A_RUN = 4;

  /** Kills while what an attempt has left behind is undone. */
  private static final int KILLS_WHILE_UNDOING = 5;

  private static final Duration ANSWERS = Duration.ofMinutes(3);

  /** How long what an attempt left behind may live until it is found and undone. */
  private static final Duration COMPENSATION = Duration.ofMinutes(4);

  private static final int SPREAD_MILLIS = 300;
  private static final int KILLED_BY_MILLIS = 2_000;
  private static final int MENDED_BY_MILLIS = 2_000;

  private final OperationApi kind;
  private final Stand stand;
  private final Random random;
  private final List<Told> told = new ArrayList<>();

  /** How many of them are those of faults that are over, and what these have in the books. */
  private int over;

  private final Set<String> counted = new HashSet<>();
  private int begun;

  CrashRun(OperationApi kind, Stand stand, Random random) {
    this.kind = kind;
    this.stand = stand;
    this.random = random;
  }

  /**
   * Requests begin, the gateway is killed at a random moment of them and started again, and so on
   * until so many were under way at a kill.
   *
   * @param faults by provider, for each round
   */
  Struck doing(IntFunction<Map<String, Fault>> faults, int runs) throws Exception {
    Struck struck = new Struck();
    int last = begun + MOST_FOR_A_RUN * runs;
    try (Clients clients = new Clients(kind, stand::api)) {
      for (int round = 0; struck.count() < runs && begun < last; round++) {
        Map<String, Fault> now = faults.apply(round);
        mend();
        prepare(now);
        set(now);
        int wanted = Math.max(FEW_AT_A_TIME, 2 * (runs - struck.count()));
        int requests = Math.min(AT_A_TIME, Math.min(wanted, last - begun));
        begin(clients, requests);
        int answered = 1 + random.nextInt(requests);
        int killed = random.nextInt(KILLED_BY_MILLIS);
        Report.print(
            "%s: %d requests, killed after %d answers or %d ms", now, requests, answered, killed);
        clients.moment(answered, killed).get();
        struck.add(killAndRestart(clients::underWay));
      }
      pause(random.nextInt(MENDED_BY_MILLIS));
      mend();
      told.addAll(clients.await(ANSWERS));
    } finally {
      mend();
    }
    return struck;
  }

  /**
   * Kills while what was done is undone. There is something to undo, since until the gateway has
   * given up to look for it what is done is neither heard of nor found.
   *
   * @param faults by provider
   */
  Struck undoing(Map<String, Fault> faults, int runs) throws Exception {
    Struck struck = new Struck();
    stand.giveUpSoon();
    try (Clients clients = new Clients(kind, stand::api)) {
      // A number at which a code came in cannot be given back.
      prepare(Map.of());
      kind.providers().forEach(provider -> kind.hide(stand.simulator(), provider));
      begin(clients, runs);
      told.addAll(clients.await(ANSWERS));
      prepare(faults);
      set(faults);
      for (int i = 0; i < KILLS_WHILE_UNDOING; i++) {
        int killed = random.nextInt(KILLED_BY_MILLIS);
        Report.print("%s: %d requests, killed after %d ms", faults, runs, killed);
        // What is undone at once, and answered late, is under way although it lives no more.
        Set<String> left = Set.copyOf(tally().nobodys());
        pause(killed);
        struck.add(killAndRestart(() -> left));
      }
      pause(random.nextInt(MENDED_BY_MILLIS));
    } finally {
      mend();
    }
    return struck;
  }

  /** Waits until nothing lives that is nobody's, and counts. */
  Tally settle() {
    try {
      await("nothing lives that is nobody's")
          .atMost(COMPENSATION)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> tally().nobodys().isEmpty());
    } catch (ConditionTimeoutException e) {
      // The tally says what is left.
      return tally();
    }
    return tally();
  }

  /**
   * What clients have of the fault that is over is given back and counts no more: lists of hundreds
   * of rentals that live would slow down what follows.
   */
  void forget() {
    kind.books(stand.simulator()).forEach(sold -> counted.add(sold.place()));
    kind.giveBack(stand.api(), told.subList(over, told.size()));
    over = told.size();
  }

  /** Asks again with every key: those that are told of something else than before. */
  List<Told> changed() {
    List<Told> changed = new ArrayList<>();
    for (Told before : told) {
      Told now = kind.ask(stand.api(), number(before.key()), before.key()).orElse(before);
      if (!now.isSameAs(before)) {
        changed.add(now);
      }
    }
    return changed;
  }

  private static String key(int number) {
    return "crash-" + number;
  }

  private static int number(String key) {
    return Integer.parseInt(key.substring(key.lastIndexOf('-') + 1));
  }

  private Tally tally() {
    List<Sold> books =
        kind.books(stand.simulator()).stream()
            .filter(sold -> !counted.contains(sold.place()))
            .toList();
    return Tally.of(books, told.subList(over, told.size()));
  }

  /**
   * The gateway that comes back may have breakers that open soon, or none to speak of: behind an
   * open one few calls would meet the fault.
   */
  private Set<String> killAndRestart(Supplier<Set<String>> underWay) {
    stand.kill();
    Set<String> met = underWay.get();
    stand.start(random.nextInt(4) == 0);
    return met;
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
      clients.begin(begun, key(begun), random.nextInt(SPREAD_MILLIS));
    }
  }

  private void set(Map<String, Fault> faults) {
    faults.forEach(
        (provider, fault) -> stand.simulator().set(provider, fault.settings(random.nextLong())));
  }

  private void mend() {
    kind.providers().forEach(provider -> stand.simulator().set(provider, Fault.none()));
  }

  private static void pause(int millis) throws Exception {
    new CompletableFuture<Void>().completeOnTimeout(null, millis, TimeUnit.MILLISECONDS).get();
  }
}
