package io.signalbox.gateway.calling;

import io.signalbox.gateway.call.NotAsked;
import io.signalbox.gateway.call.RequestType;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import java.time.Duration;

/** Outcomes of calls that nobody answered, most of them because they were not made. */
final class Unanswered {
  private Unanswered() {}

  static Outcome gone() {
    return because(PastAttempt.PROVIDER_GONE, "the provider was taken away");
  }

  static Outcome breakerOpen() {
    return because(PastAttempt.BREAKER_OPEN, "the breaker is open");
  }

  static Outcome late() {
    return because(PastAttempt.DEADLINE_OVER, "there was no time left");
  }

  static Outcome coolingDown(long leftMillis) {
    return new Outcome.Throttled(
        Duration.ofMillis(leftMillis),
        evidence(NotAsked.COOLING_DOWN, "the provider asked for a pause"));
  }

  static Outcome because(String code, String message) {
    return new Outcome.Transient(evidence(code, message));
  }

  /** Of a call that may have been made, and whose answer will not come. */
  static Outcome noAnswer(RequestType type, String message) {
    Evidence evidence = Evidence.unanswered(Progress.BODY_WRITTEN, "no_answer", message);
    return type.changes() ? new Outcome.Unknown(evidence) : new Outcome.Transient(evidence);
  }

  private static Evidence evidence(String code, String message) {
    return Evidence.unanswered(Progress.NOT_CONNECTED, code, message);
  }
}
