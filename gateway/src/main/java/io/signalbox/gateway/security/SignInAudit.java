package io.signalbox.gateway.security;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.AuditLedger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes refused credentials into the audit log, counted: one line for who, why and from where in a
 * span of time, and at most 16 of them; what is more is counted in one further line. The span is
 * ten seconds at first, and doubles up to five minutes while refusals go on: a guesser leaves 51
 * lines in the first 70 s, and 5,000 a day. What the ledger does not take is counted on.
 * Credentials are never written. Thread-safe.
 */
public final class SignInAudit {
  private static final Logger LOG = LoggerFactory.getLogger(SignInAudit.class);
  private static final Duration FIRST_SPAN = Duration.ofSeconds(10);
  private static final Duration LONGEST_SPAN = Duration.ofMinutes(5);
  private static final int MOST_LINES = 16;
  private static final Seen OTHERS = new Seen("others", "several", "several");

  private final Vertx vertx;
  private final AuditLedger ledger;
  private final Clock clock;
  private final LongSupplier nanos;
  private final long firstMillis;
  private final long longestMillis;
  private final Map<Seen, Count> counts = new LinkedHashMap<>();
  private long spanMillis;
  private long writtenAtNanos;
  private long timer = -1;
  private boolean closed;

  /**
   * Makes it; nothing runs while nobody is refused.
   *
   * @param clock wall time
   */
  public SignInAudit(Vertx vertx, AuditLedger ledger, Clock clock) {
    this(vertx, ledger, clock, System::nanoTime, FIRST_SPAN, LONGEST_SPAN);
  }

  SignInAudit(
      Vertx vertx,
      AuditLedger ledger,
      Clock clock,
      LongSupplier nanos,
      Duration firstSpan,
      Duration longestSpan) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.clock = clock;
    this.nanos = nanos;
    this.firstMillis = firstSpan.toMillis();
    this.longestMillis = longestSpan.toMillis();
    this.spanMillis = firstMillis;
  }

  /**
   * Counts a refusal.
   *
   * @param origin address of the caller
   * @param correlationId of the request
   */
  public synchronized void refused(SignInException refusal, String origin, String correlationId) {
    if (closed) {
      return;
    }
    String subject = refusal.subject();
    Seen seen =
        new Seen(subject == null ? "unknown" : subject, origin, refusal.failure().wireName());
    if (timer < 0 && isQuiet()) {
      spanMillis = firstMillis;
    }
    count(seen, correlationId, 1);
  }

  /** Writes what is counted, and counts no more. */
  public Future<Void> close() {
    synchronized (this) {
      closed = true;
      if (timer >= 0) {
        vertx.cancelTimer(timer);
      }
    }
    return flush();
  }

  /** For how long refusals are counted before they are written, as things are now; milliseconds. */
  synchronized long spanMillis() {
    return spanMillis;
  }

  /** Whether nobody was refused for a whole span. */
  private boolean isQuiet() {
    return nanos.getAsLong() - writtenAtNanos > TimeUnit.MILLISECONDS.toNanos(spanMillis);
  }

  private void count(Seen seen, String correlationId, long times) {
    boolean room = counts.containsKey(seen) || counts.size() < MOST_LINES;
    counts.computeIfAbsent(room ? seen : OTHERS, first -> new Count(correlationId)).times += times;
    if (timer < 0) {
      timer = vertx.setTimer(spanMillis, due -> flush());
    }
  }

  private Future<Void> flush() {
    Map<Seen, Count> due;
    synchronized (this) {
      timer = -1;
      due = new LinkedHashMap<>(counts);
      counts.clear();
      spanMillis = Math.min(longestMillis, spanMillis * 2);
      writtenAtNanos = nanos.getAsLong();
    }
    List<Future<Void>> written = new ArrayList<>();
    due.forEach(
        (seen, count) ->
            written.add(
                ledger.audit(line(seen, count)).onFailure(failure -> again(seen, count, failure))));
    return Future.join(written).otherwiseEmpty().mapEmpty();
  }

  /** Counts on what could not be written, unless this was the last chance. */
  private synchronized void again(Seen seen, Count count, Throwable failure) {
    if (closed) {
      LOG.warn(
          "{} refused sign-ins ({}) were not written: {}",
          count.times,
          seen.failure,
          failure.toString());
    } else {
      LOG.debug("refused sign-ins are written later: {}", failure.toString());
      count(seen, count.correlationId, count.times);
    }
  }

  private AuditEntry line(Seen seen, Count count) {
    return new AuditEntry(
        clock.millis(),
        new Who("", seen.subject, seen.origin, count.correlationId),
        "sign_in",
        "api",
        null,
        null,
        "refused",
        count.times == 1 ? seen.failure : seen.failure + ", " + count.times + " times");
  }

  /** What is counted together. */
  private record Seen(String subject, String origin, String failure) {}

  /** How often, and the first request of them. */
  private static final class Count {
    private final String correlationId;
    private long times;

    Count(String correlationId) {
      this.correlationId = correlationId;
    }
  }
}
