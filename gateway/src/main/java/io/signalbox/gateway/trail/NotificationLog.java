package io.signalbox.gateway.trail;

import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Outcome;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Lines of the log that belong to one notification: each carries its id as {@code notification_id},
 * so that a search for the id follows it, and where it stands in a trace: {@code correlation_id},
 * which is the trace's id, and also stands under the names that tools know ({@code trace_id},
 * {@code span_id}). The ordinary way is told at debug, what a person must see above. Recipients and
 * content are never told, nor texts of providers, which may quote them. Thread-safe.
 */
public final class NotificationLog {
  private static final String ID = "notification_id";
  private static final String ATTEMPT = "attempt";
  private static final String PROVIDER = "provider";

  private final Logger log;

  /** Writes as that logger. */
  public NotificationLog(Logger log) {
    this.log = log;
  }

  /**
   * A notification is stored, or was before.
   *
   * @param trace of the request that brought it
   */
  public void accepted(String id, boolean duplicate, TraceContext trace) {
    if (log.isDebugEnabled()) {
      of(log.atDebug().addKeyValue(ID, id), trace).log(duplicate ? "repeated" : "accepted");
    }
  }

  /** An attempt is recorded and begins. */
  public void begun(AttemptId attempt, String provider, TraceContext trace) {
    if (log.isDebugEnabled()) {
      of(log.atDebug(), attempt, provider, trace).log("attempt begun");
    }
  }

  /** An attempt has its outcome; a provider's fault is a warning. */
  public void ended(
      AttemptId attempt, String provider, Outcome outcome, long tookMillis, TraceContext trace) {
    boolean fault = outcome instanceof Outcome.ProviderFault;
    if (fault || log.isDebugEnabled()) {
      of(fault ? log.atWarn() : log.atDebug(), attempt, provider, trace)
          .addKeyValue("outcome", outcome.kind().wireName())
          .addKeyValue("code", outcome.evidence().code())
          .addKeyValue("took_ms", tookMillis)
          .log(fault ? "the provider refuses to work for us" : "attempt ended");
    }
  }

  /** A receipt is stored; one that speaks of no known attempt belongs to no notification yet. */
  public void receipt(String provider, ReceiptEffect effect) {
    AttemptId attempt = effect.attempt();
    if (attempt != null && log.isDebugEnabled()) {
      of(log.atDebug(), attempt, provider, effect.trace())
          .addKeyValue("status", effect.receipt().status().wireName())
          .addKeyValue("effect", effect.kind().name().toLowerCase(Locale.ROOT))
          .log("receipt");
    }
  }

  /**
   * The work on a notification ended; what waits for a person now is told at info.
   *
   * @param trace of the notification; null if it is not known here
   */
  public void finished(
      NotificationId id, NotificationState state, String reason, @Nullable TraceContext trace) {
    boolean forAPerson = state == NotificationState.DEAD_LETTER || state == NotificationState.HELD;
    if (forAPerson || log.isDebugEnabled()) {
      of((forAPerson ? log.atInfo() : log.atDebug()).addKeyValue(ID, id.toString()), trace)
          .addKeyValue("state", state.wireName())
          .addKeyValue("reason", reason)
          .log(forAPerson ? "waits for a person" : "finished");
    }
  }

  private static LoggingEventBuilder of(
      LoggingEventBuilder line, AttemptId attempt, String provider, @Nullable TraceContext trace) {
    return of(line.addKeyValue(ID, attempt.notification().toString()), trace)
        .addKeyValue(ATTEMPT, attempt.number())
        .addKeyValue(PROVIDER, provider);
  }

  private static LoggingEventBuilder of(LoggingEventBuilder line, @Nullable TraceContext trace) {
    if (trace == null) {
      return line;
    }
    String traceId = trace.traceId();
    return line.addKeyValue("correlation_id", traceId)
        .addKeyValue("trace_id", traceId)
        .addKeyValue("span_id", trace.spanId());
  }
}
