package io.signalbox.gateway.shared;

import io.signalbox.scoring.breaker.BreakerSnapshot;
import io.signalbox.scoring.breaker.BreakerState;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/** A breaker's state as it stands in Redis. */
final class BreakerForm {
  private BreakerForm() {}

  static String encode(BreakerSnapshot snapshot) {
    return new JsonObject()
        .put("state", snapshot.state().wireName())
        .put("rank", rank(snapshot))
        .put("generation", snapshot.generation())
        .put("changed_at", snapshot.changedAtMillis())
        .put("open_until", snapshot.openUntilMillis())
        .put("recovery_timeout_ms", snapshot.recoveryTimeoutMillis())
        .put("trial_successes", snapshot.trialSuccesses())
        .put("fault", snapshot.fault())
        .put("reason", snapshot.reason())
        .encode();
  }

  /** How cautious the state is, as {@link BreakerSnapshot#supersedes} compares it. */
  static int rank(BreakerSnapshot snapshot) {
    return switch (snapshot.state()) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> 2;
    };
  }

  /** Reads one; empty if it is none, as another version might have written. */
  static Optional<BreakerSnapshot> decode(String text) {
    try {
      JsonObject json = new JsonObject(text);
      return Optional.of(
          new BreakerSnapshot(
              BreakerState.valueOf(json.getString("state").toUpperCase(Locale.ROOT)),
              json.getLong("generation"),
              json.getLong("changed_at"),
              json.getLong("open_until"),
              json.getLong("recovery_timeout_ms"),
              json.getInteger("trial_successes"),
              json.getBoolean("fault"),
              json.getString("reason")));
    } catch (DecodeException
        | ClassCastException
        | IllegalArgumentException
        | NullPointerException e) {
      return Optional.empty();
    }
  }
}
