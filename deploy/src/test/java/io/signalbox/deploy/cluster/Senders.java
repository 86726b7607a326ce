package io.signalbox.deploy.cluster;

import io.signalbox.deploy.Messages;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that mean it: mails fall due by the clock, whether or not earlier ones were accepted, and
 * what was not accepted is sent again with the same idempotency key to the next node, until it is.
 * All is done on one event loop.
 */
final class Senders {
  private static final int TICK_MILLIS = 5;
  private static final int ANSWER_MILLIS = 3_000;
  private static final int CONNECT_MILLIS = 1_000;
  private static final int CONNECTIONS = 64;
  private static final int MAX_WAITING = 2_000;
  private static final int AGAIN_MILLIS = 100;
  private static final int AGAIN_MOST_MILLIS = 2_000;

  private final Context context;
  private final HttpClient client;
  private final List<String> urls;
  private final String token;
  private final int perSecond;
  private final Map<Integer, Accepted> accepted = new ConcurrentHashMap<>();
  private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger issued = new AtomicInteger();
  private volatile boolean stopped;
  private volatile boolean ended;
  private long startMillis;

  /**
   * A mail that was accepted. Times are milliseconds since 1970.
   *
   * @param node which said so
   */
  record Accepted(int number, String id, int node, long dueAt, long at, int tries) {}

  /** A try that was not accepted. */
  record Failure(int node, long atMillis, String kind) {}

  Senders(Vertx vertx, List<String> urls, String token, int perSecond) {
    this.context = vertx.getOrCreateContext();
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(MAX_WAITING));
    this.urls = urls;
    this.token = token;
    this.perSecond = perSecond;
  }

  /** The first falls due now. */
  void begin() {
    context.runOnContext(
        begun -> {
          startMillis = System.currentTimeMillis();
          tick();
        });
  }

  /** No more fall due; what is not accepted yet is sent on. */
  void stop() {
    stopped = true;
  }

  /** Nothing more is sent, whether it was accepted or not. */
  void end() {
    stopped = true;
    ended = true;
  }

  boolean isOver() {
    return stopped && accepted.size() == issued.get();
  }

  int issued() {
    return issued.get();
  }

  Collection<Accepted> accepted() {
    return accepted.values();
  }

  Collection<Failure> failures() {
    return failures;
  }

  /** The id of the mail that a node has accepted last. */
  String lastOf(int node) {
    return accepted.values().stream()
        .filter(one -> one.node == node)
        .max((a, b) -> Long.compare(a.at, b.at))
        .orElseThrow()
        .id;
  }

  private void tick() {
    if (stopped) {
      return;
    }
    long elapsed = System.currentTimeMillis() - startMillis;
    while (issued.get() <= elapsed * perSecond / 1000) {
      int number = issued.getAndIncrement();
      send(number, startMillis + number * 1000L / perSecond, 0);
    }
    context.owner().setTimer(TICK_MILLIS, fired -> tick());
  }

  private void send(int number, long dueAt, int triesBefore) {
    if (ended) {
      return;
    }
    int node = (number + triesBefore) % urls.size();
    post(node, number)
        .onSuccess(
            id ->
                accepted.put(
                    number,
                    new Accepted(
                        number, id, node, dueAt, System.currentTimeMillis(), triesBefore + 1)))
        .onFailure(
            e -> {
              failures.add(new Failure(node, System.currentTimeMillis(), kind(e)));
              long pause = Math.min(AGAIN_MOST_MILLIS, AGAIN_MILLIS << Math.min(triesBefore, 10));
              context.owner().setTimer(pause, fired -> send(number, dueAt, triesBefore + 1));
            });
  }

  private Future<String> post(int node, int number) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(urls.get(node) + "/api/v1/notifications/send")
            .setTimeout(ANSWER_MILLIS)
            .putHeader("Content-Type", "application/json")
            .putHeader("Authorization", "Bearer " + token)
            .putHeader("Idempotency-Key", "drill-" + number);
    Buffer body = Messages.email(number).toBuffer();
    return client
        .request(options)
        .compose(
            request ->
                request
                    .send(body)
                    .compose(
                        answer ->
                            answer
                                .body()
                                .map(text -> idOf(answer.statusCode(), text.toJsonObject()))))
        .timeout(ANSWER_MILLIS + CONNECT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static String idOf(int status, JsonObject answer) {
    if (status != 202) {
      throw new NotAccepted(status);
    }
    return answer.getString("id");
  }

  private static String kind(Throwable e) {
    if (e instanceof NotAccepted refused) {
      return Integer.toString(refused.status);
    }
    String name = e.getClass().getSimpleName();
    return e instanceof TimeoutException || name.contains("Timeout") ? "timeout" : "connection";
  }

  private static final class NotAccepted extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    private NotAccepted(int status) {
      super("status " + status, null, false, false);
      this.status = status;
    }
  }
}
