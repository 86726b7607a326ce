package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.ledger.BreakerLedger.BreakerTransition;
import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.breaker.BreakerSnapshot;
import io.signalbox.scoring.breaker.Transition;
import io.signalbox.scoring.breaker.TransitionCause;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.operation.Answer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What one generation of a provider tells the others of itself.
 *
 * @param setup what it is made of
 * @param statusLookup whether it can be asked what became of an attempt
 * @param trials how many attempts may be under way while its breaker is half-open
 */
record ProviderNews(ProviderSetup setup, boolean statusLookup, int trials) {

  /**
   * How it stands.
   *
   * @param more warnings besides those of its configuration
   */
  ProviderState state(Stage stage, BreakerSnapshot breaker, List<String> more) {
    List<String> warnings = new ArrayList<>(setup.warnings());
    warnings.addAll(more);
    return new ProviderState(
        setup.id(),
        setup.plugin().name(),
        setup.plugin().version(),
        setup.generation(),
        setup.definition().channels(),
        setup.definition().priority(),
        setup.definition().weight(),
        setup.definition().limits(),
        setup.definition().price(),
        setup.definition().timeout(),
        statusLookup,
        setup.abilities(),
        stage,
        new BreakerView(
            breaker.state().wireName(),
            breaker.generation(),
            breaker.openUntilMillis(),
            trials,
            breaker.fault(),
            breaker.reason(),
            breaker.changedAtMillis()),
        warnings,
        setup.account());
  }

  /** A move of a provider's breaker as the ledger keeps it. */
  static BreakerTransition transition(
      String provider,
      Transition moved,
      BreakerSnapshot after,
      @Nullable String actor,
      String evidence) {
    return new BreakerTransition(
        provider,
        moved.from().wireName(),
        moved.to().wireName(),
        moved.cause().wireName(),
        moved.reason(),
        moved.generation(),
        moved.atMillis(),
        moved.openUntilMillis(),
        after.recoveryTimeoutMillis(),
        after.fault(),
        actor,
        evidence);
  }

  /** Tells people; aloud if they are needed. */
  static void log(Logger log, String provider, Transition moved) {
    if (moved.cause() == TransitionCause.PROVIDER_FAULT) {
      log.warn(
          "provider {} cannot work and needs somebody: {}; its breaker is open until {}",
          provider,
          moved.reason(),
          Instant.ofEpochMilli(moved.openUntilMillis()));
    } else {
      log.info(
          "breaker of {} moved from {} to {}: {}",
          provider,
          moved.from().wireName(),
          moved.to().wireName(),
          moved.reason());
    }
  }

  /** What is told of an attempt that the stop of its generation cut off: nothing against it. */
  static Observed givenUp(
      String provider, Deliver deliver, Outcome unknown, long tookMillis, long nowMillis) {
    return new Observed(
        provider,
        deliver.request().channel(),
        unknown.kind(),
        AttemptResult.NEUTRAL,
        null,
        unknown.evidence(),
        tookMillis,
        nowMillis);
  }

  /**
   * What scoring is told of a call of an operation that was made.
   *
   * @param counted what it says of the provider's health
   */
  static Observed observed(
      String provider,
      ProviderCall<?> call,
      Answer<?> answer,
      AttemptResult counted,
      long tookMillis,
      Clock clock) {
    Outcome outcome = answer instanceof Answer.Failed<?> failed ? failed.outcome() : null;
    return new Observed(
        provider,
        call.channel(),
        outcome == null ? OutcomeKind.SENT : outcome.kind(),
        counted,
        outcome == null ? null : FailureKinds.of(outcome),
        answer.evidence(),
        tookMillis,
        clock.millis());
  }

  /** What scoring is told of an attempt that was made. */
  static Observed observed(
      String provider, Deliver deliver, Outcome outcome, long tookMillis, long nowMillis) {
    AttemptResult counted = FailureKinds.result(outcome, deliver.cutShort());
    return new Observed(
        provider,
        deliver.request().channel(),
        outcome.kind(),
        counted,
        counted == AttemptResult.NEUTRAL && deliver.cutShort() ? null : FailureKinds.of(outcome),
        outcome.evidence(),
        tookMillis,
        nowMillis);
  }
}
