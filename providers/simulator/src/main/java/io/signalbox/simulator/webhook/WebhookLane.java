package io.signalbox.simulator.webhook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;

/**
 * The webhooks to one server. A server that cannot be reached pauses the whole lane, ever longer; a
 * webhook that is not acknowledged waits alone, ever longer. Either way a webhook is given up after
 * a minute of trying; one that only waits for its turn is not.
 */
final class WebhookLane {
  private static final int CONCURRENCY = 64;
  private static final long REQUEST_TIMEOUT_MILLIS = 15_000;
  private static final long FIRST_DELAY_MILLIS = 200;
  private static final long MAX_DELAY_MILLIS = 15_000;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long MAX_PAUSE_MILLIS = 1_000;
  private static final long GIVE_UP_NANOS = 60_000_000_000L;
  private static final long NO_TIMER = -1;

  private static final class Pending {
    final WebhookCall call;
    long nextDelayMillis = FIRST_DELAY_MILLIS;
    long firstTryNanos;
    boolean tried;

    Pending(WebhookCall call) {
      this.call = call;
    }
  }

  private final Vertx vertx;
  private final HttpClient client;
  private final LongSupplier nanos;
  private final WebhookCounters counters;
  private final Runnable drained;
  private final ArrayDeque<Pending> ready = new ArrayDeque<>();
  private final DueQueue<Pending> waiting;
  private int inFlight;
  private long pauseMillis;
  private long pauseTimer = NO_TIMER;
  private boolean closed;

  WebhookLane(
      Vertx vertx,
      HttpClient client,
      LongSupplier nanos,
      WebhookCounters counters,
      Runnable drained) {
    this.vertx = vertx;
    this.client = client;
    this.nanos = nanos;
    this.counters = counters;
    this.drained = drained;
    // Bounded by the sender, which counts the waiting among its pending.
    this.waiting =
        new DueQueue<>(
            vertx,
            nanos,
            Integer.MAX_VALUE,
            due -> {
              ready.addAll(due);
              pump();
            });
  }

  void offer(WebhookCall call) {
    counters.pending++;
    counters.pendingBytes += call.body().length();
    ready.add(new Pending(call));
    pump();
  }

  void close() {
    closed = true;
    waiting.close();
    ready.clear();
    if (pauseTimer != NO_TIMER) {
      vertx.cancelTimer(pauseTimer);
      pauseTimer = NO_TIMER;
    }
  }

  private void pump() {
    while (!closed && pauseTimer == NO_TIMER && inFlight < CONCURRENCY) {
      Pending next = ready.poll();
      if (next == null) {
        break;
      }
      if (isGivenUp(next)) {
        counters.failed++;
        forget(next);
      } else {
        attempt(next);
      }
    }
    if (!closed && inFlight == 0 && ready.isEmpty() && waiting.size() == 0) {
      close();
      drained.run();
    }
  }

  private boolean isGivenUp(Pending pending) {
    return pending.tried && nanos.getAsLong() - pending.firstTryNanos > GIVE_UP_NANOS;
  }

  private void attempt(Pending pending) {
    inFlight++;
    if (!pending.tried) {
      pending.tried = true;
      pending.firstTryNanos = nanos.getAsLong();
    }
    client
        .request(options(pending.call))
        // The future tells of a lost connection; unhandled, Vert.x would log it as an error too.
        .onSuccess(request -> request.exceptionHandler(lost -> {}))
        .onComplete(
            connected -> {
              if (closed) {
                return;
              }
              if (connected.failed()) {
                inFlight--;
                ready.addFirst(pending);
                pause();
              } else {
                post(pending, connected.result());
              }
            });
  }

  private void post(Pending pending, HttpClientRequest request) {
    counters.sent++;
    request
        .send(pending.call.body())
        .compose(WebhookLane::statusWhenRead)
        .onComplete(
            answered -> {
              if (closed) {
                return;
              }
              inFlight--;
              pauseMillis = 0;
              if (answered.succeeded() && answered.result() / 100 == 2) {
                counters.acknowledged++;
                forget(pending);
              } else {
                waiting.add(pending.nextDelayMillis, pending);
                pending.nextDelayMillis = Math.min(2 * pending.nextDelayMillis, MAX_DELAY_MILLIS);
              }
              pump();
            });
  }

  private static Future<Integer> statusWhenRead(HttpClientResponse response) {
    response.resume();
    return response.end().map(done -> response.statusCode());
  }

  private void pause() {
    if (pauseTimer != NO_TIMER) {
      return;
    }
    pauseMillis =
        pauseMillis == 0 ? FIRST_PAUSE_MILLIS : Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
    pauseTimer =
        vertx.setTimer(
            pauseMillis,
            id -> {
              pauseTimer = NO_TIMER;
              pump();
            });
  }

  private void forget(Pending pending) {
    counters.pending--;
    counters.pendingBytes -= pending.call.body().length();
  }

  private static RequestOptions options(WebhookCall call) {
    WebhookCall.Origin origin = call.origin();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setSsl(origin.tls())
            .setHost(origin.host())
            .setPort(origin.port())
            .setURI(call.requestUri())
            .setTimeout(REQUEST_TIMEOUT_MILLIS);
    call.headers().forEach(options::putHeader);
    return options;
  }
}
