package io.signalbox.gateway.operation;

import static io.signalbox.gateway.operation.OperationStories.answered;
import static io.signalbox.gateway.operation.OperationStories.end;
import static io.signalbox.gateway.operation.OperationStories.trying;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.call.CalledBy;
import io.signalbox.gateway.call.NumberCall.ChangeRental;
import io.signalbox.gateway.call.NumberCall.FindRentals;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.config.OperationSettings;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.ledger.OperationLedger.OpenOperations;
import io.signalbox.gateway.ledger.OperationLedger.Written;
import io.signalbox.gateway.ledger.OperationProblem.Kind;
import io.signalbox.gateway.ledger.OperationProgress;
import io.signalbox.gateway.ledger.OrphanLedger;
import io.signalbox.gateway.ledger.OrphanLedger.Found;
import io.signalbox.gateway.ledger.OrphanLedger.Orphan;
import io.signalbox.gateway.ledger.OrphanLedger.Taken;
import io.signalbox.gateway.ledger.OrphanLedger.Watch;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.operation.Answer;
import io.signalbox.testkit.ManualClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What look-ups and watches do with what they find, at a market behind a real socket. */
@Timeout(240)
class OrphanDeskTest extends LedgerContract {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final long WATCH = Duration.ofMinutes(20).toMillis();
  private static final long FAR = NOW + Duration.ofDays(100).toMillis();

  private final Market alpha = new Market("alpha");
  private final MarketKind kind = new MarketKind("alpha");
  private final ManualClock clock = new ManualClock(Instant.ofEpochMilli(NOW + 1_000));
  private final Orphans meter = new Orphans();
  private Context context;
  private final AtomicInteger changes = new AtomicInteger();
  private volatile boolean stuck;

  @BeforeEach
  void openMarket() throws Exception {
    await(alpha.open(vertx));
    context = vertx.getOrCreateContext();
  }

  private static OperationSettings settings(Set<String> sharedAccounts) {
    return new OperationSettings(
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        LONG,
        50,
        100,
        100,
        Duration.ofSeconds(30),
        Duration.ofMinutes(15),
        Duration.ofMillis(WATCH),
        sharedAccounts);
  }

  /** The way to the market; while it is stuck, look-ups have no end. */
  private final class AtMarket implements ProviderCalls {
    private final MarketProvider market =
        new MarketProvider(vertx.createHttpClient(), alpha.port());

    @Override
    public <T> Future<Answer<T>> call(String provider, ProviderCall<T> call, CalledBy by) {
      if (call instanceof ChangeRental) {
        changes.incrementAndGet();
      }
      return stuck && call instanceof FindRentals
          ? Promise.<Answer<T>>promise().future()
          : call.at(market);
    }
  }

  /** The ledger, in which one end of an orphan is not stored. */
  private record Forgetful(OrphanLedger ledger, AtomicInteger ends) implements OrphanLedger {
    @Override
    public Future<List<Watch>> dueWatches(long nowMillis, int limit) {
      return ledger.dueWatches(nowMillis, limit);
    }

    @Override
    public Future<Void> looked(Watch watch, long nextMillis) {
      return ledger.looked(watch, nextMillis);
    }

    @Override
    public Future<Taken> take(
        Found found,
        Set<String> neighbours,
        boolean certain,
        boolean undo,
        long firstSeenMillis,
        long nowMillis) {
      return ledger.take(found, neighbours, certain, undo, firstSeenMillis, nowMillis);
    }

    @Override
    public Future<List<Orphan>> dueOrphans(long nowMillis, int limit) {
      return ledger.dueOrphans(nowMillis, limit);
    }

    @Override
    public Future<Void> notUndone(Orphan orphan, long nextMillis, long nowMillis) {
      return ledger.notUndone(orphan, nextMillis, nowMillis);
    }

    @Override
    public Future<Void> undone(Orphan orphan, long nowMillis) {
      return ends.getAndIncrement() == 0
          ? Future.failedFuture("the ledger is away")
          : ledger.undone(orphan, nowMillis);
    }
  }

  /** Counts orphans. */
  private static final class Orphans implements OperationMeter {
    private final AtomicInteger compensated = new AtomicInteger();
    private final AtomicInteger orphaned = new AtomicInteger();

    @Override
    public void ended(Operation operation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void open(List<OpenOperations> open) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void compensated(Channel kind) {
      compensated.incrementAndGet();
    }

    @Override
    public void orphaned(Channel kind) {
      orphaned.incrementAndGet();
    }
  }

  private OrphanLedger orphans() {
    return opened.whole().orphans();
  }

  private OrphanTaker taker() {
    return new OrphanTaker(orphans(), meter, clock);
  }

  private SagaActs acts(Function<Found, Future<Void>> leftOver, String... shared) {
    return new SagaActs(
        opened.whole().operations(),
        new OperationKinds(List.of(kind)),
        new AtMarket(),
        settings(Set.of(shared)),
        new OperationStep(OperationStories.RULES, NOW),
        leftOver,
        clock,
        () -> 0.5);
  }

  private OrphanDesk desk() {
    return desk(orphans());
  }

  private OrphanDesk desk(OrphanLedger ledger) {
    OrphanTaker taker = taker();
    return new OrphanDesk(
        ledger,
        taker,
        acts(taker::leftOver),
        new OperationKinds(List.of(kind)),
        new AtMarket(),
        settings(Set.of()),
        meter,
        clock);
  }

  private Operation written(Operation before, Operation after) throws Exception {
    assertThat(await(opened.whole().operations().write(before, after, WATCH)))
        .isEqualTo(Written.APPLIED);
    return after;
  }

  private Operation asking() throws Exception {
    Operation operation = OperationStories.operation(TENANT, ids.next(), NOW);
    await(opened.whole().operations().accept(operation, null, "d"));
    return written(operation, trying(operation, "alpha", ""));
  }

  private Operation unsettled() throws Exception {
    Operation begun = asking();
    return written(begun, answered(begun, end(How.UNKNOWN, 0), null));
  }

  /** An attempt that is taken for not done, and whose provider is looked through. */
  private Operation watched() throws Exception {
    Operation unsettled = unsettled();
    return written(unsettled, answered(unsettled, end(How.NOT_FOUND, 0), null));
  }

  private List<Watch> watches() throws Exception {
    return await(orphans().dueWatches(FAR, 100));
  }

  private void tick(OrphanDesk desk) {
    context.runOnContext(go -> desk.tick());
  }

  /** While one look is not over, the next one is left out. */
  private void tickUntil(OrphanDesk desk, Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(LONG)
        .until(
            () -> {
              tick(desk);
              return condition.call();
            });
  }

  private OperationProgress lookedUp(SagaActs acts, Operation operation) throws Exception {
    return await(acts.lookUp(operation)).orElseThrow();
  }

  @Test
  void inASharedAccountALookUpTakesNothing() throws Exception {
    kind.findsByReference(false);
    Operation operation = unsettled();
    alpha.rented(operation.attemptId(1));
    SagaActs acts = acts(taker()::leftOver, "alpha");
    assertThat(lookedUp(acts, operation).state()).isEqualTo(OperationState.UNSETTLED);

    clock.advance(Duration.ofMinutes(16));
    OperationProgress given = lookedUp(acts, operation);
    assertThat(given.state()).isEqualTo(OperationState.FAILED);
    assertThat(given.problem().kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    OperationProgress own = lookedUp(acts(taker()::leftOver), operation);
    assertThat(own.state()).isEqualTo(OperationState.CONFIRMED);
  }

  @Test
  void whatIsLeftOverIsTakenBeforeTheOperationHasItsResult() throws Exception {
    Operation operation = unsettled();
    alpha.rented(operation.attemptId(1));
    alpha.rented(operation.attemptId(1));
    SagaActs failing = acts(found -> Future.failedFuture("the ledger is away"));
    assertThat(lookedUp(failing, operation).state()).isEqualTo(OperationState.UNSETTLED);
    assertThat(await(orphans().dueOrphans(FAR, 10))).isEmpty();

    OperationProgress found = lookedUp(acts(taker()::leftOver), operation);
    List<Orphan> left = await(orphans().dueOrphans(FAR, 10));
    assertThat(left).hasSize(1);
    assertThat(List.of(found.result().providerId(), left.get(0).found().providerId()))
        .containsExactlyInAnyOrder("alpha1", "alpha2");
  }

  @Test
  void aWatchEndsWithALookThatWasAnswered() throws Exception {
    watched();
    alpha.deaf(true);
    clock.advance(Duration.ofMillis(WATCH));
    OrphanDesk desk = desk();
    tick(desk);
    Awaitility.await().atMost(LONG).until(() -> watches().get(0).looks() == 1);

    alpha.deaf(false);
    clock.advance(Duration.ofMinutes(1));
    tickUntil(desk, () -> watches().isEmpty());
    assertThat(meter.orphaned).hasValue(0);
  }

  @Test
  void aWatchThatIsNeverAnsweredIsLeftToAPerson() throws Exception {
    watched();
    alpha.deaf(true);
    clock.advance(Duration.ofDays(1).plusMillis(WATCH));
    tick(desk());
    Awaitility.await().atMost(LONG).until(() -> watches().isEmpty());
    Awaitility.await().atMost(LONG).until(() -> meter.orphaned.get() == 1);
  }

  @Test
  void aWatchDoesNotEndBeforeWhatItHasSeenIsSettled() throws Exception {
    kind.findsByReference(false);
    Operation watched = watched();
    Operation open = asking();
    alpha.rented(watched.attemptId(1));
    clock.advance(Duration.ofMillis(WATCH));
    OrphanDesk desk = desk();
    tick(desk);
    Awaitility.await().atMost(LONG).until(() -> watches().get(0).looks() == 1);
    assertThat(alpha.live()).isEqualTo(1);

    written(open, answered(open, end(How.REJECTED, 400), null));
    clock.advance(Duration.ofMinutes(1));
    tickUntil(desk, () -> watches().isEmpty());
    tickUntil(desk, () -> meter.compensated.get() == 1);
    assertThat(alpha.live()).isZero();
  }

  @Test
  void whatIsUndoneAndNotStoredIsNotUndoneAgain() throws Exception {
    Operation operation = unsettled();
    alpha.rented(operation.attemptId(1));
    await(taker().leftOver(new Found(operation, 1, "alpha", "alpha1")));
    OrphanDesk desk = desk(new Forgetful(orphans(), new AtomicInteger()));
    tickUntil(desk, () -> meter.compensated.get() == 1);
    assertThat(changes).hasValue(1);
    assertThat(await(orphans().dueOrphans(FAR, 10))).isEmpty();
  }

  @Test
  void whatIsUndoneDoesNotWaitForLooks() throws Exception {
    for (int made = 0; made < 20; made++) {
      watched();
    }
    stuck = true;
    OrphanDesk desk = desk();
    tick(desk);
    Operation operation = unsettled();
    alpha.rented(operation.attemptId(1));
    await(taker().leftOver(new Found(operation, 1, "alpha", "alpha1")));
    tickUntil(desk, () -> meter.compensated.get() == 1);
    assertThat(alpha.live()).isZero();
  }
}
