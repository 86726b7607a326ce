package io.signalbox.gateway.operation;

import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OperationAttempt.End;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.ledger.OperationProblem;
import io.signalbox.gateway.ledger.OperationProgress;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.model.OperationState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The progress that follows another, put together. Used once. */
final class Progressing {
  /** Of very many attempts, which only a patient operation makes, the newest are kept. */
  private static final int MOST_ATTEMPTS = 60;

  private final OperationProgress before;
  private final long nowMillis;
  private List<OperationAttempt> attempts;
  private int round;
  private int lookUps;
  private int notFound;

  private Progressing(OperationProgress before, long nowMillis) {
    this.before = before;
    this.nowMillis = nowMillis;
    this.attempts = before.attempts();
    this.round = before.round();
    this.lookUps = before.lookUps();
    this.notFound = before.notFound();
  }

  static Progressing from(OperationProgress before, long nowMillis) {
    return new Progressing(before, nowMillis);
  }

  Progressing begin(OperationAttempt attempt) {
    List<OperationAttempt> more = new ArrayList<>(attempts);
    more.add(attempt);
    attempts = more.size() > MOST_ATTEMPTS ? more.subList(1, more.size()) : more;
    return lookedUp(0, 0);
  }

  Progressing end(End end) {
    List<OperationAttempt> changed = new ArrayList<>(attempts);
    changed.set(changed.size() - 1, before.newest().ended(end));
    attempts = changed;
    return this;
  }

  Progressing become(How how, long atMillis) {
    return end(Objects.requireNonNull(before.newest().end()).become(how, atMillis));
  }

  Progressing lookedUp(int times, int withoutFinding) {
    lookUps = times;
    notFound = withoutFinding;
    return this;
  }

  Progressing nextRound() {
    round++;
    return this;
  }

  /** It goes on. */
  OperationProgress to(OperationState state, long dueAtMillis) {
    return made(state, dueAtMillis, 0, null, null);
  }

  OperationProgress confirmed(OperationResult result) {
    return made(OperationState.CONFIRMED, 0, nowMillis, result, null);
  }

  OperationProgress failed(OperationProblem problem) {
    return made(OperationState.FAILED, 0, nowMillis, null, problem);
  }

  OperationProgress cancelled() {
    return made(OperationState.CANCELLED, 0, nowMillis, null, null);
  }

  private OperationProgress made(
      OperationState state,
      long dueAtMillis,
      long endedAtMillis,
      @Nullable OperationResult result,
      @Nullable OperationProblem problem) {
    return new OperationProgress(
        state,
        round,
        attempts,
        lookUps,
        notFound,
        dueAtMillis,
        nowMillis,
        endedAtMillis,
        result,
        problem);
  }
}
