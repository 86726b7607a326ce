package io.signalbox.gateway.security;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.AuditLedger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes refused credentials into the audit log, counted: one line for who, why and from where in
 * ten seconds, and at most 16 of them; what is more is counted in one further line. So a guesser
 * cannot fill the disk: it is 102 lines a minute at most. Credentials are never written.
 * Thread-safe.
 */
public final class SignInAudit {
  private static final Logger LOG = LoggerFactory.getLogger(SignInAudit.class);
  private static final long SPAN_MILLIS = 10_000;
  private static final int MOST_LINES = 16;
  private static final Seen OTHERS = new Seen("others", "several", "several");

  private final Vertx vertx;
  private final AuditLedger ledger;
  private final Clock clock;
  private final long spanMillis;
  private final Map<Seen, Count> counts = new LinkedHashMap<>();
  private long timer = -1;
  private boolean closed;

  /**
   * Makes it; nothing runs while nobody is refused.
   *
   * @param clock wall time
   */
  public SignInAudit(Vertx vertx, AuditLedger ledger, Clock clock) {
    this(vertx, ledger, clock, SPAN_MILLIS);
  }

  SignInAudit(Vertx vertx, AuditLedger ledger, Clock clock, long spanMillis) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.clock = clock;
    this.spanMillis = spanMillis;
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
    boolean room = counts.containsKey(seen) || counts.size() < MOST_LINES;
    counts.computeIfAbsent(room ? seen : OTHERS, first -> new Count(correlationId)).times++;
    if (timer < 0) {
      timer = vertx.setTimer(spanMillis, due -> flush());
    }
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

  private Future<Void> flush() {
    List<AuditEntry> lines = new ArrayList<>();
    synchronized (this) {
      timer = -1;
      counts.forEach((seen, count) -> lines.add(line(seen, count)));
      counts.clear();
    }
    return Future.join(lines.stream().map(ledger::audit).toList())
        .onFailure(failure -> LOG.warn("refused sign-ins were not written: {}", failure.toString()))
        .otherwiseEmpty()
        .mapEmpty();
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
    private int times;

    Count(String correlationId) {
      this.correlationId = correlationId;
    }
  }
}
