package io.signalbox.gateway.operation;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OperationAttempt.End;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.ledger.OperationProblem;
import io.signalbox.gateway.ledger.OperationProblem.Kind;
import io.signalbox.gateway.ledger.OperationProgress;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.model.OperationState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows for an operation from what happened. Pure: the clock and chance are passed
 * in, and what it gives is stored before anything is done. Empty where nothing follows in the state
 * that the operation is in.
 *
 * <p>What is to be done is told by the state: whoever is pending asks for candidates when it is
 * due, whoever is trying makes its newest attempt, whoever is unsettled looks that up when it is
 * due.
 */
public final class OperationStep {
  /** The code of an attempt that was under way when the gateway stopped. */
  public static final String NODE_STOPPED = "node_stopped";

  /** The code of an attempt whose answer named what belongs to another operation. */
  public static final String CLAIMED_BY_OTHER = "claimed_by_other";

  /** So long after its deadline an attempt whose answer nobody waits for is given up. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final int LOOK_UPS_THAT_COUNT = 2;
  private static final String LOST = "nobody waited for its answer any more";
  private static final String OTHERS = "what the provider named belongs to another operation";

  private final OperationRules rules;
  private final long beganAtMillis;
  private final NobodyLeft nobodyLeft = new NobodyLeft();

  /**
   * Makes the decisions under some rules.
   *
   * @param beganAtMillis since when operations are worked on here: before, nobody could look
   *     anything up
   */
  public OperationStep(OperationRules rules, long beganAtMillis) {
    this.rules = rules;
    this.beganAtMillis = beganAtMillis;
  }

  /**
   * Candidates were asked for.
   *
   * @param accounts gives what tells the account of a provider from others now
   * @param random 0 to 1, 1 excluded
   */
  public Optional<OperationProgress> chosen(
      Operation operation,
      Candidates candidates,
      UnaryOperator<String> accounts,
      long nowMillis,
      double random) {
    if (operation.state() != OperationState.PENDING) {
      return Optional.empty();
    }
    if (isTooLate(operation, nowMillis)) {
      return Optional.of(nobodyLeft.tooLate(operation, nowMillis));
    }
    return Optional.of(
        candidates.ranked().stream()
            .filter(candidate -> candidate.isEligible() && mayTry(operation, candidate, nowMillis))
            .findFirst()
            .map(
                candidate ->
                    begin(
                        operation,
                        candidate,
                        accounts.apply(candidate.provider()),
                        candidates,
                        nowMillis))
            .orElseGet(() -> nobodyLeft.follows(operation, candidates, nowMillis, random)));
  }

  /**
   * Whether nothing was done for it for so long that whoever wanted it has given it up: the gateway
   * stood still, or had too much to do.
   */
  private static boolean isTooLate(Operation operation, long nowMillis) {
    long waits = operation.progress().updatedAtMillis() + OperationRules.LONGEST_TURN.toMillis();
    return nowMillis >= Math.max(waits, operation.patientUntilMillis());
  }

  /** Once a round; in a later one only who may be asked again at all. */
  private static boolean mayTry(Operation operation, Candidate candidate, long nowMillis) {
    boolean patient = nowMillis < operation.patientUntilMillis();
    boolean may = true;
    for (OperationAttempt attempt : operation.progress().attempts()) {
      if (attempt.provider().equals(candidate.provider())
          && attempt.variant().equals(candidate.variant())) {
        End end = attempt.end();
        may =
            end != null
                && attempt.round() != operation.progress().round()
                && (end.retryable() || (patient && mayBeMended(end.how())));
      }
    }
    return may;
  }

  /** Somebody pays the bill, or corrects the credentials; a breaker closes. */
  private static boolean mayBeMended(How how) {
    return how == How.PROVIDER_FAULT || how == How.TRANSIENT || how == How.THROTTLED;
  }

  private OperationProgress begin(
      Operation operation,
      Candidate candidate,
      String account,
      Candidates candidates,
      long nowMillis) {
    OperationProgress now = operation.progress();
    long deadline = nowMillis + rules.callTimeout().toMillis();
    return Progressing.from(now, nowMillis)
        .begin(
            new OperationAttempt(
                now.made() + 1,
                candidate.provider(),
                candidate.variant(),
                candidate.exclusive(),
                account,
                now.round(),
                candidates.decision(),
                nowMillis,
                deadline,
                null))
        .to(OperationState.TRYING, deadline + GRACE.toMillis());
  }

  /**
   * The newest attempt was answered.
   *
   * @param end how it ended
   * @param result what came of it, exactly where it is done
   */
  public Optional<OperationProgress> answered(
      Operation operation, End end, @Nullable OperationResult result, long nowMillis) {
    boolean known = end.how() != How.UNKNOWN;
    if (operation.state() != OperationState.TRYING
        && !(known && operation.state() == OperationState.UNSETTLED)) {
      return Optional.empty();
    }
    Progressing ended = Progressing.from(operation.progress(), nowMillis).end(end);
    return Optional.of(
        switch (end.how()) {
          case DONE, FOUND -> confirmed(ended, result);
          case UNKNOWN -> unsettled(ended, nowMillis);
          case REJECTED ->
              ended.failed(new OperationProblem(Kind.REJECTED, refusal(operation, end), 0));
          case TAKEN ->
              ended.failed(new OperationProblem(Kind.SLOT_TAKEN, refusal(operation, end), 0));
          case UNSERVED, TRANSIENT, THROTTLED, PROVIDER_FAULT, NOT_FOUND ->
              ended.to(OperationState.PENDING, nowMillis);
        });
  }

  private static OperationProgress confirmed(Progressing ended, @Nullable OperationResult result) {
    if (result == null) {
      throw new IllegalArgumentException("what is done has a result");
    }
    return ended.confirmed(result);
  }

  private static String refusal(Operation operation, End end) {
    String why = end.message() == null ? String.valueOf(end.code()) : end.message();
    return operation.progress().newest().provider() + " refused the request: " + why;
  }

  private static OperationProgress unsettled(Progressing ended, long nowMillis) {
    return ended
        .lookedUp(0, 0)
        .to(OperationState.UNSETTLED, nowMillis + OperationRules.lookUpMillis(0));
  }

  /** Nobody waits for the answer of the newest attempt any more: its node has died. */
  public Optional<OperationProgress> brokenOff(Operation operation, long nowMillis) {
    return lost(operation, NODE_STOPPED, LOST, nowMillis);
  }

  /** What the newest attempt or a look-up named belongs to another operation. */
  public Optional<OperationProgress> claimedByOther(Operation operation, long nowMillis) {
    return operation.state() == OperationState.UNSETTLED
        ? notAsked(operation, nowMillis)
        : lost(operation, CLAIMED_BY_OTHER, OTHERS, nowMillis);
  }

  private static Optional<OperationProgress> lost(
      Operation operation, String code, String message, long nowMillis) {
    if (operation.state() != OperationState.TRYING) {
      return Optional.empty();
    }
    End end = new End(How.UNKNOWN, nowMillis, true, code, 0, message);
    return Optional.of(
        unsettled(Progressing.from(operation.progress(), nowMillis).end(end), nowMillis));
  }

  /** A look-up found what the newest attempt did. */
  public Optional<OperationProgress> found(
      Operation operation, OperationResult result, long nowMillis) {
    return whileUnsettled(
        operation,
        () ->
            Progressing.from(operation.progress(), nowMillis)
                .become(How.FOUND, nowMillis)
                .confirmed(result));
  }

  /**
   * A look-up found nothing of the newest attempt; what is found late may still be in the making.
   */
  public Optional<OperationProgress> notFound(Operation operation, long nowMillis) {
    OperationProgress now = operation.progress();
    if (operation.state() != OperationState.UNSETTLED) {
      return Optional.empty();
    }
    long countsFrom = now.newest().deadlineAtMillis() + rules.settleAfter().toMillis();
    int notFound = nowMillis < countsFrom ? 0 : now.notFound() + 1;
    return notFound < LOOK_UPS_THAT_COUNT
        ? again(operation, notFound, nowMillis)
        : Optional.of(
            Progressing.from(now, nowMillis)
                .become(How.NOT_FOUND, nowMillis)
                .lookedUp(now.lookUps() + 1, notFound)
                .to(OperationState.PENDING, nowMillis));
  }

  /** A provider could not be asked what the newest attempt did, or what it says settles nothing. */
  public Optional<OperationProgress> notAsked(Operation operation, long nowMillis) {
    return whileUnsettled(
        operation,
        () -> {
          OperationAttempt newest = operation.progress().newest();
          long since = Math.max(newest.startedAtMillis(), beganAtMillis);
          long until =
              Math.max(since + rules.settleWithin().toMillis(), operation.patientUntilMillis());
          if (nowMillis < until) {
            return again(operation, 0, nowMillis).orElseThrow();
          }
          String detail =
              newest.provider() + " may have done it, and cannot be asked: look there by hand";
          return Progressing.from(operation.progress(), nowMillis)
              .failed(new OperationProblem(Kind.OUTCOME_UNKNOWN, detail, 0));
        });
  }

  private static Optional<OperationProgress> again(
      Operation operation, int notFound, long nowMillis) {
    int lookUps = operation.progress().lookUps() + 1;
    return Optional.of(
        Progressing.from(operation.progress(), nowMillis)
            .lookedUp(lookUps, notFound)
            .to(OperationState.UNSETTLED, nowMillis + OperationRules.lookUpMillis(lookUps)));
  }

  private static Optional<OperationProgress> whileUnsettled(
      Operation operation, Supplier<OperationProgress> what) {
    return operation.state() == OperationState.UNSETTLED
        ? Optional.of(what.get())
        : Optional.empty();
  }

  /** The caller has called it back. */
  public Optional<OperationProgress> cancelled(Operation operation, long nowMillis) {
    return operation.state() == OperationState.PENDING
        ? Optional.of(Progressing.from(operation.progress(), nowMillis).cancelled())
        : Optional.empty();
  }
}
