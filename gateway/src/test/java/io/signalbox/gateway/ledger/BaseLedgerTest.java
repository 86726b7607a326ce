package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.ledger.Timeline.AttemptEntry;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.LaneKind;
import io.signalbox.gateway.model.NodeShare;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every ledger must do with notifications and attempts. */
public abstract class BaseLedgerTest extends LedgerContract {

  @Test
  void storesWhatItAccepts() throws Exception {
    AcceptRequest request = request("hello");

    assertThat(await(ledger().accept(request))).isEqualTo(new AcceptResult.Stored(request.id()));

    Timeline timeline = timeline(request.id());
    assertThat(timeline.content()).isEqualTo(request.content());
    assertThat(timeline.state()).isEqualTo(NotificationState.QUEUED);
    assertThat(timeline.subject()).isEqualTo("tester");
    assertThat(timeline.acceptedAtMillis()).isEqualTo(NOW);
    assertThat(timeline.dueAtMillis()).isEqualTo(NOW);
    assertThat(timeline.attempts()).isEmpty();
  }

  @Test
  void hidesNotificationsFromOtherTenantsAndFromGuessedIds() throws Exception {
    NotificationId id = accept();

    assertThat(await(reports().timeline("other", id))).isEmpty();
    NotificationId guessed = new NotificationId(id.key(), id.random() ^ 1);
    assertThat(await(reports().timeline(TENANT, guessed))).isEmpty();
  }

  @Test
  void answersRepeatedRequestsWithTheFirstId() throws Exception {
    AcceptRequest first = request(TENANT, "hello", "key-1", NOW);
    await(ledger().accept(first));

    assertThat(await(ledger().accept(request(TENANT, "hello", "key-1", NOW))))
        .isEqualTo(new AcceptResult.Duplicate(first.id(), NotificationState.QUEUED));
    assertThat(await(ledger().accept(request(TENANT, "other", "key-1", NOW))))
        .isEqualTo(new AcceptResult.KeyReused(first.id()));
    AcceptRequest elsewhere = request("other", "hello", "key-1", NOW);
    assertThat(await(ledger().accept(elsewhere)))
        .isEqualTo(new AcceptResult.Stored(elsewhere.id()));
  }

  @Test
  void storesOneOfManySimultaneousRequestsWithTheSameKey() throws Exception {
    List<Future<AcceptResult>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(ledger().accept(request(TENANT, "hello", "same", NOW)));
    }

    int stored = 0;
    for (Future<AcceptResult> answer : answers) {
      stored += await(answer) instanceof AcceptResult.Stored ? 1 : 0;
    }
    assertThat(stored).isEqualTo(1);
    assertThat(due(LANE, NOW)).hasSize(1);
  }

  @Test
  void acceptsABatchInOrder() throws Exception {
    AcceptRequest first = request(TENANT, "one", "k", NOW);
    AcceptRequest again = request(TENANT, "one", "k", NOW);
    AcceptRequest third = request("three");

    assertThat(await(ledger().acceptAll(List.of(first, again, third))))
        .containsExactly(
            new AcceptResult.Stored(first.id()),
            new AcceptResult.Duplicate(first.id(), NotificationState.QUEUED),
            new AcceptResult.Stored(third.id()));
  }

  @Test
  void failsAChangeThatMakesNoSenseWithoutItsNeighbours() throws Exception {
    AcceptRequest before = request("before");
    AcceptRequest after = request("after");
    Future<AcceptResult> first = ledger().accept(before);
    Future<AcceptResult> repeatedId = ledger().accept(before);
    Future<Settled> stranger = ledger().begin(start(ids.next(), 1));
    Future<AcceptResult> last = ledger().accept(after);

    assertThat(await(first)).isEqualTo(new AcceptResult.Stored(before.id()));
    assertThatThrownBy(() -> await(repeatedId)).hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> await(stranger)).hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(await(last)).isEqualTo(new AcceptResult.Stored(after.id()));
    assertThat(dueIds(LANE, NOW)).containsExactly(before.id(), after.id());
  }

  @Test
  void answersOnTheContextOfTheCaller() throws Exception {
    Context context = vertx.getOrCreateContext();
    CompletableFuture<Context> answeredOn = new CompletableFuture<>();
    CompletableFuture<Context> readOn = new CompletableFuture<>();
    context.runOnContext(
        go -> {
          ledger()
              .accept(request("hello"))
              .onComplete(done -> answeredOn.complete(Vertx.currentContext()));
          ledger().backlog(NOW).onComplete(done -> readOn.complete(Vertx.currentContext()));
        });

    assertThat(answeredOn.get(10, TimeUnit.SECONDS)).isSameAs(context);
    assertThat(readOn.get(10, TimeUnit.SECONDS)).isSameAs(context);
  }

  @Test
  void beginsOnlyTheNextAttemptOfAnOpenNotification() throws Exception {
    NotificationId id = accept();

    assertThat(await(ledger().begin(start(id, 2))).applied()).isFalse();
    assertThat(await(ledger().begin(start(id, 1))))
        .extracting(Settled::applied, Settled::state)
        .containsExactly(true, NotificationState.PROCESSING);
    assertThat(await(ledger().begin(start(id, 1)))).extracting(Settled::applied).isEqualTo(false);
    assertThat(dueIds(LANE, NOW + 1_000_000)).isEmpty();

    settleSent(id, 1, "m-1");
    assertThat(await(ledger().begin(start(id, 2))))
        .extracting(Settled::applied, Settled::state)
        .containsExactly(false, NotificationState.SENT);
  }

  @Test
  void keepsEveryAttemptWithItsDecision() throws Exception {
    NotificationId id = begun();
    settle(id, 1, broken(), new NextStep.Attempt(start(id, 2, "beta"), "transient"));
    settleSent(id, 2, "m-2");

    List<AttemptEntry> attempts = timeline(id).attempts();
    assertThat(attempts).hasSize(2);
    AttemptEntry first = attempts.get(0);
    assertThat(first.outcome()).isEqualTo(OutcomeKind.TRANSIENT);
    assertThat(first.progress()).isEqualTo("not_connected");
    assertThat(first.code()).isEqualTo("connection_refused");
    assertThat(first.next()).isEqualTo("failover: transient");
    assertThat(first.decision()).isEqualTo(start(id, 1).decision());
    assertThat(first.possibleDuplicate()).isFalse();
    AttemptEntry second = attempts.get(1);
    assertThat(second.provider()).isEqualTo("beta");
    assertThat(second.providerMessageId()).isEqualTo("m-2");
    assertThat(second.httpStatus()).isEqualTo(202);
    assertThat(second.tookMillis()).isEqualTo(99);
    assertThat(second.possibleDuplicate()).isTrue();
    assertThat(second.channel()).isEqualTo(Channel.EMAIL);
  }

  @Test
  void retriesLaterInTheLaneOfRetries() throws Exception {
    NotificationId id = begun();
    Settled settled = settle(id, 1, broken(), new NextStep.Retry(NOW + 5_000, 1, "exhausted"));

    assertThat(settled)
        .extracting(Settled::applied, Settled::state)
        .containsExactly(true, NotificationState.QUEUED);
    assertThat(dueIds(RETRY_LANE, NOW + 4_999)).isEmpty();
    WorkItem item = due(RETRY_LANE, NOW + 5_000).get(0);
    assertThat(item.lane()).isEqualTo(RETRY_LANE);
    assertThat(item.round()).isEqualTo(1);
    assertThat(item.attempts())
        .containsExactly(
            new PastAttempt(
                1, 0, Channel.EMAIL, "alpha", OutcomeKind.TRANSIENT, NOW + 1, NOW + 100));
    assertThat(dueIds(LANE, NOW + 5_000)).isEmpty();
  }

  @Test
  void waitsForAnUnknownOutcome() throws Exception {
    NotificationId id = begun();
    settle(id, 1, unknown(), new NextStep.Await(NOW + 500, "unknown"));

    assertThat(dueIds(LANE, NOW + 499)).isEmpty();
    WorkItem item = due(LANE, NOW + 500).get(0);
    assertThat(item.state()).isEqualTo(NotificationState.PROCESSING);
    assertThat(item.attempts().get(0).outcome()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(await(ledger().begin(start(id, 2))).applied()).isTrue();
  }

  @Test
  void toldALateSuccessOfAnUnknownOutcomeStopsWaiting() throws Exception {
    NotificationId id = begun();
    settle(id, 1, unknown(), new NextStep.Await(NOW + 500, "unknown"));

    assertThat(settleSent(id, 1, "late"))
        .extracting(Settled::applied, Settled::state)
        .containsExactly(true, NotificationState.SENT);
    assertThat(settle(id, 1, broken(), finish(NotificationState.FAILED)).applied()).isFalse();
    assertThat(timeline(id).attempts().get(0).outcome()).isEqualTo(OutcomeKind.SENT);
  }

  @Test
  void tellsFromWhichEndALateSuccessHasMoved() throws Exception {
    NotificationId id = begun();
    settle(id, 1, unknown(), finish(NotificationState.HELD));

    assertThat(settleSent(id, 1, "late"))
        .extracting(Settled::applied, Settled::before, Settled::state)
        .containsExactly(true, NotificationState.HELD, NotificationState.SENT);
    assertThat(settleSent(begun(), 1, "in time").before()).isEqualTo(NotificationState.PROCESSING);
  }

  @Test
  void movesWithoutAnAttemptAndSaysWhy() throws Exception {
    NotificationId id = accept();

    Settled stale = await(ledger().move(id, 1, false, finish(NotificationState.EXPIRED), NOW));
    Settled moved = await(ledger().move(id, 0, false, finish(NotificationState.EXPIRED), NOW + 9));
    Settled late = await(ledger().move(id, 0, false, finish(NotificationState.CANCELLED), NOW));

    assertThat(stale.applied()).isFalse();
    assertThat(moved)
        .extracting(Settled::applied, Settled::state)
        .containsExactly(true, NotificationState.EXPIRED);
    assertThat(late)
        .extracting(Settled::applied, Settled::state)
        .containsExactly(false, NotificationState.EXPIRED);
    Timeline timeline = timeline(id);
    assertThat(timeline.events()).containsExactly(new Timeline.Event(NOW + 9, "expired", "done"));
    assertThat(timeline.reason()).isEqualTo("done");
    assertThat(timeline.dueAtMillis()).isZero();
  }

  @Test
  void dueWorkIsThatOfTheBucketsThatAreAskedFor() throws Exception {
    Set<NotificationId> all = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      all.add(accept());
    }
    long mine = 0xf0f0_0000_ffff_0f0fL;
    Set<NotificationId> found = new HashSet<>();
    for (long buckets : new long[] {mine, ~mine}) {
      NodeShare share = new NodeShare(1, buckets, false, 0);
      DueWork due = await(ledger().due(LANE, buckets, NOW, 100, Long.MAX_VALUE, Set.of()));
      due.items().forEach(item -> assertThat(share.has(item.id())).isTrue());
      due.items().forEach(item -> found.add(item.id()));
    }
    assertThat(found).isEqualTo(all);
    assertThat(await(ledger().due(LANE, 0, NOW, 100, Long.MAX_VALUE, Set.of())).items()).isEmpty();
  }

  @Test
  void givesOutDueWorkInOrderAndSkipsWhatTheCallerHas() throws Exception {
    AcceptRequest later = request(TENANT, "later", null, NOW + 20);
    AcceptRequest sooner = request(TENANT, "sooner", null, NOW + 10);
    NotificationId now = accept();
    await(ledger().acceptAll(List.of(later, sooner)));

    assertThat(dueIds(LANE, NOW)).containsExactly(now);
    assertThat(dueIds(LANE, NOW + 20)).containsExactly(now, sooner.id(), later.id());
    DueWork found = await(ledger().due(LANE, -1, NOW + 20, 1, Long.MAX_VALUE, Set.of(now)));
    assertThat(found.more()).isTrue();
    List<WorkItem> some = found.items();
    assertThat(some).hasSize(1);
    assertThat(some.get(0).id()).isEqualTo(sooner.id());
    assertThat(some.get(0).state()).isEqualTo(NotificationState.SCHEDULED);
    assertThat(some.get(0).contentBytes()).isEqualTo(sooner.content().length());
  }

  @Test
  void tellsWhichOfSomeNotificationsAreDueAndWhichOfThoseHaveNoRoom() throws Exception {
    NotificationId once = accept();
    NotificationId begun = begun();
    NotificationId retried = begun();
    settle(retried, 1, broken(), new NextStep.Retry(NOW + 10, 1, "exhausted"));
    AcceptRequest later = request(TENANT, "later", null, NOW + 20);
    await(ledger().accept(later));
    NotificationId unknown = ids.next();
    NotificationId twin = new NotificationId(once.key(), once.random() ^ 1);
    Set<NotificationId> asked = Set.of(once, begun, retried, later.id(), unknown, twin);

    DueAmong all = await(ledger().dueOf(asked, NOW + 10, Long.MAX_VALUE));
    assertThat(all.items()).extracting(WorkItem::id).containsExactly(once, retried);
    assertThat(all.items().get(1).lane()).isEqualTo(RETRY_LANE);
    assertThat(all.items().get(1).attempts()).hasSize(1);
    assertThat(all.left()).isEmpty();
    DueAmong least = await(ledger().dueOf(asked, NOW + 10, 0));
    assertThat(least.items()).extracting(WorkItem::id).containsExactly(once);
    assertThat(least.left()).containsExactly(retried);
    assertThat(await(ledger().dueOf(Set.of(), NOW, 0)).items()).isEmpty();
  }

  @Test
  void givesOutNoMoreDueWorkThanTheCallerHasBytesFor() throws Exception {
    AcceptRequest one = request("x".repeat(500));
    AcceptRequest two = request("y".repeat(500));
    AcceptRequest three = request("z".repeat(500));
    await(ledger().acceptAll(List.of(one, two, three)));
    int bytes = one.content().length();

    DueWork least = await(ledger().due(LANE, -1, NOW, 9, 0, Set.of()));
    assertThat(least.items()).extracting(WorkItem::id).containsExactly(one.id());
    assertThat(least.more()).isTrue();
    DueWork some = await(ledger().due(LANE, -1, NOW, 9, bytes * 2L, Set.of()));
    assertThat(some.items()).extracting(WorkItem::id).containsExactly(one.id(), two.id());
    assertThat(some.more()).isTrue();
    DueWork rest = await(ledger().due(LANE, -1, NOW, 1, bytes, Set.of(one.id(), two.id())));
    assertThat(rest.items()).extracting(WorkItem::id).containsExactly(three.id());
    assertThat(rest.more()).isFalse();
  }

  @Test
  void itemsOfBatchesHaveLanesOfTheirOwnInEveryRound() throws Exception {
    Lane batch = new Lane(LANE.channel(), LANE.priority(), LaneKind.BATCH);
    AcceptRequest alone = request("alone");
    AcceptRequest template = request("one of many");
    AcceptRequest item =
        new AcceptRequest(
            template.id(),
            template.notification(),
            List.of(),
            template.content(),
            true,
            template.state(),
            template.acceptedAtMillis(),
            template.dueAtMillis(),
            null);
    await(ledger().acceptAll(List.of(alone, item)));

    assertThat(dueIds(LANE, NOW)).containsExactly(alone.id());
    assertThat(due(batch, NOW)).singleElement().matches(WorkItem::batch);
    await(ledger().move(item.id(), 0, false, new NextStep.Retry(NOW, 1, "next_round"), NOW));
    assertThat(dueIds(batch, NOW)).isEmpty();
    assertThat(due(batch.ofRound(1), NOW))
        .singleElement()
        .satisfies(again -> assertThat(again.lane()).isEqualTo(batch.ofRound(1)));
    await(ledger().move(item.id(), 0, false, new NextStep.Retry(NOW, 0, "replayed"), NOW));
    assertThat(dueIds(batch, NOW)).containsExactly(item.id());
  }

  @Test
  void countsTheBacklogByLane() throws Exception {
    accept();
    await(ledger().accept(request(TENANT, "later", null, NOW + 20)));
    NotificationId retried = begun();
    settle(retried, 1, broken(), new NextStep.Retry(NOW + 99, 1, "exhausted"));

    assertThat(await(ledger().backlog(NOW + 5)))
        .containsExactlyInAnyOrder(new Backlog(LANE, 1, 1, NOW), new Backlog(RETRY_LANE, 0, 1, 0));
  }

  @Test
  void takesUnreadableNotificationsOutOfTheLane() throws Exception {
    AcceptRequest good = request("good");
    AcceptRequest template = request("bad");
    AcceptRequest bad =
        new AcceptRequest(
            template.id(),
            template.notification(),
            Buffer.buffer("not json"),
            NotificationState.QUEUED,
            NOW - 1,
            NOW - 1,
            null);
    await(ledger().acceptAll(List.of(good, bad)));

    assertThat(await(ledger().due(LANE, -1, NOW, 1, Long.MAX_VALUE, Set.of())).items())
        .extracting(WorkItem::id)
        .containsExactly(good.id());
    assertThat(timeline(bad.id()).reason()).isEqualTo("unreadable");
    assertThat(state(bad.id())).isEqualTo(NotificationState.DEAD_LETTER);
  }

  @Test
  void findsBrokenOffAttemptsAfterARestart() throws Exception {
    NotificationId waiting = accept();
    NotificationId brokenOff = begun();
    NotificationId done = begun();
    settleSent(done, 1, "m");

    reopen();
    Recovery recovery = await(ledger().recover(NOW + 1_000));

    assertThat(recovery).isEqualTo(new Recovery(1, List.of(), 2, done.key()));
    AttemptEntry attempt = timeline(brokenOff).attempts().get(0);
    assertThat(attempt.outcome()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(attempt.code()).isEqualTo("node_stopped");
    assertThat(dueIds(LANE, NOW + 1_000)).containsExactly(waiting, brokenOff);
    assertThat(await(ledger().recover(NOW + 1_001)).brokenOff()).isZero();
  }

  @Test
  void refusesWorkAfterItsClose() throws Exception {
    await(ledger().close());

    assertThatThrownBy(() -> accept()).hasCauseInstanceOf(LedgerUnavailableException.class);
    assertThatThrownBy(() -> await(ledger().backlog(NOW)))
        .hasCauseInstanceOf(LedgerUnavailableException.class);
  }
}
