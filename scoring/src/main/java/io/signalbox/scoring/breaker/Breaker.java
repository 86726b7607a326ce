package io.signalbox.scoring.breaker;

import io.signalbox.scoring.AttemptResult;
import java.util.Optional;

/**
 * Decides for one provider whether calls may be made. A state machine without timers, threads or
 * clock: every method takes the time in epoch milliseconds. Thread-confined.
 *
 * <pre>
 *            too many failures, provider fault, manual open
 *   CLOSED ------------------------------------------------> OPEN
 *     ^                                                      |  ^
 *     | enough trials succeeded                 recovery due |  | a trial failed or expired
 *     |                                                      v  |
 *     +-------------------- HALF_OPEN ------------------------- +      reset: from anywhere to CLOSED
 * </pre>
 *
 * <p>Rules that are easy to get wrong, and hold here:
 *
 * <ul>
 *   <li>A success while closed is counted; it does not clear the failures of the window.
 *   <li>Every change begins a new generation, and a result of an older one changes nothing: the
 *       late success of a call begun before the opening does not close it.
 *   <li>A neutral result changes nothing but gives a trial's permit back.
 *   <li>A trial has a deadline. One that hangs or is lost counts as failed, so half-open never
 *       lasts for ever.
 *   <li>Each failed trial doubles the recovery timeout up to its maximum; closing sets it back.
 *   <li>A clock that steps back prolongs no opening beyond the maximum recovery timeout.
 * </ul>
 *
 * <p>Any call may find that time alone changed the state (recovery due, trial expired). Such a
 * change goes to the listener like every other. The {@link Transition} that a method returns is one
 * the listener has heard of already.
 *
 * <p>In a cluster each node has its own breaker, and they exchange {@link BreakerSnapshot}s. While
 * half-open each node admits its own trials; a node that must not, because another holds the right
 * to try, does not ask.
 */
public final class Breaker {
  private final BreakerSettings settings;
  private final TransitionListener listener;
  private final TripRule tripRule;
  private final Trials trials;
  private Permit.Granted closedPermit = Permit.Granted.whileClosed(0);
  private BreakerSnapshot current;

  /** Makes a closed breaker of generation 0 that tells nobody. */
  public Breaker(BreakerSettings settings) {
    this(settings, TransitionListener.NONE);
  }

  /** Makes a closed breaker of generation 0. */
  public Breaker(BreakerSettings settings, TransitionListener listener) {
    this.settings = settings;
    this.listener = listener;
    tripRule = new TripRule(settings);
    trials = new Trials(settings.halfOpenMaxTrials(), settings.trialTimeoutMillis());
    current = BreakerSnapshot.first(settings);
  }

  /** Returns the state as of the last call; an opening whose time is over still shows as open. */
  public BreakerState state() {
    return current.state();
  }

  /** Exports the state, to be stored or shared. */
  public BreakerSnapshot snapshot() {
    return current;
  }

  /** Asks whether a call may be made now. */
  public Permit tryAcquire(long nowMillis) {
    if (current.state() == BreakerState.CLOSED) {
      return closedPermit;
    }
    tick(nowMillis);
    if (current.state() == BreakerState.OPEN) {
      return new Permit.Denied(BreakerState.OPEN, current.openUntilMillis());
    }
    if (trials.full()) {
      return new Permit.Denied(BreakerState.HALF_OPEN, trials.firstDeadlineMillis());
    }
    return trials.begin(current.generation(), nowMillis);
  }

  /**
   * Reports how a permitted call ended. Reporting a permit twice has no effect the second time if
   * it is a trial.
   */
  public Optional<Transition> onResult(
      Permit.Granted permit, AttemptResult result, long nowMillis) {
    Optional<Transition> expiry = tick(nowMillis);
    if (permit.generation() != current.generation()) {
      return expiry;
    }
    return switch (current.state()) {
      case CLOSED -> onClosedResult(result, nowMillis);
      case HALF_OPEN -> onTrialResult(permit, result, nowMillis);
      case OPEN -> Optional.empty();
    };
  }

  /** Reports that a permitted call showed that the provider cannot work at all; opens at once. */
  public Optional<Transition> providerFault(Permit.Granted permit, long nowMillis, String reason) {
    Optional<Transition> expiry = tick(nowMillis);
    boolean outdated = permit.generation() != current.generation();
    if (outdated || (current.state() == BreakerState.HALF_OPEN && !trials.end(permit.trialId()))) {
      return expiry;
    }
    return providerFault(nowMillis, reason);
  }

  /**
   * Reports that the provider cannot work at all, as found outside a call (by a check of its
   * credentials); opens at once. An open breaker stays as it is.
   */
  public Optional<Transition> providerFault(long nowMillis, String reason) {
    tick(nowMillis);
    return switch (current.state()) {
      case CLOSED ->
          open(TransitionCause.PROVIDER_FAULT, reason, nowMillis, settings.recoveryTimeoutMillis());
      case HALF_OPEN ->
          open(TransitionCause.PROVIDER_FAULT, reason, nowMillis, doubledRecoveryMillis());
      case OPEN -> Optional.empty();
    };
  }

  /**
   * Opens it by hand for the maximum recovery timeout, counted from now whatever was before; then
   * it admits trials as usual. Nothing a person forgets keeps a provider out for ever: to do that,
   * take it out of service.
   */
  public Optional<Transition> forceOpen(long nowMillis, String reason) {
    return open(
        TransitionCause.MANUAL_OPEN, reason, nowMillis, settings.maxRecoveryTimeoutMillis());
  }

  /**
   * Closes it by hand and forgets its failures. Also begins a new generation when it was closed
   * already.
   */
  public Optional<Transition> reset(long nowMillis, String reason) {
    return close(TransitionCause.MANUAL_RESET, reason, nowMillis);
  }

  /**
   * Lets time take effect: an opening that is over becomes half-open, and a trial past its deadline
   * counts as failed. The owner calls it when {@link #nextTickMillis()} comes; every other method
   * calls it too.
   */
  public Optional<Transition> tick(long nowMillis) {
    return switch (current.state()) {
      case CLOSED -> Optional.empty();
      case OPEN -> {
        // A clock that stepped back must not keep it open for longer.
        current = current.openAtMostUntil(latestOpening(nowMillis));
        yield nowMillis < current.openUntilMillis() ? Optional.empty() : halfOpen(nowMillis);
      }
      case HALF_OPEN ->
          trials.anyExpired(nowMillis)
              ? open(
                  TransitionCause.TRIAL_EXPIRED,
                  "a trial gave no result within " + settings.trialTimeoutMillis() + " ms",
                  nowMillis,
                  doubledRecoveryMillis())
              : Optional.empty();
    };
  }

  /**
   * Returns when time alone will change the state next, epoch milliseconds, or {@link
   * Long#MAX_VALUE}.
   */
  public long nextTickMillis() {
    return switch (current.state()) {
      case CLOSED -> Long.MAX_VALUE;
      case OPEN -> current.openUntilMillis();
      case HALF_OPEN -> trials.firstDeadlineMillis();
    };
  }

  /**
   * Takes over a stored state, as after a restart, whatever the state now. The listener hears
   * nothing.
   */
  public void restore(BreakerSnapshot snapshot, long nowMillis) {
    adopt(snapshot.within(settings).openAtMostUntil(latestOpening(nowMillis)));
  }

  /**
   * Takes over the state of another node if it {@linkplain BreakerSnapshot#supersedes supersedes}
   * this one. The transition has the cause {@link TransitionCause#SHARED}; there is none when only
   * the length of an opening changes.
   */
  public Optional<Transition> merge(BreakerSnapshot other, long nowMillis) {
    BreakerSnapshot before = current;
    if (!other.supersedes(before)) {
      return Optional.empty();
    }
    int calls = tripRule.calls(nowMillis);
    int failures = tripRule.failures(nowMillis);
    restore(other, nowMillis);
    return other.generation() == before.generation() && other.state() == before.state()
        ? Optional.empty()
        : announce(before, TransitionCause.SHARED, nowMillis, calls, failures);
  }

  private Optional<Transition> onClosedResult(AttemptResult result, long nowMillis) {
    TransitionCause cause = tripRule.record(result, nowMillis);
    return cause == null
        ? Optional.empty()
        : open(cause, tripRule.evidence(nowMillis), nowMillis, settings.recoveryTimeoutMillis());
  }

  private Optional<Transition> onTrialResult(
      Permit.Granted permit, AttemptResult result, long nowMillis) {
    if (!trials.end(permit.trialId())) {
      return Optional.empty();
    }
    return switch (result) {
      case NEUTRAL -> Optional.empty();
      case FAILURE ->
          open(TransitionCause.TRIAL_FAILED, "a trial failed", nowMillis, doubledRecoveryMillis());
      case SUCCESS -> onTrialSuccess(nowMillis);
    };
  }

  private Optional<Transition> onTrialSuccess(long nowMillis) {
    current = current.withTrialSuccess();
    int successes = current.trialSuccesses();
    return successes < settings.successesToClose()
        ? Optional.empty()
        : close(TransitionCause.TRIALS_SUCCEEDED, successes + " trials succeeded", nowMillis);
  }

  private Optional<Transition> open(
      TransitionCause cause, String reason, long nowMillis, long recoveryMillis) {
    return change(
        BreakerState.OPEN, nowMillis + recoveryMillis, recoveryMillis, cause, reason, nowMillis);
  }

  private Optional<Transition> halfOpen(long nowMillis) {
    return change(
        BreakerState.HALF_OPEN,
        0,
        current.recoveryTimeoutMillis(),
        TransitionCause.RECOVERY_DUE,
        "open for " + Math.max(0, nowMillis - current.changedAtMillis()) + " ms",
        nowMillis);
  }

  private Optional<Transition> close(TransitionCause cause, String reason, long nowMillis) {
    return change(
        BreakerState.CLOSED, 0, settings.recoveryTimeoutMillis(), cause, reason, nowMillis);
  }

  private Optional<Transition> change(
      BreakerState to,
      long openUntilMillis,
      long recoveryMillis,
      TransitionCause cause,
      String reason,
      long nowMillis) {
    BreakerSnapshot before = current;
    int calls = tripRule.calls(nowMillis);
    int failures = tripRule.failures(nowMillis);
    adopt(before.next(to, nowMillis, openUntilMillis, recoveryMillis, cause, reason));
    return announce(before, cause, nowMillis, calls, failures);
  }

  private Optional<Transition> announce(
      BreakerSnapshot before, TransitionCause cause, long nowMillis, int calls, int failures) {
    Transition transition = Transition.of(before, current, cause, nowMillis, calls, failures);
    listener.onTransition(transition);
    return Optional.of(transition);
  }

  /** Begins another state with nothing counted and no trial under way. */
  private void adopt(BreakerSnapshot next) {
    tripRule.clear();
    trials.clear();
    closedPermit = Permit.Granted.whileClosed(next.generation());
    current = next;
  }

  private long latestOpening(long nowMillis) {
    return nowMillis + settings.maxRecoveryTimeoutMillis();
  }

  private long doubledRecoveryMillis() {
    return Math.min(current.recoveryTimeoutMillis() * 2, settings.maxRecoveryTimeoutMillis());
  }
}
