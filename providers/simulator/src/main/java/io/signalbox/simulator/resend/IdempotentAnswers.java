package io.signalbox.simulator.resend;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RecentMessages;
import io.signalbox.simulator.core.Sha256;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Remembers what was answered under an idempotency key, for a day. */
final class IdempotentAnswers {
  private static final int MAX_KEYS = 200_000;
  private static final int MAX_KEY_LENGTH = 256;
  private static final long KEPT_NANOS = 24L * 3600 * 1_000_000_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private record Kept(String payloadHash, Answer answer, long answeredNanos) {}

  private final PluginState state;
  private final RecentMessages<Kept> answers = new RecentMessages<>(MAX_KEYS);

  IdempotentAnswers(PluginState state) {
    this.state = state;
  }

  /** The answer that the key alone decides, if the request must not be served anew. */
  Optional<Answer> find(String key, Buffer payload) {
    if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
      return Optional.of(
          ResendErrors.of(
              400,
              "invalid_idempotency_key",
              "The idempotency key must be between 1-256 characters."));
    }
    long now = state.nanoTime();
    return answers
        .find(key)
        .filter(kept -> now - kept.answeredNanos < KEPT_NANOS)
        .map(kept -> repeat(kept, payload, now));
  }

  /** Remembers an answer that is given after this many milliseconds. */
  void keep(String key, Buffer payload, Answer answer, long latencyMillis) {
    long answered = state.nanoTime() + latencyMillis * NANOS_PER_MILLI;
    answers.put(key, new Kept(Sha256.hex(payload.getBytes()), answer, answered));
  }

  private Answer repeat(Kept kept, Buffer payload, long now) {
    if (!kept.payloadHash.equals(Sha256.hex(payload.getBytes()))) {
      return ResendErrors.of(
          409,
          "invalid_idempotent_request",
          "This idempotency key has been used with a different payload.");
    }
    return now - kept.answeredNanos < 0
        ? ResendErrors.of(
            409,
            "concurrent_idempotent_requests",
            "The original request with this idempotency key is still in progress.")
        : kept.answer;
  }
}
