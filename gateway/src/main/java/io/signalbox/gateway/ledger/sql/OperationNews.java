package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.EventIds;
import io.signalbox.gateway.ledger.EventTypes;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationProblem;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.ledger.OrphanLedger.Found;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.events.NotificationEvent;
import io.signalbox.spi.events.OperationFacts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an operation.
 *
 * @param type of the event
 * @param what the last word of the type
 * @param which what tells it from others of the same kind
 * @param attempt the number of the attempt that it is about; 0 for none
 * @param provider who had a part in it; null for nobody
 * @param providerId the provider's own id of the rental or booking; null for none
 */
record OperationNews(
    Operation operation,
    String type,
    String what,
    String which,
    int attempt,
    @Nullable String provider,
    @Nullable String providerId,
    long atMillis) {

  /** It has come to its end. */
  static OperationNews ended(Operation operation) {
    String state = operation.state().wireName();
    return of(operation, EventTypes.ofOperation(state), state, "");
  }

  /** Its rental or booking has moved. */
  static OperationNews moved(Operation operation, String what) {
    return of(
        operation,
        EventTypes.ofResult(operation.kind(), what),
        what,
        String.valueOf(operation.version()));
  }

  private static OperationNews of(Operation operation, String type, String what, String which) {
    OperationResult result = operation.result();
    int made = operation.progress().made();
    String last = made == 0 ? null : operation.progress().newest().provider();
    return new OperationNews(
        operation,
        type,
        what,
        which,
        made,
        result == null ? last : result.provider(),
        result == null ? null : result.providerId(),
        operation.progress().updatedAtMillis());
  }

  /** Something was found that is nobody's. */
  static OperationNews orphan(Found found, String what, long nowMillis) {
    return new OperationNews(
        found.operation(),
        EventTypes.ofOperation(what),
        what,
        found.provider() + ':' + found.providerId(),
        found.attempt(),
        found.provider(),
        found.providerId(),
        nowMillis);
  }

  NotificationEvent event() {
    OperationProblem problem = operation.problem();
    OperationResult result = operation.result();
    String value =
        result != null && result.providerId().equals(providerId) ? result.shown().encode() : null;
    Instant at = Instant.ofEpochMilli(atMillis);
    return new NotificationEvent(
        EventIds.ofOperation(operation.id(), what, which),
        type(),
        operation.tenant(),
        null,
        null,
        attempt == 0 ? null : operation.attemptId(attempt),
        provider,
        null,
        operation.kind(),
        what,
        ReasonClass.NONE,
        null,
        problem == null ? null : problem.detail(),
        null,
        at,
        at,
        operation.trace().traceparent(),
        new OperationFacts(
            operation.id().toString(),
            providerId,
            value,
            problem == null ? null : problem.kind().wireName()));
  }
}
