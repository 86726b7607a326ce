package io.signalbox.gateway.ledger;

import static io.signalbox.gateway.Patience.awaitLatch;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the writer adds up between two counts of what waits is what there is. */
public abstract class BaseWaitingCountTest extends ErasureContract {
  /** After the deadline of an attempt. */
  private static final long LATER = NOW + 20_000;

  private static final int WAITING = 5;

  /** Each look at it is a tick: a count takes one, and holds for a hundred. */
  private final AtomicLong ticks = new AtomicLong();

  @Override
  protected Opened open() throws Exception {
    return Opened.of(await(vertx.executeBlocking(() -> counting(ticks::incrementAndGet))));
  }

  /**
   * Opens a ledger that reckons however little waits; blocks.
   *
   * @param nanos the clock by which it counts again
   */
  protected abstract SqlLedger counting(LongSupplier nanos) throws Exception;

  /** Some stay in each lane: where nothing is left, a look tells so whatever was added up. */
  @BeforeEach
  void someWait() throws Exception {
    for (int i = 0; i < WAITING; i++) {
      accept();
      retried();
    }
    count();
  }

  @Test
  void thoseAcceptedAreAdded() throws Exception {
    accept();
    AcceptRequest keyed = request(TENANT, "hello", "key-1", NOW);
    await(ledger().acceptAll(List.of(request("a"), request("b"), keyed)));
    await(ledger().accept(request(TENANT, "hello", "key-1", NOW)));
    scheduled();
    tellsWhatThereIs();
  }

  @Test
  void thoseBegunAreTakenOffAndAddedAgainWithTheirRetry() throws Exception {
    NotificationId sent = begun();
    NotificationId retried = begun();
    await(ledger().begin(start(retried, 1)));
    tellsWhatThereIs();
    settleSent(sent, 1, "m-1");
    settle(retried, 1, broken(), new NextStep.Retry(NOW + 5_000, 1, "exhausted"));
    tellsWhatThereIs();
    await(ledger().begin(start(retried, 2)));
    tellsWhatThereIs();
    NotificationId waits = accept();
    await(ledger().move(waits, 0, false, new NextStep.Retry(NOW + 5_000, 1, "quota"), NOW));
    NotificationId awaited = begun();
    settle(awaited, 1, unknown(), new NextStep.Await(NOW + 500, "unknown"));
    settle(begun(), 1, sent("m-2"), new NextStep.Confirm(NOW + 500, "sent"));
    tellsWhatThereIs();
  }

  @Test
  void thoseCancelledAreTakenOff() throws Exception {
    for (NotificationId id : List.of(accept(), scheduled(), retried(), begun())) {
      await(reports().cancel(TENANT, id, NOW + 200));
      tellsWhatThereIs();
    }
  }

  @Test
  void thoseErasedAreTakenOff() throws Exception {
    to("gone@example.org");
    NotificationId retried = to("gone@example.org");
    await(ledger().begin(start(retried, 1)));
    settle(retried, 1, broken(), new NextStep.Retry(NOW + 5_000, 1, "exhausted"));
    NotificationId unconfirmed = to("gone@example.org");
    await(ledger().begin(start(unconfirmed, 1)));
    settle(unconfirmed, 1, sent("m-1"), new NextStep.Confirm(NOW + 500, "sent"));
    tellsWhatThereIs();
    assertThat(erase("gone@example.org").counts().notifications()).isEqualTo(3);
    tellsWhatThereIs();
  }

  @Test
  void thoseThatEndAreTakenOffAndThoseReplayedAreAdded() throws Exception {
    await(ledger().move(accept(), 0, false, finish(NotificationState.EXPIRED), NOW));
    await(ledger().move(scheduled(), 0, false, finish(NotificationState.DEAD_LETTER), NOW));
    await(ledger().move(retried(), 1, false, finish(NotificationState.DEAD_LETTER), NOW));
    settle(begun(), 1, unknown(), finish(NotificationState.HELD));
    tellsWhatThereIs();
    DeadLetterFilter all = DeadLetterFilter.all(TENANT);
    assertThat(await(reports().replayDeadLetters(all, 2, NOW)).count()).isEqualTo(2);
    tellsWhatThereIs();
    assertThat(await(reports().discardDeadLetters(all, 2, NOW)).count()).isEqualTo(1);
    tellsWhatThereIs();
  }

  @Test
  void thoseRevivedAreAdded() throws Exception {
    NotificationId underWay = begun();
    NotificationId lost = accept();
    lose(lost);
    count();
    await(ledger().revive(await(ledger().stalled(LATER, 100)), LATER, LATER + 1));
    assertThat(dueIds(LANE, LATER + 1)).contains(underWay, lost);
    tellsWhatThereIs();
    await(ledger().begin(start(underWay, 2)));
    await(ledger().begin(start(lost, 1)));
    tellsWhatThereIs();

    reopen();
    count();
    await(ledger().recover(LATER));
    assertThat(dueIds(LANE, LATER + 1)).contains(underWay, lost);
    tellsWhatThereIs();
  }

  @Test
  void aChangeThatFailsAddsNothingToThoseOfItsBatch() throws Exception {
    NotificationId first = accept();
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Future<?> before = hold(writing, go);
    assertThat(writing.await(60, TimeUnit.SECONDS)).isTrue();
    // These are one batch: the writer is at work on the one before.
    AcceptRequest twice = request("the same id twice");
    List<Future<?>> batch = new ArrayList<>();
    batch.add(ledger().accept(request("hello")));
    batch.add(ledger().begin(start(first, 1)));
    Future<?> failing = ledger().acceptAll(List.of(request("hello"), twice, twice));
    batch.add(ledger().accept(request("hello")));
    go.countDown();
    await(before);
    await(Future.all(batch));
    await(failing.otherwiseEmpty());

    assertThat(failing.failed()).isTrue();
    tellsWhatThereIs();
  }

  @Test
  void whatIsChangedPastTheLedgerShowsAtTheNextCount() throws Exception {
    NotificationId lost = accept();
    Map<Integer, Long> before = stored();
    lose(lost);
    assertThat(told()).isEqualTo(before).isNotEqualTo(stored());
    count();
  }

  private Future<?> hold(CountDownLatch writing, CountDownLatch go) {
    return opened
        .preferences()
        .changePreferences(
            found -> {
              writing.countDown();
              awaitLatch(go);
              return new StoredPreferences(
                  PreferenceSet.of(Map.of(PreferenceKey.RETRY_ATTEMPTS, 1)), Map.of());
            },
            "me",
            NOW);
  }

  private NotificationId scheduled() throws Exception {
    AcceptRequest request = request(TENANT, "later", null, NOW + 60_000);
    await(ledger().accept(request));
    return request.id();
  }

  private NotificationId retried() throws Exception {
    NotificationId id = begun();
    settle(id, 1, broken(), new NextStep.Retry(NOW + 5_000, 1, "exhausted"));
    return id;
  }

  /** Takes a notification out of its queue past the ledger; only a count shows that. */
  private void lose(NotificationId id) throws Exception {
    String lose = "UPDATE notifications SET due_at = NULL WHERE id = " + id.key();
    assertThat(engine().change(directory, lose)).isEqualTo(1);
  }

  /** Looks when it is time to count again. */
  protected final void count() throws Exception {
    ticks.addAndGet(1_000);
    assertThat(told()).isEqualTo(stored());
  }

  private void tellsWhatThereIs() throws Exception {
    assertThat(told()).isEqualTo(stored());
  }

  /** How many the ledger says wait, by lane. */
  protected final Map<Integer, Long> told() throws Exception {
    Map<Integer, Long> lanes = new TreeMap<>();
    await(ledger().backlog(LATER))
        .forEach(lane -> lanes.put(lane.lane().code(), lane.due() + lane.later()));
    return lanes;
  }

  /** The same as it is stored. */
  protected final Map<Integer, Long> stored() throws Exception {
    Map<Integer, Long> lanes = new TreeMap<>();
    for (String row :
        askStore(
            "SELECT lane, COUNT(*) FROM notifications WHERE due_at IS NOT NULL GROUP BY lane")) {
      int bar = row.indexOf('|');
      lanes.put(Integer.valueOf(row.substring(0, bar)), Long.valueOf(row.substring(bar + 1)));
    }
    return lanes;
  }
}
