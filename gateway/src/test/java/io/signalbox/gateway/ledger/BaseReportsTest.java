package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.signalbox.gateway.ledger.BreakerLedger.BreakerEvent;
import io.signalbox.gateway.ledger.BreakerLedger.BreakerTransition;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every ledger must tell people, and keep for breakers. */
public abstract class BaseReportsTest extends LedgerContract {

  @Test
  void theRowOfANotificationSaysHowItsProviderWasChosen() throws Exception {
    NotificationId id = begun();

    assertThat(
            askStore(
                "SELECT resilience_strategy, circuit_breaker_open_at, retry_count"
                    + " FROM notifications WHERE id = "
                    + id.key()))
        .containsExactly("best_score|" + (NOW + 1) + "|0");
  }

  @Test
  void listsDeadLettersNewestFirstInPages() throws Exception {
    NotificationId first = dead("alpha");
    NotificationId second = dead("beta");
    NotificationId third = dead("alpha");
    DeadLetterFilter all = DeadLetterFilter.all(TENANT);

    List<DeadLetter> page = await(reports().deadLetters(all, null, 2));
    assertThat(page).extracting(DeadLetter::id).containsExactly(third, second);
    assertThat(await(reports().deadLetters(all, second, 2)))
        .extracting(DeadLetter::id)
        .containsExactly(first);
    DeadLetter letter = page.get(1);
    assertThat(letter.lastProvider()).isEqualTo("beta");
    assertThat(letter.lastError()).isEqualTo("connection_refused: refused");
    assertThat(letter.reason()).isEqualTo("rounds_exhausted");
    assertThat(letter.attempts()).isEqualTo(1);
    assertThat(letter.channel()).isEqualTo(Channel.EMAIL);
    assertThat(letter.diedAtMillis()).isEqualTo(NOW + 100);
  }

  @Test
  void waitingForTheSameReasonIsToldOnce() throws Exception {
    NotificationId id = accept();
    for (int i = 1; i <= 3; i++) {
      NextStep later = new NextStep.Retry(NOW + i, 0, "no_provider");
      assertThat(await(ledger().move(id, 0, false, later, NOW + i)).applied()).isTrue();
    }
    NextStep other = new NextStep.Retry(NOW + 9, 0, "a: breaker_open");
    assertThat(await(ledger().move(id, 0, false, other, NOW + 9)).applied()).isTrue();

    assertThat(timeline(id).events())
        .extracting(Timeline.Event::detail)
        .containsExactly("no_provider", "a: breaker_open");
  }

  @Test
  void filtersDeadLetters() throws Exception {
    NotificationId alpha = dead("alpha");
    dead("beta");

    assertThat(count(filter(null, null, "alpha", 0, Long.MAX_VALUE))).isEqualTo(1);
    assertThat(count(filter(alpha, null, null, 0, Long.MAX_VALUE))).isEqualTo(1);
    assertThat(count(filter(null, Channel.SMS, null, 0, Long.MAX_VALUE))).isZero();
    assertThat(count(filter(null, Channel.EMAIL, null, 0, Long.MAX_VALUE))).isEqualTo(2);
    assertThat(count(filter(null, null, null, NOW + 101, Long.MAX_VALUE))).isZero();
    assertThat(count(filter(null, null, null, 0, NOW + 100))).isZero();
    assertThat(count(DeadLetterFilter.all("other"))).isZero();
  }

  @Test
  void replaysDeadLettersAndGoesOnCounting() throws Exception {
    NotificationId id = dead("alpha");
    dead("beta");
    DeadLetterFilter one = filter(id, null, null, 0, Long.MAX_VALUE);

    assertThat(await(reports().replayDeadLetters(one, 10, NOW + 900)).count()).isEqualTo(1);

    Timeline timeline = timeline(id);
    assertThat(timeline.state()).isEqualTo(NotificationState.QUEUED);
    assertThat(timeline.round()).isZero();
    assertThat(timeline.attempts()).hasSize(1);
    assertThat(timeline.events()).containsExactly(new Timeline.Event(NOW + 900, "replayed", null));
    assertThat(dueIds(LANE, NOW + 900)).containsExactly(id);
    WorkItem item = due(LANE, NOW + 900).get(0);
    assertThat(item.acceptedAtMillis()).isEqualTo(NOW + 900);
    assertThat(item.attempts())
        .extracting(PastAttempt::round)
        .containsExactly(PastAttempt.BEFORE_REPLAY);
    assertThat(await(ledger().begin(start(id, 2))).applied()).isTrue();
    assertThat(count(DeadLetterFilter.all(TENANT))).isEqualTo(1);
  }

  @Test
  void discardsDeadLettersForGood() throws Exception {
    NotificationId id = dead("alpha");
    dead("alpha");
    dead("alpha");

    DeadLetterFilter all = DeadLetterFilter.all(TENANT);
    assertThat(await(reports().discardDeadLetters(all, 2, NOW + 900)).count()).isEqualTo(2);

    assertThat(count(DeadLetterFilter.all(TENANT))).isEqualTo(1);
    assertThat(state(id)).isEqualTo(NotificationState.DEAD_LETTER);
    DeadLetterFilter one = filter(id, null, null, 0, Long.MAX_VALUE);
    assertThat(await(reports().discardDeadLetters(one, 9, NOW + 900)).count()).isEqualTo(1);
    assertThat(state(id)).isEqualTo(NotificationState.FAILED);
    assertThat(await(reports().replayDeadLetters(one, 9, NOW + 900)).count()).isZero();
  }

  @Test
  void decidesAboutMoreThanOneChunk() throws Exception {
    List<AcceptRequest> requests = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      requests.add(request("hello"));
    }
    await(ledger().acceptAll(requests));
    List<Future<?>> dying = new ArrayList<>();
    for (AcceptRequest one : requests) {
      dying.add(ledger().move(one.id(), 0, false, finish(NotificationState.DEAD_LETTER), NOW));
    }
    await(Future.all(dying));
    DeadLetterFilter all = DeadLetterFilter.all(TENANT);

    assertThat(await(reports().replayDeadLetters(all, 1_050, NOW + 900)).count()).isEqualTo(1_050);
    assertThat(count(all)).isEqualTo(50);
    assertThat(await(reports().discardDeadLetters(all, 9_000, NOW + 900)).count()).isEqualTo(50);
    assertThat(count(all)).isZero();
    assertThat(await(reports().discardDeadLetters(all, 9_000, NOW + 900)).count()).isZero();
  }

  @Test
  void whatIsHeldWaitsForAPersonToo() throws Exception {
    NotificationId dead = dead("alpha");
    NotificationId held = begun();
    settle(held, 1, unknown(), new NextStep.Finish(NotificationState.HELD, "unknown_outcome"));
    DeadLetterFilter all = DeadLetterFilter.all(TENANT);

    assertThat(await(reports().deadLetters(all, null, 9)))
        .extracting(DeadLetter::id, DeadLetter::state)
        .containsExactly(
            tuple(held, NotificationState.HELD), tuple(dead, NotificationState.DEAD_LETTER));
    assertThat(await(reports().deadLetters(only(NotificationState.HELD), null, 9)))
        .extracting(DeadLetter::id)
        .containsExactly(held);
    assertThat(count(only(NotificationState.DEAD_LETTER))).isEqualTo(1);
    assertThat(count(all)).isEqualTo(2);

    assertThat(await(reports().replayDeadLetters(only(NotificationState.HELD), 9, NOW + 900)))
        .isEqualTo(new DeadLettersMoved(Map.of(NotificationState.HELD, 1L)));
    assertThat(state(held)).isEqualTo(NotificationState.QUEUED);
    assertThat(due(LANE, NOW + 900).get(0).attempts())
        .extracting(PastAttempt::round, PastAttempt::outcome)
        .containsExactly(tuple(PastAttempt.BEFORE_REPLAY, OutcomeKind.UNKNOWN));
    assertThat(count(all)).isEqualTo(1);
  }

  private static DeadLetterFilter only(NotificationState state) {
    return new DeadLetterFilter(TENANT, null, null, null, 0, Long.MAX_VALUE, state);
  }

  @Test
  void tellsRecentResultsOldestFirst() throws Exception {
    settleSent(begun(), 1, "m-1");
    NotificationId second = begun();
    settle(second, 1, broken(), new NextStep.Attempt(start(second, 2, "beta"), "transient"));

    assertThat(await(reports().recentResults(10)))
        .containsExactly(
            new PastResult("alpha", Channel.EMAIL, OutcomeKind.SENT, 99, NOW + 100, null),
            new PastResult("alpha", Channel.EMAIL, OutcomeKind.TRANSIENT, 99, NOW + 100, null));
    assertThat(await(reports().recentResults(1)))
        .extracting(PastResult::outcome)
        .containsExactly(OutcomeKind.TRANSIENT);
  }

  @Test
  void tellsRecentResultsOfEachProviderHoweverLittleItIsUsed() throws Exception {
    NotificationId rare = begun();
    settle(rare, 1, broken(), new NextStep.Attempt(start(rare, 2, "beta"), "transient"));
    settleSent(rare, 2, "m-0");
    for (int i = 0; i < 5; i++) {
      settleSent(begun(), 1, "m-" + (i + 1));
    }

    assertThat(await(reports().recentResults(2)))
        .extracting(PastResult::provider)
        .containsExactly("beta", "alpha", "alpha");
  }

  @Test
  void leavesAttemptsThatItBrokeOffItselfOutOfTheResults() throws Exception {
    begun();
    await(ledger().recover(NOW + 1));

    assertThat(await(reports().recentResults(10))).isEmpty();
  }

  private static AttemptStart underPolicy(NotificationId id, int number) {
    return underPolicy(id, number, start(id, number).possibleDuplicate());
  }

  private static AttemptStart underPolicy(NotificationId id, int number, boolean doubles) {
    AttemptStart start = start(id, number);
    return new AttemptStart(
        start.attempt(),
        start.round(),
        start.channel(),
        start.provider(),
        start.generation(),
        new Decision(null, "best_score", List.of(), "sample"),
        start.startedAtMillis(),
        start.deadlineAtMillis(),
        doubles,
        start.recipient(),
        false);
  }

  private int doubledSince(long sinceMillis) throws Exception {
    return await(ledger().policyUse(sinceMillis)).stream().mapToInt(PolicyUse::doubled).sum();
  }

  @Test
  void countsADoubledNotificationOnceAndNotForAReplay() throws Exception {
    NotificationId id = accept();
    await(ledger().begin(underPolicy(id, 1)));
    settle(id, 1, unknown(), new NextStep.Attempt(underPolicy(id, 2), "unknown"));
    settle(id, 2, unknown(), new NextStep.Attempt(underPolicy(id, 3), "unknown"));
    settle(id, 3, broken(), finish(NotificationState.DEAD_LETTER));
    DeadLetterFilter dead = only(NotificationState.DEAD_LETTER);
    assertThat(await(reports().replayDeadLetters(dead, 10, NOW + 200)).count()).isEqualTo(1);
    assertThat(await(ledger().begin(underPolicy(id, 4))).applied()).isTrue();

    assertThat(doubledSince(NOW)).isEqualTo(1);
    assertThat(doubledSince(NOW + 3)).isZero();
  }

  @Test
  void countsWhatWasDoubledAsItWasKnownThen() throws Exception {
    NotificationId id = accept();
    await(ledger().begin(underPolicy(id, 1)));
    // The first was known not to have arrived: the second doubled nothing, but the third did.
    settle(id, 1, unknown(), new NextStep.Attempt(underPolicy(id, 2, false), "unknown"));
    settle(id, 2, unknown(), new NextStep.Attempt(underPolicy(id, 3), "unknown"));
    record(id, 2, ReceiptStatus.FAILED);

    assertThat(doubledSince(NOW)).isEqualTo(1);
    assertThat(doubledSince(NOW + 3)).isEqualTo(1);
    assertThat(doubledSince(NOW + 4)).isZero();
  }

  @Test
  void remembersTheLatestStateOfEachBreaker() throws Exception {
    BreakerTransition opens = transition("alpha", "closed", "open", 1);
    BreakerTransition halfOpens = transition("alpha", "open", "half_open", 2);
    BreakerTransition other = transition("beta", "closed", "open", 1);
    await(opened.breakers().recordTransition(opens));
    await(opened.breakers().recordTransition(other));
    await(opened.breakers().recordTransition(halfOpens));

    reopen();

    assertThat(await(opened.breakers().breakers())).containsExactly(halfOpens, other);
  }

  @Test
  void pagesThroughTheTransitionsOfABreaker() throws Exception {
    List<BreakerTransition> recorded = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      BreakerTransition next = transition("alpha", "closed", "open", i);
      await(opened.breakers().recordTransition(next));
      await(opened.breakers().recordTransition(transition("beta", "open", "closed", i)));
      recorded.add(0, next);
    }

    List<BreakerEvent> first = await(opened.breakers().transitions("alpha", Long.MAX_VALUE, 3));
    List<BreakerEvent> second = await(opened.breakers().transitions("alpha", first.get(2).id(), 3));

    assertThat(first).extracting(BreakerEvent::transition).isEqualTo(recorded.subList(0, 3));
    assertThat(second).extracting(BreakerEvent::transition).isEqualTo(recorded.subList(3, 5));
    assertThat(await(opened.breakers().transitions("nobody", Long.MAX_VALUE, 3))).isEmpty();
  }

  @Test
  void tellsInPagesWhatIsDoneForABackTest() throws Exception {
    NotificationId first = begun();
    settleSent(first, 1, "m-1");
    begun();
    NotificationId unsure = begun();
    settle(unsure, 1, unknown(), finish(NotificationState.SENT));
    record(unsure, 1, ReceiptStatus.DELIVERED);
    AcceptRequest others = request("others", "hello", null, NOW);
    await(ledger().accept(others));
    await(ledger().begin(start(others.id(), 1)));
    settleSent(others.id(), 1, "m-2");
    HistoryLedger history = opened.whole().history();
    long before = first.key() - 1;
    long until = Clock.systemUTC().millis() + 60_000;

    PastWork.Page all = await(history.page(null, before, until, 10));
    assertThat(all.work())
        .extracting(PastWork::key)
        .containsExactly(first.key(), unsure.key(), others.id().key());
    assertThat(all.more()).isFalse();
    assertThat(all.work().get(1))
        .isEqualTo(
            new PastWork(
                unsure.key(),
                List.of(Channel.EMAIL),
                List.of(
                    new PastWork.Attempt(
                        Channel.EMAIL, "alpha", NOW + 1, 99, OutcomeKind.UNKNOWN, 0, false))));
    PastWork.Page page = await(history.page(null, before, until, 1));
    assertThat(page.more()).isTrue();
    assertThat(await(history.page(null, page.lastKey(), until, 10)).work()).hasSize(2);
    assertThat(await(history.page("others", before, until, 10)).work())
        .extracting(PastWork::key)
        .containsExactly(others.id().key());
    assertThat(await(history.newestRankings(0, until))).containsOnlyKeys(Channel.EMAIL);
    assertThat(await(history.newestRankings(0, 1))).isEmpty();
  }

  private static BreakerTransition transition(
      String provider, String from, String to, long generation) {
    return new BreakerTransition(
        provider,
        from,
        to,
        "consecutive_failures",
        "5 failures",
        generation,
        NOW,
        NOW + 60_000,
        60_000,
        "open".equals(to),
        null,
        "{\"window_calls\":" + generation + "}");
  }

  private NotificationId dead(String provider) throws Exception {
    NotificationId id = accept();
    await(ledger().begin(start(id, 1, provider)));
    settle(id, 1, broken(), new NextStep.Finish(NotificationState.DEAD_LETTER, "rounds_exhausted"));
    return id;
  }

  private long count(DeadLetterFilter filter) throws Exception {
    return await(reports().countDeadLetters(filter));
  }

  private static DeadLetterFilter filter(
      NotificationId id, Channel channel, String provider, long after, long before) {
    return new DeadLetterFilter(TENANT, id, channel, provider, after, before, null);
  }
}
