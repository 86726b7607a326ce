package io.signalbox.loader;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs in the gateway, and the changes that make it what should run: one at a time, new
 * providers before old ones go, never two changes of one provider. Confined to the folder's thread.
 */
final class ProviderRuns {
  private static final Logger log = LoggerFactory.getLogger(ProviderRuns.class);

  private final ProviderLifecycle lifecycle;
  private final long timeoutNanos;
  private final long retryNanos;
  private final LongSupplier nanos;
  private final Doorbell bell;
  private final BooleanSupplier closing;
  private final Runnable afterChange;

  private final Map<String, Run> running = new HashMap<>();
  private final Map<String, Change> changes = new HashMap<>();
  private final Map<String, FailedChange> failures = new HashMap<>();
  private final GivenUps givenUps = new GivenUps();
  private long patienceNanos;

  /** A provider with its code. */
  record Run(ProviderDefinition definition, LoadedPlugin plugin) {

    boolean isSame(Run other) {
      return definition.fingerprint().equals(other.definition.fingerprint())
          && definition.literals().equals(other.definition.literals())
          && plugin == other.plugin;
    }
  }

  /** A change under way; no target means that the provider is being stopped. */
  private record Change(@Nullable Run target, Future<Void> done) {}

  // A replacement checks itself, and what is removed ends its work: a round waits for that so long
  // in all, and then begins what is left side by side.
  private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

  /**
   * Makes it with nothing running.
   *
   * @param timeout how long one change is waited for before the next
   * @param retry when what was kept back is tried again
   * @param closing whether to stop waiting for changes
   * @param afterChange called after each change, for those who watch
   */
  ProviderRuns(
      ProviderLifecycle lifecycle,
      Duration timeout,
      Duration retry,
      LongSupplier nanos,
      Doorbell bell,
      BooleanSupplier closing,
      Runnable afterChange) {
    this.lifecycle = lifecycle;
    this.timeoutNanos = timeout.toNanos();
    this.retryNanos = retry.toNanos();
    this.nanos = nanos;
    this.bell = bell;
    this.closing = closing;
    this.afterChange = afterChange;
  }

  /** Changes what runs to what should run, as far as that is possible now. */
  void apply(Map<String, Run> wanted) throws InterruptedException {
    patienceNanos = PATIENCE_NANOS;
    settleAll();
    stopGivenUp();
    for (Map.Entry<String, Run> entry : wanted.entrySet()) {
      startIfNeeded(entry.getKey(), entry.getValue());
    }
    for (String id : List.copyOf(running.keySet())) {
      if (!wanted.containsKey(id)) {
        stopIfPossible(id);
      }
    }
    failures.keySet().removeIf(id -> !wanted.containsKey(id) && !running.containsKey(id));
  }

  /** Where providers are put that must be stopped. */
  GivenUps givenUps() {
    return givenUps;
  }

  private void stopGivenUp() throws InterruptedException {
    for (GivenUps.Meant each : givenUps.take(this::runsOf, changes::containsKey)) {
      String id = each.one().id();
      Run current = running.get(id);
      if (current != null && current.isSame(each.run()) && !changes.containsKey(id)) {
        failures.put(id, new FailedChange(current, each.one().cause(), nanos.getAsLong(), 1));
        change(id, null, () -> lifecycle.stop(id));
      }
    }
  }

  /** What runs under an id, and what is being started. */
  private List<Run> runsOf(String id) {
    List<Run> runs = new ArrayList<>();
    running(id).ifPresent(runs::add);
    Change change = changes.get(id);
    Run target = change == null ? null : change.target();
    if (target != null) {
      runs.add(target);
    }
    return runs;
  }

  private void startIfNeeded(String id, Run target) throws InterruptedException {
    Change under = changes.get(id);
    if (under != null) {
      Run unwanted = under.target();
      if (unwanted != null && !unwanted.isSame(target)) {
        lifecycle.abandon(id);
      }
      return;
    }
    if (closing.getAsBoolean()) {
      return;
    }
    Run current = running.get(id);
    if (current != null && current.isSame(target)) {
      failures.remove(id);
      return;
    }
    FailedChange failure = failures.get(id);
    if (failure != null
        && failure.isOf(target)
        && !failure.isDueAgain(nanos.getAsLong(), retryNanos)) {
      return;
    }
    log.info("{} provider {}: {}", current == null ? "starting" : "replacing", id, target.plugin());
    change(id, target, () -> lifecycle.start(target.definition(), target.plugin()));
  }

  private void stopIfPossible(String id) throws InterruptedException {
    FailedChange failure = failures.get(id);
    boolean failedJustNow =
        failure != null
            && failure.target() == null
            && nanos.getAsLong() - failure.atNanos() < timeoutNanos;
    if (changes.containsKey(id)) {
      lifecycle.abandon(id);
    } else if (!closing.getAsBoolean() && !failedJustNow) {
      log.info("stopping provider {}", id);
      change(id, null, () -> lifecycle.stop(id));
    }
  }

  private void change(String id, @Nullable Run target, Supplier<@Nullable Future<Void>> action)
      throws InterruptedException {
    Future<Void> done = call(action);
    changes.put(id, new Change(target, done));
    afterChange.run();
    done.onComplete(result -> bell.ring());
    boolean starts = target != null && !running.containsKey(id);
    long left = starts ? timeoutNanos : Math.min(timeoutNanos, patienceNanos);
    long begin = nanos.getAsLong();
    long deadline = begin + left;
    while (!done.isComplete() && left > 0 && !closing.getAsBoolean()) {
      bell.await(left);
      left = deadline - nanos.getAsLong();
    }
    if (!starts) {
      patienceNanos -= Math.min(patienceNanos, nanos.getAsLong() - begin);
    }
    if (!done.isComplete() && left <= 0) {
      log.info("the change of provider {} takes a while; going on with others meanwhile", id);
    }
    settleAll();
    // Rings of the folder's watch may have been taken for the change's own.
    bell.ring();
  }

  private static Future<Void> call(Supplier<@Nullable Future<Void>> action) {
    try {
      Future<Void> done = action.get();
      return done == null ? Future.failedFuture("no Future was returned") : done;
    } catch (RuntimeException | Error e) {
      return Future.failedFuture(e);
    }
  }

  /** Takes the results of the changes that are complete. */
  private void settleAll() {
    List<String> complete = new ArrayList<>();
    changes.forEach(
        (id, change) -> {
          if (change.done().isComplete()) {
            complete.add(id);
          }
        });
    complete.forEach(id -> settle(id, changes.remove(id)));
    if (!complete.isEmpty()) {
      afterChange.run();
    }
  }

  private void settle(String id, @Nullable Change change) {
    if (change == null) {
      return;
    }
    Run target = change.target();
    if (change.done().failed()) {
      Throwable cause = change.done().cause();
      if (cause instanceof AbandonedException) {
        log.info("provider {} is not started: {}", id, cause.getMessage());
        return;
      }
      FailedChange before = failures.get(id);
      int times = target != null && before != null && before.isOf(target) ? before.times() + 1 : 1;
      FailedChange failure = new FailedChange(target, cause, nanos.getAsLong(), times);
      failures.put(id, failure);
      failure.tell(log, id);
    } else if (target == null) {
      running.remove(id);
      // Why it was given up stays known.
      failures.computeIfPresent(id, (same, failure) -> failure.target() == null ? null : failure);
    } else {
      running.put(id, target);
      failures.remove(id);
    }
  }

  /** What runs under an id, be it as its file says now or as it said earlier. */
  Optional<Run> running(String id) {
    return Optional.ofNullable(running.get(id));
  }

  /** Whether a provider is being started, replaced or stopped. */
  boolean isChanging(String id) {
    return changes.containsKey(id);
  }

  /** Why the last change of a provider failed; empty if it did not. */
  Optional<Throwable> failure(String id) {
    return Optional.ofNullable(failures.get(id)).map(FailedChange::cause);
  }

  /** What went wrong when providers were to start on a plugin the last time, by their ids. */
  Map<String, String> failuresOf(LoadedPlugin plugin) {
    Map<String, String> reasons = new TreeMap<>();
    failures.forEach(
        (id, failure) -> {
          Run target = failure.target();
          if (target != null && target.plugin() == plugin) {
            reasons.put(id, target.definition().lines().reason(failure.cause()));
          }
        });
    return reasons;
  }

  /** The ids that run on a plugin. */
  Set<String> providersOf(LoadedPlugin plugin) {
    Set<String> ids = new HashSet<>();
    running.forEach(
        (id, run) -> {
          if (run.plugin() == plugin) {
            ids.add(id);
          }
        });
    return ids;
  }

  /** The plugins that providers run on, or are being started on. */
  Collection<LoadedPlugin> pluginsInUse() {
    Set<LoadedPlugin> plugins = new HashSet<>();
    running.values().forEach(run -> plugins.add(run.plugin()));
    for (Change change : changes.values()) {
      Run target = change.target();
      if (target != null) {
        plugins.add(target.plugin());
      }
    }
    return plugins;
  }
}
