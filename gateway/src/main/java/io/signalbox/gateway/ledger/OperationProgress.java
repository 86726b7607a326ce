package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.OperationState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has become of an operation so far.
 *
 * @param state how it stands
 * @param round the round of attempts that is under way, counted from 0
 * @param attempts the calls that could have done it, the oldest first; the oldest of very many are
 *     left out
 * @param lookUps how many look-ups the newest attempt, being unknown, has had
 * @param notFound how many of these, one after the other and late enough to count, found nothing
 * @param dueAtMillis when there is something to do; 0 for nothing
 * @param updatedAtMillis when this was stored
 * @param endedAtMillis when it had its end; 0 while it is open
 * @param result what came of it; null before it is confirmed
 * @param problem why it failed; null if it has not
 */
public record OperationProgress(
    OperationState state,
    int round,
    List<OperationAttempt> attempts,
    int lookUps,
    int notFound,
    long dueAtMillis,
    long updatedAtMillis,
    long endedAtMillis,
    @Nullable OperationResult result,
    @Nullable OperationProblem problem) {

  /** Copies the list. */
  public OperationProgress {
    attempts = List.copyOf(attempts);
  }

  /** Nothing has been done yet. */
  public static OperationProgress begin(long nowMillis) {
    return new OperationProgress(
        OperationState.PENDING, 0, List.of(), 0, 0, nowMillis, nowMillis, 0, null, null);
  }

  /** The number of the newest attempt; 0 if there is none. */
  public int made() {
    return attempts.isEmpty() ? 0 : newest().number();
  }

  /**
   * The newest attempt.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public OperationAttempt newest() {
    return attempts.get(attempts.size() - 1);
  }
}
