package io.signalbox.gateway.callback;

import io.signalbox.gateway.callback.CallbackAnswer.Unanswered;
import io.signalbox.gateway.callback.CallbackAnswer.Unsent;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackQueue;
import io.signalbox.gateway.ledger.CallbackQueue.Due;
import io.signalbox.gateway.ledger.CallbackQueue.Result;
import io.signalbox.gateway.ledger.DeliveryState;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for one endpoint: a small window over the ledger, and a few under way. Each endpoint
 * has its own, so a slow one holds up nobody else. Used on one event loop.
 */
final class EndpointLane {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointLane.class);

  /** How long at most an endpoint is left alone altogether because it asked for it. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  private static final String HOST_SILENT = "host_silent";
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private final CallbackQueue queue;
  private final CallbackSender sender;
  private final RetryPlan plan;
  private final ResultRecorder recorder;
  private final CallbackMeter meter;
  private final Clock clock;
  private final int concurrency;
  private final ArrayDeque<Due> window = new ArrayDeque<>();
  private final Set<Long> known = new HashSet<>();
  private final HostPatience patience = new HostPatience();
  private CallbackEndpoint endpoint;
  private int underWay;
  private long pausedUntil;
  private boolean loading;
  private boolean rung;
  private boolean closed;

  EndpointLane(
      CallbackEndpoint endpoint,
      CallbackQueue queue,
      CallbackSender sender,
      RetryPlan plan,
      ResultRecorder recorder,
      CallbackMeter meter,
      Clock clock,
      int concurrency) {
    this.endpoint = endpoint;
    this.queue = queue;
    this.sender = sender;
    this.plan = plan;
    this.recorder = recorder;
    this.meter = meter;
    this.clock = clock;
    this.concurrency = concurrency;
  }

  /** Takes over what has changed of the endpoint, which is enabled. */
  void update(CallbackEndpoint now) {
    endpoint = now;
    closed = false;
  }

  /** Begins nothing more; what is under way ends. */
  void close() {
    closed = true;
    window.forEach(due -> known.remove(due.key()));
    window.clear();
  }

  int underWay() {
    return underWay;
  }

  /** Something may be due. */
  void ring() {
    rung = true;
    pump();
  }

  private void pump() {
    if (closed || clock.millis() < pausedUntil) {
      return;
    }
    while (underWay < concurrency && !window.isEmpty()) {
      send(window.removeFirst());
    }
    if (rung && !loading && window.size() < concurrency) {
      load();
    }
  }

  private void load() {
    loading = true;
    rung = false;
    queue
        .due(endpoint.id().key(), clock.millis(), 2 * concurrency, known)
        .onComplete(
            batch -> {
              loading = false;
              if (batch.endpoint() != null && !closed) {
                // Secrets may have changed since the last reload.
                endpoint = batch.endpoint();
                add(batch.due());
              }
            },
            failure -> {
              loading = false;
              LOG.warn("callbacks that are due could not be read: {}", failure.toString());
            });
  }

  private void add(List<Due> found) {
    // A full answer may have left some behind.
    rung |= found.size() == 2 * concurrency;
    for (Due due : found) {
      known.add(due.key());
      window.add(due);
    }
    pump();
  }

  private void send(Due due) {
    underWay++;
    Attempt attempt = new Attempt(due, url(due), clock.millis());
    // Many places share the lane: one that is silent must not take all its turns.
    if (isOfMessage(attempt) && !patience.mayAsk(attempt.place(), attempt.began())) {
      putOff(attempt);
      return;
    }
    send(attempt)
        .onComplete(
            answer -> {
              heard(attempt, answer);
              ended(attempt, answer);
            },
            bug -> {
              heard(attempt, null);
              failed(attempt, bug);
            });
  }

  private boolean isOfMessage(Attempt attempt) {
    return endpoint.form().perMessage() && !attempt.url().isEmpty();
  }

  private void heard(Attempt attempt, @Nullable CallbackAnswer answer) {
    if (isOfMessage(attempt)) {
      patience.ended(attempt.place(), answer, clock.millis());
    }
  }

  /** Its turn comes later; nothing was tried. */
  private void putOff(Attempt attempt) {
    Due due = attempt.due();
    long now = attempt.began();
    Result result =
        Result.putOff(
            endpoint.id().key(), due, attempt.url(), now + plan.turnMillis(), now, HOST_SILENT);
    recorder.record(result, () -> stored(due));
  }

  /** Empty for nowhere. */
  private String url(Due due) {
    try {
      return CallbackShape.url(endpoint, due).orElse("");
    } catch (RuntimeException bug) {
      LOG.error("the address of callback {} cannot be read", due.eventId(), bug);
      return "";
    }
  }

  private Future<CallbackAnswer> send(Attempt attempt) {
    if (attempt.url().isEmpty()) {
      return Future.succeededFuture(new Unsent());
    }
    try {
      return sender.send(endpoint, attempt.due(), attempt.url());
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** A bug on this side: its slot is free again all the same, and the event is tried later. */
  private void failed(Attempt attempt, Throwable bug) {
    LOG.error("callback {} could not be sent", attempt.due().eventId(), bug);
    ended(attempt, new Unanswered("internal"));
  }

  private void ended(Attempt attempt, CallbackAnswer answer) {
    Due due = attempt.due();
    long now = clock.millis();
    RetryPlan.Step step = plan.after(due.attempts() + 1, answer, endpoint.form().format());
    boolean busy = answer.status() == TOO_MANY_REQUESTS || answer.status() == UNAVAILABLE;
    if (busy && !endpoint.form().perMessage()) {
      long pause = Math.min(RetryPlan.askedFor(answer), LONGEST_PAUSE.toMillis());
      pausedUntil = Math.max(pausedUntil, now + pause);
    }
    meter.callback(step.state() == DeliveryState.PENDING ? "retry" : step.state().wireName());
    Result result =
        new Result(
            endpoint.id().key(),
            due.key(),
            due.asked(),
            attempt.url(),
            true,
            due.attempts() + 1,
            step.state(),
            step.waitMillis() == 0 ? 0 : now + step.waitMillis(),
            now,
            now - attempt.began(),
            answer.status(),
            answer.error(),
            step.disables());
    recorder.record(result, () -> stored(due));
  }

  /** Only now does the ledger know that it is not due any more. */
  private void stored(Due due) {
    known.remove(due.key());
    underWay--;
    pump();
  }

  /**
   * One under way.
   *
   * @param url where it went; the endpoint's may be changed meanwhile
   * @param began in milliseconds since 1970
   */
  private record Attempt(Due due, String url, long began) {
    String place() {
      return CallbackUrl.place(url);
    }
  }
}
