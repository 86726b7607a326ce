package io.signalbox.gateway.operation;

import io.signalbox.gateway.call.CalledBy;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.config.OperationSettings;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.ledger.OrphanLedger;
import io.signalbox.gateway.ledger.OrphanLedger.Found;
import io.signalbox.gateway.ledger.OrphanLedger.Orphan;
import io.signalbox.gateway.ledger.OrphanLedger.Taken;
import io.signalbox.gateway.ledger.OrphanLedger.Watch;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.operation.Answer;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through providers for what attempts have left that are taken for not done, and undoes it,
 * again and again until the provider takes that. Used on one context.
 */
final class OrphanDesk {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanDesk.class);

  /** So many are looked for at a time, and so many undone: neither waits for the other. */
  private static final int AT_A_TIME = 20;

  private static final int MOST_UNDONE = 10_000;

  /** What no provider has undone, or told of, after so long is left to a person. */
  private static final long LONGEST_MILLIS = Duration.ofHours(24).toMillis();

  private final OrphanLedger orphans;
  private final OrphanTaker taker;
  private final SagaActs acts;
  private final OperationKinds kinds;
  private final ProviderCalls calls;
  private final OperationSettings settings;
  private final OperationMeter meter;
  private final Clock clock;
  private final Set<String> watching = new HashSet<>();
  private final Set<String> undoing = new HashSet<>();

  /** What providers have undone and is not stored: asked once more, some say that there is none. */
  private final Set<String> undone = new HashSet<>();

  OrphanDesk(
      OrphanLedger orphans,
      OrphanTaker taker,
      SagaActs acts,
      OperationKinds kinds,
      ProviderCalls calls,
      OperationSettings settings,
      OperationMeter meter,
      Clock clock) {
    this.orphans = orphans;
    this.taker = taker;
    this.acts = acts;
    this.kinds = kinds;
    this.calls = calls;
    this.settings = settings;
    this.meter = meter;
    this.clock = clock;
  }

  /** Does what is due. */
  void tick() {
    long now = clock.millis();
    orphans
        .dueWatches(now, AT_A_TIME)
        .onSuccess(due -> due.forEach(this::watch))
        .compose(looked -> orphans.dueOrphans(now, AT_A_TIME))
        .onSuccess(due -> due.forEach(this::undo))
        .onFailure(failure -> LOG.debug("orphans are not looked for: {}", failure.toString()));
  }

  private void watch(Watch watch) {
    OperationKind<?> kind = kinds.of(watch.operation().kind());
    if (kind != null) {
      String name = "watch " + watch.operation().attemptId(watch.attempt().number());
      once(watching, name, () -> look(watch, kind).compose(all -> looked(watch, all)));
    }
  }

  /** Looks; true if the provider answered and nothing of that may be taken later. */
  private Future<Boolean> look(Watch watch, OperationKind<?> kind) {
    return acts.find(watch.operation(), watch.attempt(), kind)
        .compose(
            found -> found == null ? Future.succeededFuture(false) : takeAll(watch, kind, found))
        .otherwise(
            failure -> {
              LOG.warn("a look after {} failed: {}", watch.operation(), failure.toString());
              return false;
            });
  }

  private Future<Boolean> takeAll(Watch watch, OperationKind<?> kind, List<OperationResult> found) {
    boolean certain = kind.findsByReference();
    boolean undo = certain || acts.isExclusive(watch.attempt());
    Set<String> neighbours = kind.neighbours(watch.attempt().provider());
    List<Future<Taken>> taken =
        found.stream()
            .map(
                one ->
                    new Found(
                        watch.operation(),
                        watch.attempt().number(),
                        one.provider(),
                        one.providerId()))
            .map(one -> taker.take(one, neighbours, certain, undo))
            .toList();
    return Future.join(taken).map(all -> all.<Taken>list().stream().noneMatch(Taken.LATER::equals));
  }

  /** The last look is one at the end or later that told everything. */
  private Future<Void> looked(Watch watch, boolean all) {
    long now = clock.millis();
    long next = now + OperationRules.watchMillis(watch.looks());
    long until = watch.untilMillis();
    if (now < until) {
      return orphans.looked(watch, Math.min(next, until));
    }
    if (all) {
      return orphans.looked(watch, 0);
    }
    if (now < until + LONGEST_MILLIS) {
      return orphans.looked(watch, next);
    }
    LOG.error(
        "nobody knows what {} may have left at {}: look there by hand",
        watch.operation().attemptId(watch.attempt().number()),
        watch.attempt().provider());
    return orphans.looked(watch, 0).onSuccess(left -> meter.orphaned(watch.operation().kind()));
  }

  private void undo(Orphan orphan) {
    Found found = orphan.found();
    OperationKind<?> kind = kinds.of(found.operation().kind());
    if (kind != null) {
      String name = "undo " + found.provider() + ' ' + found.providerId();
      once(
          undoing,
          name,
          () -> undone.contains(name) ? undone(orphan, name) : undo(orphan, kind, name));
    }
  }

  private Future<Void> undo(Orphan orphan, OperationKind<?> kind, String name) {
    Found found = orphan.found();
    if (Accounts.isOther(calls, found.operation(), found.attempt())) {
      LOG.warn("{} was made at another account than {} has now", name, found.provider());
      return notUndone(orphan, false);
    }
    return calls
        .call(
            found.provider(),
            kind.undo(found.operation(), found.providerId(), settings.lookUpTimeout()),
            new CalledBy(found.operation().tenant(), found.operation().trace()))
        .compose(
            answer ->
                answer instanceof Answer.Done<?> ? undone(orphan, name) : answered(orphan, answer));
  }

  private Future<Void> undone(Orphan orphan, String name) {
    if (undone.size() < MOST_UNDONE) {
      undone.add(name);
    }
    return orphans
        .undone(orphan, clock.millis())
        .onSuccess(
            done -> {
              undone.remove(name);
              meter.compensated(orphan.found().operation().kind());
            });
  }

  private Future<Void> answered(Orphan orphan, Answer<?> answer) {
    return notUndone(
        orphan,
        answer instanceof Answer.Failed<?> failed && failed.outcome() instanceof Outcome.Rejected);
  }

  private Future<Void> notUndone(Orphan orphan, boolean refused) {
    long now = clock.millis();
    long age = now - orphan.foundAtMillis();
    if (age < (refused ? settings.watch().toMillis() : LONGEST_MILLIS)) {
      return orphans.notUndone(orphan, now + OperationRules.watchMillis(orphan.tries()), now);
    }
    LOG.error(
        "{} at {} is nobody's and cannot be undone: do it by hand",
        orphan.found().providerId(),
        orphan.found().provider());
    return orphans
        .notUndone(orphan, 0, now)
        .onSuccess(left -> meter.orphaned(orphan.found().operation().kind()));
  }

  /** One thing at a time of each. */
  private static void once(Set<String> underWay, String name, Supplier<Future<Void>> what) {
    if (underWay.size() >= AT_A_TIME || !underWay.add(name)) {
      return;
    }
    Future.succeededFuture()
        .compose(go -> what.get())
        .onComplete(
            done -> {
              underWay.remove(name);
              if (done.failed()) {
                LOG.warn("{} is done again: {}", name, done.cause().toString());
              }
            });
  }
}
