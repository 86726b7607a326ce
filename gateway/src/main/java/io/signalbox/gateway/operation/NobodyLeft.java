package io.signalbox.gateway.operation;

import io.signalbox.gateway.call.NotAsked;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OperationAttempt.End;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.ledger.OperationProblem;
import io.signalbox.gateway.ledger.OperationProblem.Kind;
import io.signalbox.gateway.ledger.OperationProgress;
import io.signalbox.gateway.model.OperationState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides what follows when no candidate is left in a round. Pure. */
final class NobodyLeft {

  OperationProgress follows(
      Operation operation, Candidates candidates, long nowMillis, double random) {
    OperationProgress now = operation.progress();
    int next = now.round() + 1;
    if (next <= OperationRules.MAX_RETRIES && hasAnsweredForNow(now)) {
      return Progressing.from(now, nowMillis)
          .nextRound()
          .to(OperationState.PENDING, nowMillis + OperationRules.retryMillis(next, random));
    }
    OperationProblem problem = problem(now, candidates);
    if (problem.kind() != Kind.UNSERVED && nowMillis < operation.patientUntilMillis()) {
      long wait = OperationRules.patienceMillis(candidates.retryAfterMillis(), now.round());
      return Progressing.from(now, nowMillis)
          .nextRound()
          .to(OperationState.PENDING, Math.min(nowMillis + wait, operation.patientUntilMillis()));
    }
    return Progressing.from(now, nowMillis).failed(problem);
  }

  /** It has waited for so long that nobody is asked any more. */
  OperationProgress tooLate(Operation operation, long nowMillis) {
    OperationProgress now = operation.progress();
    boolean nobodyWasAsked = now.attempts().stream().allMatch(NobodyLeft::wasNotReached);
    Kind kind = nobodyWasAsked ? Kind.UNAVAILABLE : Kind.EXHAUSTED;
    return Progressing.from(now, nowMillis)
        .failed(
            new OperationProblem(
                kind, "it waited for too long for its turn", OperationRules.askAgainMillis(0)));
  }

  /** Whether anybody in this round answered 429, 503, 504 or nothing. */
  private static boolean hasAnsweredForNow(OperationProgress now) {
    return now.attempts().stream()
        .filter(attempt -> attempt.round() == now.round())
        .map(OperationAttempt::end)
        .anyMatch(end -> end != null && end.retryable());
  }

  private static OperationProblem problem(OperationProgress now, Candidates candidates) {
    List<OperationAttempt> made = lastWords(now);
    boolean isShort = candidates.ranked().stream().anyMatch(one -> one.shortage() != null);
    boolean allUnserved = made.stream().allMatch(attempt -> how(attempt) == How.UNSERVED);
    if (allUnserved && (isShort || !made.isEmpty())) {
      return new OperationProblem(
          Kind.UNSERVED, "nobody who can be asked has it to give: " + told(made, candidates), 0);
    }
    long retryAfter = OperationRules.askAgainMillis(candidates.retryAfterMillis());
    if (made.stream().allMatch(NobodyLeft::wasNotReached)) {
      String detail =
          candidates.ranked().isEmpty()
              ? "there is no provider for it"
              : "no provider can be asked now: " + told(made, candidates);
      return new OperationProblem(Kind.UNAVAILABLE, detail, retryAfter);
    }
    return new OperationProblem(
        Kind.EXHAUSTED, "certainly not done: " + told(made, candidates), retryAfter);
  }

  /** What each said last: what it said in a round before is over. */
  private static List<OperationAttempt> lastWords(OperationProgress now) {
    Map<String, OperationAttempt> last = new LinkedHashMap<>();
    for (OperationAttempt attempt : now.attempts()) {
      last.put(attempt.provider() + ' ' + attempt.variant(), attempt);
    }
    return List.copyOf(last.values());
  }

  private static boolean wasNotReached(OperationAttempt attempt) {
    End end = attempt.end();
    return end != null && NotAsked.says(end.code(), end.httpStatus());
  }

  private static How how(OperationAttempt attempt) {
    End end = attempt.end();
    return end == null ? How.UNKNOWN : end.how();
  }

  /** Who was tried and how that ended, and who was left out and why. */
  private static String told(List<OperationAttempt> made, Candidates candidates) {
    return Stream.concat(
            made.stream().map(attempt -> attempt.provider() + " " + word(attempt)),
            candidates.ranked().stream().flatMap(NobodyLeft::leftOut))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String word(OperationAttempt attempt) {
    End end = attempt.end();
    return end == null || end.code() == null ? how(attempt).wireName() : end.code();
  }

  private static Stream<String> leftOut(Candidate candidate) {
    if (candidate.excluded() != null) {
      return Stream.of(candidate.provider() + " " + candidate.excluded());
    }
    return candidate.shortage() == null
        ? Stream.empty()
        : Stream.of(candidate.provider() + " " + candidate.shortage().wireName());
  }
}
