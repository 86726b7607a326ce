package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A synchronous request with one result, as it is stored: renting a number, creating a booking. Its
 * id is of the same family as those of notifications, so that {@code provider_requests} holds the
 * attempts of both.
 *
 * @param id its id
 * @param tenant whose it is
 * @param kind {@link Channel#NUMBER} or {@link Channel#BOOKING}
 * @param service for what a number is wanted, or what is booked
 * @param country ISO 3166-1 alpha-2; null for a booking
 * @param request what is wanted, as its kind writes it; may hold personal data, never changed
 * @param createdAtMillis when it was accepted
 * @param patientUntilMillis until when it waits for a provider that can be asked; 0 if it fails
 *     when there is none
 * @param trace where it stands in the trace of its request; the trace's id is its correlation id
 * @param version grows with each change, by a random step so that two changes that were decided on
 *     the same version are told apart; one that was decided on an older version is not made
 * @param progress what has become of it
 */
public record Operation(
    NotificationId id,
    String tenant,
    Channel kind,
    String service,
    @Nullable String country,
    JsonObject request,
    long createdAtMillis,
    long patientUntilMillis,
    TraceContext trace,
    long version,
    OperationProgress progress) {

  private static final long STEP = 1L << 30;

  /** Checks the kind. */
  public Operation {
    if (kind.carriesMessages()) {
      throw new IllegalArgumentException("an operation is a number or a booking");
    }
  }

  /** How it stands. */
  public OperationState state() {
    return progress.state();
  }

  /** The result; null before it is confirmed. */
  public @Nullable OperationResult result() {
    return progress.result();
  }

  /** Why it failed; null if it has not. */
  public @Nullable OperationProblem problem() {
    return progress.problem();
  }

  /** The id that follows it through logs, calls and events. */
  public String correlationId() {
    return trace.traceId();
  }

  /** The name of one of its attempts, which providers get as a reference. */
  public String attemptId(int number) {
    return new AttemptId(id, number).toString();
  }

  /** The same with other progress, as the version that follows. */
  public Operation with(OperationProgress changed) {
    return new Operation(
        id,
        tenant,
        kind,
        service,
        country,
        request,
        createdAtMillis,
        patientUntilMillis,
        trace,
        version + 1 + ThreadLocalRandom.current().nextLong(STEP),
        changed);
  }

  /** Without request and result, which may hold personal data. */
  @Override
  public String toString() {
    return "Operation[" + id + " " + kind.wireName() + " " + state().wireName() + "]";
  }
}
