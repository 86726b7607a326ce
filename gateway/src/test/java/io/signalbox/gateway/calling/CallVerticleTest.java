package io.signalbox.gateway.calling;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ProviderMessages.Command;
import io.signalbox.gateway.bus.ProviderMessages.Control;
import io.signalbox.gateway.bus.ProviderMessages.Controlled;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.call.NumberCall.AskOffers;
import io.signalbox.scoring.AttemptResult;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.OfferWish;
import io.signalbox.spi.operation.Rental;
import io.signalbox.testkit.ManualClock;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of calls, whatever the provider does. */
@Timeout(120)
class CallVerticleTest extends BaseCallTest {
  private static final String ROWS =
      "SELECT request_type || ' ' || COALESCE(service, '-') || ' ' || COALESCE(country, '-') || ' '"
          + " || COALESCE(rental_id, '-') || ' ' || success || ' ' || COALESCE(code, '-')"
          + " FROM provider_requests WHERE provider = 'numbers' ORDER BY notification_id";

  private static Outcome outcome(Answer<?> answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<?>) answer).outcome();
  }

  private void command(Command command) throws Exception {
    await(
        bus.request(
            Addresses.provider(ID, current().orElseThrow().generation()),
            new Control(command, "test"),
            Controlled.class,
            LONG));
  }

  @Test
  void whatIsDoneHasAValueAndSpeaksForTheProvider() throws Exception {
    start("");
    server.answer("rent", "done");
    Answer<Rental> answer = await(call(rent(LONG)));
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Done.class, done -> assertThat(((Rental) done.value()).id()).isEqualTo("r-wa"));
    eventually(
        () ->
            assertThat(observed)
                .extracting(one -> one.outcome() + " " + one.result())
                .containsExactly("SENT SUCCESS"));
  }

  @Test
  void everyCallIsRecordedButThoseOfTheSaga() throws Exception {
    start("");
    List.of("rent", "find", "status", "cancel").forEach(name -> server.answer(name, "done"));
    await(call(rent(LONG)));
    await(call(cancel(LONG)));
    await(call(status(LONG)));
    await(call(find(LONG)));
    server.answer("cancel", "broken");
    await(call(cancel(LONG)));
    eventually(
        () ->
            assertThat(askStore(ROWS))
                .containsExactlyInAnyOrder(
                    "cancel wa us r-1 1 done",
                    "status wa us r-1 1 done",
                    "find wa us r-found 1 done",
                    "cancel wa us r-1 0 broken"));
    assertThat(askStore("SELECT DISTINCT tenant FROM provider_requests")).containsExactly(TENANT);
  }

  @Test
  void aChangeIsRecordedBeforeItIsMade() throws Exception {
    start("");
    Future<?> cancelled = call(cancel(LONG));
    eventually(() -> assertThat(server.kept("cancel")).isEqualTo(1));
    assertThat(askStore("SELECT request_type FROM provider_requests WHERE outcome IS NULL"))
        .containsExactly("cancel");
    server.answer("cancel", "done");
    await(cancelled);
  }

  @Test
  void whatIsOutOfStockIsNeitherGoodNorBad() throws Exception {
    start("", "breaker.failure_threshold", "2");
    server.answer("rent", "short");
    for (int i = 0; i < 5; i++) {
      assertThat(await(call(rent(LONG)))).isInstanceOf(Answer.Unserved.class);
    }
    assertThat(current().orElseThrow().breaker().isClosed()).isTrue();
    assertThat(observed).isEmpty();
  }

  @Test
  void aBugOrAMissingAnswerIsUnknownWhereSomethingChangesAndInVainWhereNothingDoes()
      throws Exception {
    start("timeout: 1s\n");
    server.answer("rent", "throw");
    server.answer("find", "throw");
    assertThat(outcome(await(call(rent(LONG)))).kind()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(outcome(await(call(find(LONG)))).kind()).isEqualTo(OutcomeKind.TRANSIENT);
    assertThat(outcome(await(call(cancel(LONG)))).kind()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(outcome(await(call(status(LONG)))).kind()).isEqualTo(OutcomeKind.TRANSIENT);
    assertThat(outcome(await(call(rent(LONG)))).evidence().progress().certainlyNotSent()).isFalse();
    // What reads does not make up the score.
    eventually(
        () ->
            assertThat(observed)
                .filteredOn(one -> one.result() == AttemptResult.FAILURE)
                .hasSize(3));
  }

  @Test
  void aSeriesOfRequestsMayTakeLongerThanOne() throws Exception {
    start("timeout: 1s\n", "breaker.failure_threshold", "2");
    OfferWish patient = new OfferWish(null, null, LONG);
    Future<Answer<List<NumberOffer>>> offers = call(new AskOffers(patient));
    eventually(() -> assertThat(server.kept("offers")).isEqualTo(1));
    for (int i = 0; i < 3; i++) {
      Duration longer = Duration.ofMillis(1_100);
      assertThat(outcome(await(call(new AskOffers(new OfferWish("us", "wa", longer))))).kind())
          .isEqualTo(OutcomeKind.TRANSIENT);
    }
    assertThat(current().orElseThrow().breaker().isClosed()).isTrue();
    assertThat(offers.isComplete()).isFalse();
    server.answer("offers", "done");
    assertThat(await(offers)).isInstanceOf(Answer.Done.class);
  }

  @Test
  void aLateAnswerIsTold() throws Exception {
    start("timeout: 1s\n");
    assertThat(outcome(await(call(rent(LONG)))).kind()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(late).isEmpty();
    server.answer("rent", "done");
    eventually(
        () ->
            assertThat(late)
                .singleElement()
                .satisfies(told -> assertThat(told.answer()).isInstanceOf(Answer.Done.class)));
  }

  @Test
  void anOpenBreakerKeepsNewWorkAwayAndLetsThroughWhatSettlesTheOld() throws Exception {
    start("", "breaker.failure_threshold", "2", "breaker.recovery_timeout", "300s");
    server.answer("rent", "fault");
    server.answer("find", "done");
    server.answer("cancel", "done");
    assertThat(outcome(await(call(rent(LONG)))).kind()).isEqualTo(OutcomeKind.PROVIDER_FAULT);
    awaitBreaker("open");
    long rents = server.asked("/1.0.0/rent");
    assertThat(outcome(await(call(rent(LONG)))).evidence().code()).isEqualTo("breaker_open");
    assertThat(server.asked("/1.0.0/rent")).isEqualTo(rents);
    assertThat(await(call(find(LONG)))).isInstanceOf(Answer.Done.class);
    assertThat(await(call(cancel(LONG)))).isInstanceOf(Answer.Done.class);
    assertThat(states.get(states.size() - 1).breaker().state()).isEqualTo("open");
    eventually(
        () ->
            assertThat(
                    askStore(
                        "SELECT from_state || ' ' || to_state FROM circuit_breaker_events"
                            + " WHERE provider = 'numbers'"))
                .containsExactly("closed open"));
  }

  @Test
  void lookUpsPastAnOpenBreakerAreBounded() throws Exception {
    start("max_concurrent: 200\n", "lookup.rate_per_second", "1", "lookup.timeout", "2s");
    server.answer("find", "done");
    command(Command.OPEN);
    awaitBreaker("open");
    List<Future<? extends Answer<?>>> asked = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      asked.add(call(find(LONG)));
    }
    int refused = 0;
    for (Future<? extends Answer<?>> one : asked) {
      Answer<?> answer = await(one);
      if (answer instanceof Answer.Failed<?> failed) {
        assertThat(failed.evidence().code()).isEqualTo("breaker_open");
        refused++;
      }
    }
    assertThat(server.asked("/1.0.0/find")).isEqualTo(50 - refused).isPositive();
    assertThat(refused).isPositive();
  }

  @Test
  void aProviderThatIsDrainedIsAskedOnlyForWhatItHas() throws Exception {
    start("");
    server.answer("status", "done");
    server.answer("rent", "done");
    command(Command.DRAIN);
    eventually(
        () -> assertThat(outcome(await(call(rent(LONG)))).evidence().code()).isEqualTo("draining"));
    assertThat(await(call(status(LONG)))).isInstanceOf(Answer.Done.class);
  }

  @Test
  void whoAsksForAPauseGetsOne() throws Exception {
    start("");
    server.answer("rent", "pause");
    server.answer("find", "done");
    await(call(rent(LONG)));
    Outcome refused = outcome(await(call(find(LONG))));
    assertThat(refused.evidence().code()).isEqualTo("cooling_down");
    assertThat(refused)
        .isInstanceOfSatisfying(
            Outcome.Throttled.class,
            pause ->
                assertThat(pause.retryAfter()).isBetween(Duration.ZERO, Duration.ofMinutes(1)));
    assertThat(server.asked("/1.0.0/find")).isZero();
  }

  @Test
  void aCallUnderWayEndsWhereItBeganAndTheNextGoesToTheNewGeneration() throws Exception {
    start("max_concurrent: 1\n");
    Future<Answer<Rental>> before = call(rent(LONG));
    eventually(() -> assertThat(server.kept("rent")).isEqualTo(1));
    Future<?> waits = call(cancel(LONG));
    SocketPlugin.put(plugins(), "2.0.0", false);
    eventually(() -> assertThat(current()).map(ProviderState::pluginVersion).contains("2.0.0"));
    assertThat(waits.isComplete()).isFalse();
    server.answer("cancel", "done");
    server.answer("rent", "done");
    assertThat(await(before)).isInstanceOf(Answer.Done.class);
    await(waits);
    assertThat(server.asked("/1.0.0/rent")).isEqualTo(1);
    assertThat(server.asked("/2.0.0/cancel")).isEqualTo(1);
    assertThat(await(call(rent(LONG)))).isInstanceOf(Answer.Done.class);
    assertThat(server.asked("/2.0.0/rent")).isEqualTo(1);
  }

  @Test
  void noMoreAreUnderWayThanTheFileAllows() throws Exception {
    start("max_concurrent: 4\n");
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(call(rent(LONG)));
      all.add(call(status(LONG)));
    }
    // Three of one kind, and the last permit is kept for the other.
    eventually(() -> assertThat(server.kept("rent") + server.kept("status")).isEqualTo(4));
    assertThat(server.kept("rent")).isBetween(1, 3);
    server.answer("rent", "done");
    server.answer("status", "done");
    for (Future<?> one : all) {
      await(one);
    }
    assertThat(server.most("rent") + server.most("status")).isBetween(4, 6);
    assertThat(server.asked("/1.0.0/rent")).isEqualTo(20);
    assertThat(server.asked("/1.0.0/status")).isEqualTo(20);
  }

  @Test
  void whoWaitsTooLongForAPermitIsToldThatNothingWasDone() throws Exception {
    start("max_concurrent: 1\n");
    Future<?> first = call(rent(LONG));
    eventually(() -> assertThat(server.kept("rent")).isEqualTo(1));
    Outcome refused = outcome(await(call(rent(Duration.ofMillis(100)))));
    assertThat(refused.kind()).isEqualTo(OutcomeKind.TRANSIENT);
    assertThat(refused.evidence().code()).isEqualTo("no_permit");
    assertThat(refused.evidence().progress().certainlyNotSent()).isTrue();
    server.answer("rent", "done");
    await(first);
  }

  @Test
  void nobodyBeginsWhoHasWaitedForHalfOfItsTime() throws Exception {
    ManualClock stands = new ManualClock(Clock.systemUTC().instant());
    clock = stands;
    start("max_concurrent: 1\n");
    Future<?> first = call(rent(LONG));
    eventually(() -> assertThat(server.kept("rent")).isEqualTo(1));
    Future<Answer<Rental>> waits = call(rent(LONG));
    // Whoever asks later is answered: it waits by now.
    await(calls.call("nobody", rent(LONG)));
    stands.advance(LONG.dividedBy(2));
    assertThat(outcome(await(waits)).evidence().code()).isEqualTo("no_permit");
    server.answer("rent", "done");
    await(first);
    assertThat(server.asked("/1.0.0/rent")).isEqualTo(1);
  }

  @Test
  void whoIsNotThereIsNotAsked() throws Exception {
    start("");
    assertThat(outcome(await(calls.call("nobody", rent(LONG)))).evidence().code())
        .isEqualTo("provider_gone");
  }
}
