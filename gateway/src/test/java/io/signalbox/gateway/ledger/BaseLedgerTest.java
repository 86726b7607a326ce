package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.ledger.Timeline.AttemptEntry;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    Buffer content = first.content();
    assertThat(
            await(
                ledger()
                    .earlier(
                        List.of(
                            RepeatedRequest.of(TENANT, "key-1", content),
                            RepeatedRequest.of("other", "key-1", content),
                            RepeatedRequest.of(TENANT, "key-1", Buffer.buffer("other")),
                            RepeatedRequest.of(TENANT, "key-2", content)))))
        .containsExactly(
            Optional.of(new AcceptResult.Duplicate(first.id(), NotificationState.QUEUED)),
            Optional.empty(),
            Optional.of(new AcceptResult.KeyReused(first.id())),
            Optional.empty());
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

    assertThat(answeredOn.get(60, TimeUnit.SECONDS)).isSameAs(context);
    assertThat(readOn.get(60, TimeUnit.SECONDS)).isSameAs(context);
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
  void tellsWhetherAStartIsUnderWay() throws Exception {
    NotificationId id = accept();
    assertThat(await(ledger().isUnderWay(start(id, 1)))).isFalse();

    await(ledger().begin(start(id, 1)));
    assertThat(await(ledger().isUnderWay(start(id, 1)))).isTrue();
    assertThat(await(ledger().isUnderWay(start(id, 1, "beta")))).as("of another").isFalse();
    assertThat(await(ledger().isUnderWay(start(id, 2)))).as("the next").isFalse();

    settle(id, 1, unknown(), new NextStep.Await(NOW + 500, "unknown"));
    assertThat(await(ledger().isUnderWay(start(id, 1)))).as("it has ended").isFalse();

    NotificationId recalled = begun();
    await(reports().cancel(TENANT, recalled, NOW + 50));
    assertThat(await(ledger().isUnderWay(start(recalled, 1)))).as("it is not wanted").isFalse();
  }

  @Test
  void anEndToldAgainSaysWhetherItsNextAttemptIsUnderWay() throws Exception {
    for (Outcome outcome : List.of(broken(), unknown())) {
      NotificationId id = begun();
      NextStep next = new NextStep.Attempt(start(id, 2, "beta"), "once more");
      assertThat(settle(id, 1, outcome, next).applied()).isTrue();

      assertThat(settle(id, 1, outcome, next))
          .extracting(Settled::applied, Settled::state)
          .containsExactly(true, NotificationState.PROCESSING);
      assertThat(timeline(id).attempts()).hasSize(2);
      NextStep another = new NextStep.Attempt(start(id, 2, "gamma"), "once more");
      assertThat(settle(id, 1, outcome, another).applied()).isFalse();

      settleSent(id, 2, "m-" + id);
      assertThat(settle(id, 1, outcome, next).applied()).isFalse();
      assertThat(timeline(id).attempts().get(1).outcome()).isEqualTo(OutcomeKind.SENT);
    }
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
