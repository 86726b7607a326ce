package io.signalbox.gateway.operation;

import static io.signalbox.gateway.operation.OperationStories.NOW;
import static io.signalbox.gateway.operation.OperationStories.candidates;
import static io.signalbox.gateway.operation.OperationStories.end;
import static io.signalbox.gateway.operation.OperationStories.operation;
import static io.signalbox.gateway.operation.OperationStories.result;
import static io.signalbox.gateway.operation.OperationStories.trying;
import static io.signalbox.gateway.operation.OperationStories.unsettled;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.ledger.OperationProblem;
import io.signalbox.gateway.ledger.OperationProgress;
import io.signalbox.gateway.model.OperationState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every state of an operation meets everything that can happen. */
class OperationStepTest {
  private final OperationStep step = new OperationStep(OperationStories.RULES, 0);

  /** What may happen, and where it leads from each state; states that are not named stay. */
  private enum Happening {
    CHOSEN("pending>trying"),
    NOBODY("pending>failed"),
    DONE("trying>confirmed unsettled>confirmed"),
    UNSERVED("trying>pending unsettled>pending"),
    TRANSIENT("trying>pending unsettled>pending"),
    THROTTLED("trying>pending unsettled>pending"),
    FAULT("trying>pending unsettled>pending"),
    REJECTED("trying>failed unsettled>failed"),
    TAKEN("trying>failed unsettled>failed"),
    UNKNOWN("trying>unsettled"),
    FOUND("unsettled>confirmed"),
    NOT_FOUND("unsettled>unsettled"),
    NOT_ASKED("unsettled>unsettled"),
    CLAIMED("trying>unsettled unsettled>unsettled"),
    BROKEN_OFF("trying>unsettled"),
    CANCELLED("pending>cancelled");

    private final String moves;

    Happening(String moves) {
      this.moves = moves;
    }

    Optional<OperationState> from(OperationState state) {
      for (String move : moves.split(" ", -1)) {
        String[] ends = move.split(">", -1);
        if (ends[0].equals(state.wireName())) {
          return OperationState.find(ends[1]);
        }
      }
      return Optional.empty();
    }
  }

  private Optional<OperationProgress> happen(Happening what, Operation to) {
    return switch (what) {
      case CHOSEN ->
          step.chosen(to, candidates("alpha"), any -> OperationStories.ACCOUNT, NOW, 0.5);
      case NOBODY -> step.chosen(to, candidates(), any -> OperationStories.ACCOUNT, NOW, 0.5);
      case DONE -> step.answered(to, end(How.DONE, 200), result("r1"), NOW);
      case UNSERVED -> step.answered(to, end(How.UNSERVED, 200), null, NOW);
      case TRANSIENT -> step.answered(to, end(How.TRANSIENT, 500), null, NOW);
      case THROTTLED -> step.answered(to, end(How.THROTTLED, 429), null, NOW);
      case FAULT -> step.answered(to, end(How.PROVIDER_FAULT, 401), null, NOW);
      case REJECTED -> step.answered(to, end(How.REJECTED, 400), null, NOW);
      case TAKEN -> step.answered(to, end(How.TAKEN, 409), null, NOW);
      case UNKNOWN -> step.answered(to, end(How.UNKNOWN, 0), null, NOW);
      case FOUND -> step.found(to, result("r1"), NOW);
      case NOT_FOUND -> step.notFound(to, NOW);
      case NOT_ASKED -> step.notAsked(to, NOW);
      case CLAIMED -> step.claimedByOther(to, NOW);
      case BROKEN_OFF -> step.brokenOff(to, NOW);
      case CANCELLED -> step.cancelled(to, NOW);
    };
  }

  @ParameterizedTest
  @EnumSource(Happening.class)
  void eachStateMeetsIt(Happening what) {
    Map<OperationState, Operation> all = new EnumMap<>(OperationState.class);
    all.put(OperationState.PENDING, operation());
    all.put(OperationState.TRYING, trying("alpha"));
    all.put(OperationState.UNSETTLED, unsettled("alpha"));
    all.put(OperationState.CONFIRMED, follow(trying("alpha"), Happening.DONE));
    all.put(OperationState.FAILED, follow(trying("alpha"), Happening.REJECTED));
    all.put(OperationState.CANCELLED, follow(operation(), Happening.CANCELLED));
    all.forEach(
        (state, operation) -> {
          assertThat(operation.state()).isEqualTo(state);
          Optional<OperationProgress> next = happen(what, operation);
          assertThat(next.map(OperationProgress::state))
              .as("%s when %s", state, what)
              .isEqualTo(what.from(state));
          next.ifPresent(progress -> assertThatItIsWhole(operation.with(progress)));
        });
  }

  private Operation follow(Operation operation, Happening what) {
    return operation.with(happen(what, operation).orElseThrow());
  }

  private static void assertThatItIsWhole(Operation after) {
    OperationProgress now = after.progress();
    assertThat(now.dueAtMillis() > 0).isEqualTo(after.state().isOpen());
    assertThat(now.endedAtMillis() > 0).isNotEqualTo(after.state().isOpen());
    assertThat(now.result() != null).isEqualTo(after.state() == OperationState.CONFIRMED);
    assertThat(now.problem() != null).isEqualTo(after.state() == OperationState.FAILED);
    for (OperationAttempt attempt : now.attempts()) {
      boolean open = after.state() == OperationState.TRYING && attempt.equals(now.newest());
      assertThat(attempt.end() == null).isEqualTo(open);
    }
  }

  @Test
  void theNextCandidateIsTriedAtOnce() {
    Operation failed = follow(trying("alpha"), Happening.TRANSIENT);
    assertThat(failed.progress().dueAtMillis()).isEqualTo(NOW);

    Operation next = failed.with(chosen(failed, NOW, "alpha", "beta"));

    assertThat(next.state()).isEqualTo(OperationState.TRYING);
    assertThat(next.progress().newest().provider()).isEqualTo("beta");
    assertThat(next.progress().newest().number()).isEqualTo(2);
    assertThat(next.progress().newest().deadlineAtMillis()).isEqualTo(NOW + 15_000);
  }

  @Test
  void anAccountIsTriedInEachOfItsVariants() {
    Operation unserved = follow(trying("alpha", "free_price"), Happening.UNSERVED);
    assertThat(chosen(unserved, NOW, "alpha:free_price", "alpha").attempts())
        .extracting(OperationAttempt::variant)
        .containsExactly("free_price", "");
  }

  @Test
  void roundsComeAfterOneTwoAndFourSecondsAndAreThree() {
    Operation operation = operation();
    List<Long> waits = new ArrayList<>();
    long now = NOW;
    while (operation.state() == OperationState.PENDING) {
      operation = operation.with(chosen(operation, now, "alpha"));
      if (operation.state() == OperationState.TRYING) {
        OperationAttempt.End end = end(How.THROTTLED, 429);
        operation = operation.with(step.answered(operation, end, null, now).orElseThrow());
      } else if (operation.state() == OperationState.PENDING) {
        waits.add(operation.progress().dueAtMillis() - now);
        now = operation.progress().dueAtMillis();
      }
    }
    assertThat(waits).containsExactly(1_000L, 2_000L, 4_000L);
    assertThat(operation.progress().attempts()).hasSize(4);
    assertThat(kind(operation)).isEqualTo(OperationProblem.Kind.EXHAUSTED);
  }

  @Test
  void waitsAreATenthMoreOrLess() {
    assertThat(OperationRules.retryMillis(1, 0)).isEqualTo(900);
    assertThat(OperationRules.retryMillis(2, 0.5)).isEqualTo(2_000);
    assertThat(OperationRules.retryMillis(3, Math.nextDown(1.0))).isEqualTo(4_400);
    assertThat(List.of(0, 1, 2, 3, 4, 99).stream().map(OperationRules::lookUpMillis))
        .containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 15_000L, 15_000L);
  }

  @Test
  void whatWasRefusedForGoodIsNotAskedAgain() {
    for (int status : new int[] {400, 401, 403, 404, 500}) {
      How how = status == 401 || status == 403 ? How.PROVIDER_FAULT : How.TRANSIENT;
      Operation first = trying("alpha");
      first = first.with(step.answered(first, end(how, status), null, NOW).orElseThrow());
      assertThat(chosen(first, NOW, "alpha").state()).isEqualTo(OperationState.FAILED);
      // Another's 503 brings a round, but not for this one.
      Operation second = first.with(chosen(first, NOW, "alpha", "beta"));
      OperationAttempt.End busy = end(How.TRANSIENT, 503);
      second = second.with(step.answered(second, busy, null, NOW).orElseThrow());
      second = second.with(chosen(second, NOW, "alpha", "beta"));
      assertThat(second.progress().round()).isEqualTo(1);
      assertThat(chosen(second, NOW, "alpha", "beta").newest().provider()).isEqualTo("beta");
    }
  }

  @Test
  void whoeverHasNothingToGiveMakesAConflictWithoutRounds() {
    Operation unserved = follow(trying("alpha"), Happening.UNSERVED);
    Operation over = unserved.with(chosen(unserved, NOW, "alpha", "beta!no_stock"));
    assertThat(kind(over)).isEqualTo(OperationProblem.Kind.UNSERVED);
    assertThat(over.problem().detail()).contains("alpha no_stock", "beta no_stock");
  }

  @Test
  void nobodyWhoCanBeAskedIsToldAsSuch() {
    Operation none = operation().with(chosen(operation(), NOW, "alpha-breaker_open"));
    assertThat(kind(none)).isEqualTo(OperationProblem.Kind.UNAVAILABLE);
    assertThat(none.problem().retryAfterMillis()).isEqualTo(OperationStories.RETRY_AFTER);
    assertThat(none.problem().detail()).contains("alpha breaker_open");
    assertThat(none.progress().attempts()).isEmpty();
  }

  @Test
  void whereNobodyServesACallerIsToldWhenToAskAgain() {
    Candidates nobody = new Candidates(List.of(), "adjusted", 0);
    Operation none = operation().with(chosen(operation(), nobody));
    assertThat(kind(none)).isEqualTo(OperationProblem.Kind.UNAVAILABLE);
    assertThat(none.problem().retryAfterMillis()).isEqualTo(5_000);
    assertThat(none.problem().detail()).isEqualTo("there is no provider for it");

    Operation patient = OperationStories.patient(NOW + 600_000);
    assertThat(chosen(patient, nobody).state()).isEqualTo(OperationState.PENDING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"breaker_open", "provider_gone", "draining", "no_permit"})
  void whoeverWasNotAskedAfterAllIsLikeNobody(String code) {
    Operation tried = trying("alpha");
    var end = new OperationAttempt.End(How.TRANSIENT, NOW, false, code, 0, "not asked");
    tried = tried.with(step.answered(tried, end, null, NOW).orElseThrow());
    Operation none = tried.with(chosen(tried, new Candidates(List.of(), "adjusted", 0)));
    assertThat(kind(none)).isEqualTo(OperationProblem.Kind.UNAVAILABLE);
    assertThat(none.problem().detail()).contains("there is no provider");
  }

  private OperationProgress chosen(Operation operation, Candidates candidates) {
    return step.chosen(operation, candidates, any -> OperationStories.ACCOUNT, NOW, 0.5)
        .orElseThrow();
  }

  @Test
  void thePatientWaitForAProvider() {
    Operation patient = OperationStories.patient(NOW + 600_000);
    OperationProgress waits = chosen(patient, NOW, "alpha-breaker_open");
    assertThat(waits.state()).isEqualTo(OperationState.PENDING);
    assertThat(waits.dueAtMillis()).isEqualTo(NOW + OperationStories.RETRY_AFTER);
    Operation later = patient.with(waits);
    assertThat(chosen(later, NOW + 600_000, "alpha-breaker_open").state())
        .isEqualTo(OperationState.FAILED);
    assertThat(chosen(later, NOW + 20_000, "alpha").state()).isEqualTo(OperationState.TRYING);
  }

  @Test
  void whatWaitedForTooLongIsBegunNoMore() {
    long within = OperationRules.LONGEST_TURN.toMillis();
    assertThat(chosen(operation(), NOW + within - 1, "alpha").state())
        .isEqualTo(OperationState.TRYING);
    Operation old = operation();
    Operation late = old.with(chosen(old, NOW + within, "alpha"));
    assertThat(kind(late)).isEqualTo(OperationProblem.Kind.UNAVAILABLE);
    assertThat(late.progress().attempts()).isEmpty();

    Operation once = follow(trying("alpha"), Happening.TRANSIENT);
    Operation given = once.with(chosen(once, NOW + within, "beta"));
    assertThat(kind(given)).isEqualTo(OperationProblem.Kind.EXHAUSTED);

    Operation patient = OperationStories.patient(NOW + 2 * within);
    assertThat(chosen(patient, NOW + 2 * within - 1, "alpha").state())
        .isEqualTo(OperationState.TRYING);
    assertThat(chosen(patient, NOW + 2 * within, "alpha").state()).isEqualTo(OperationState.FAILED);
  }

  @Test
  void nothingFoundCountsLateAndTwice() {
    Operation operation = unsettled("alpha");
    long counts =
        operation.progress().newest().deadlineAtMillis()
            + OperationStories.RULES.settleAfter().toMillis();
    Function<Long, Integer> at = now -> step.notFound(operation, now).orElseThrow().notFound();
    assertThat(at.apply(counts - 1)).isZero();
    assertThat(at.apply(counts)).isEqualTo(1);

    Operation once = operation.with(step.notFound(operation, counts).orElseThrow());
    Operation unheard = once.with(step.notAsked(once, counts + 1).orElseThrow());
    assertThat(unheard.progress().notFound()).isZero();
    OperationProgress twice = step.notFound(once, counts + 1_000).orElseThrow();
    assertThat(twice.state()).isEqualTo(OperationState.PENDING);
    assertThat(twice.newest().end().how()).isEqualTo(How.NOT_FOUND);
  }

  @Test
  void aProviderThatCannotBeAskedIsGivenUpInTheEnd() {
    Operation operation = unsettled("alpha");
    long within =
        operation.progress().newest().startedAtMillis()
            + OperationStories.RULES.settleWithin().toMillis();
    assertThat(step.notAsked(operation, within - 1).orElseThrow().state())
        .isEqualTo(OperationState.UNSETTLED);
    Operation over = operation.with(step.notAsked(operation, within).orElseThrow());
    assertThat(kind(over)).isEqualTo(OperationProblem.Kind.OUTCOME_UNKNOWN);
    assertThat(kind(over).isRetryable()).isFalse();

    // Nor does it help for ever that it names what is another's.
    assertThat(step.claimedByOther(operation, within - 1).orElseThrow().state())
        .isEqualTo(OperationState.UNSETTLED);
    Operation others = operation.with(step.claimedByOther(operation, within).orElseThrow());
    assertThat(kind(others)).isEqualTo(OperationProblem.Kind.OUTCOME_UNKNOWN);
  }

  @Test
  void theTimeInWhichNobodyCouldLookIsNotCounted() {
    Operation operation = unsettled("alpha");
    long within = OperationStories.RULES.settleWithin().toMillis();
    long restart = operation.progress().newest().startedAtMillis() + 2 * within;
    OperationStep restarted = new OperationStep(OperationStories.RULES, restart);
    assertThat(restarted.notAsked(operation, restart + within - 1).orElseThrow().state())
        .isEqualTo(OperationState.UNSETTLED);
    assertThat(restarted.notAsked(operation, restart + within).orElseThrow().state())
        .isEqualTo(OperationState.FAILED);
  }

  private OperationProgress chosen(Operation operation, long now, String... names) {
    return step.chosen(operation, candidates(names), any -> OperationStories.ACCOUNT, now, 0.5)
        .orElseThrow();
  }

  private static OperationProblem.Kind kind(Operation operation) {
    return operation.problem().kind();
  }

  @Test
  void whoIsMendedIsAskedAgainByWhoIsPatient() {
    Operation patient = OperationStories.patient(NOW + 600_000);
    for (Happening fault : List.of(Happening.FAULT, Happening.TRANSIENT)) {
      Operation failed = follow(OperationStories.trying(patient, "alpha", ""), fault);
      Operation later = failed.with(chosen(failed, NOW, "alpha"));
      assertThat(later.state()).isEqualTo(OperationState.PENDING);
      assertThat(later.progress().round()).isEqualTo(1);
      assertThat(chosen(later, NOW + 60_000, "alpha").state()).isEqualTo(OperationState.TRYING);
    }
    Operation impatient = follow(trying("alpha"), Happening.FAULT);
    assertThat(chosen(impatient, NOW, "alpha").state()).isEqualTo(OperationState.FAILED);
  }

  @Test
  void whoIsPatientIsLookedUpForAsLong() {
    Operation unknown =
        follow(
            OperationStories.trying(OperationStories.patient(NOW + 3_600_000), "alpha", ""),
            Happening.UNKNOWN);
    assertThat(step.notAsked(unknown, NOW + 3_599_000).orElseThrow().state())
        .isEqualTo(OperationState.UNSETTLED);
    assertThat(step.notAsked(unknown, NOW + 3_600_000).orElseThrow().problem().kind())
        .isEqualTo(OperationProblem.Kind.OUTCOME_UNKNOWN);
  }

  @Test
  void whatEachSaidLastMakesTheProblem() {
    Operation busy = follow(trying("alpha"), Happening.THROTTLED);
    Operation again = busy.with(chosen(busy, NOW, "alpha"));
    Operation trying = again.with(chosen(again, NOW + 2_000, "alpha"));
    Operation sold = follow(trying, Happening.UNSERVED);
    assertThat(kind(sold.with(chosen(sold, NOW + 2_000, "alpha"))))
        .isEqualTo(OperationProblem.Kind.UNSERVED);
  }
}
