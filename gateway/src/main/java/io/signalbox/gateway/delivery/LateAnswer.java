package io.signalbox.gateway.delivery;

import io.signalbox.gateway.guard.GuardedProvider;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.Outcome;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices the answer to one attempt that comes after the attempt was settled without it. It changes
 * nothing any more, whatever it says, but people must be able to find it. Used on one context.
 */
final class LateAnswer {
  private static final Logger LOG = LoggerFactory.getLogger(LateAnswer.class);

  private final String provider;
  private final AttemptId attempt;
  private final GuardedProvider guarded;
  private boolean settled;

  LateAnswer(String provider, AttemptId attempt, GuardedProvider guarded) {
    this.provider = provider;
    this.attempt = attempt;
    this.guarded = guarded;
  }

  /** The same answer, watched. */
  Future<Outcome> watch(Future<Outcome> answer) {
    return answer.onSuccess(this::heard);
  }

  /** The attempt has its outcome. */
  void settled() {
    settled = true;
  }

  private void heard(Outcome outcome) {
    if (settled) {
      LOG.info(
          "attempt {}: provider {} answered after it had been given up: {}",
          attempt,
          provider,
          outcome.kind());
      guarded.answeredLate(outcome.kind());
    }
  }
}
