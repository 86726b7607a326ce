import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Where messages end: answers as Telegram, Resend and SendGrid do when they take one, after a time
 * that can be set (a negative one holds them until it is changed), and counts. Below {@code
 * /failing} it answers 500, below {@code /flaky} to every fifth. Costs far less than the simulator,
 * which checks what it gets.
 *
 * <p>A message with {@code (t=NANOSECONDS)} in it, as {@link Load} writes it, is timed: from the
 * time at which its request was meant to go to the gateway, to that at which it was here.
 *
 * <p>{@code GET /_control/telegram/received} and {@code POST /_control/telegram} are as those of
 * the simulator; {@code GET /_sink} tells the times, {@code POST /_sink} forgets them.
 */
public final class Sink {
  private static final byte[] MARK = "(t=".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 19;
  private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(30);

  private final Vertx vertx;
  private final Histogram arrived = new Histogram(MAX_NANOS, 3);
  private long taken;
  private long failed;
  private long delayMillis;
  private long flaky;
  private List<Runnable> held = new ArrayList<>();

  private Sink(Vertx vertx) {
    this.vertx = vertx;
  }

  public static void main(String[] arguments) throws Exception {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    Sink sink = new Sink(vertx);
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(sink::handle)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
    System.out.println("Sink ready on http://127.0.0.1:" + server.actualPort());
  }

  private void handle(HttpServerRequest request) {
    request
        .body()
        .onSuccess(body -> answer(request, body))
        .onFailure(failure -> System.err.println("a request broke off: " + failure));
  }

  private void answer(HttpServerRequest request, Buffer body) {
    String path = request.path();
    if (path.equals("/_sink")) {
      if (request.method() == HttpMethod.POST) {
        arrived.reset();
      }
      String times = arrived.getTotalCount() == 0 ? "" : "," + Measured.percentiles(arrived);
      end(
          request,
          200,
          "{\"taken\":"
              + taken
              + ",\"failed\":"
              + failed
              + ",\"timed\":"
              + arrived.getTotalCount()
              + times
              + "}");
    } else if (path.startsWith("/_control/")) {
      if (request.method() == HttpMethod.POST) {
        delayMillis = new JsonObject(body).getLong("latency_ms", delayMillis);
        release();
      }
      end(request, 200, "{\"count\":" + taken + "}");
    } else if (request.method() == HttpMethod.GET) {
      end(
          request,
          200,
          "{\"ok\":true,\"result\":{\"id\":1,\"is_bot\":true,\"first_name\":\"sink\",\"username\":\"sink_bot\"}}");
    } else if (path.startsWith("/failing") || (path.startsWith("/flaky") && ++flaky % 5 == 0)) {
      failed++;
      end(
          request,
          500,
          "{\"ok\":false,\"error_code\":500,\"description\":\"Internal Server Error\"}");
    } else {
      take(request, path, body);
    }
  }

  private void take(HttpServerRequest request, String path, Buffer body) {
    long number = ++taken;
    time(body.getBytes());
    if (delayMillis == 0) {
      accept(request, path, number);
    } else if (delayMillis < 0) {
      held.add(() -> accept(request, path, number));
    } else {
      vertx.setTimer(delayMillis, ignored -> accept(request, path, number));
    }
  }

  private void release() {
    List<Runnable> waiting = held;
    held = new ArrayList<>();
    waiting.forEach(Runnable::run);
  }

  private static void accept(HttpServerRequest request, String path, long number) {
    if (path.endsWith("/sendMessage")) {
      end(
          request,
          200,
          "{\"ok\":true,\"result\":{\"message_id\":"
              + number
              + ",\"date\":1700000000,\"chat\":{\"id\":123456789,\"type\":\"private\"},\"text\":\"-\"}}");
    } else if (path.endsWith("/mail/send")) {
      request.response().putHeader("X-Message-Id", "sink" + number);
      end(request, 202, "");
    } else {
      end(request, 200, "{\"id\":\"" + new UUID(0, number) + "\"}");
    }
  }

  private void time(byte[] body) {
    int at = body.length - DIGITS - MARK.length;
    while (at >= 0
        && !(body[at] == MARK[0] && body[at + 1] == MARK[1] && body[at + 2] == MARK[2])) {
      at--;
    }
    if (at < 0) {
      return;
    }
    long meant = 0;
    for (int i = at + MARK.length; i < at + MARK.length + DIGITS; i++) {
      meant = meant * 10 + body[i] - '0';
    }
    if (meant > 0) {
      arrived.recordValue(Math.max(0, Math.min(MAX_NANOS, System.nanoTime() - meant)));
    }
  }

  private static void end(HttpServerRequest request, int status, String body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(body)
        .onFailure(failure -> System.err.println("an answer was not sent: " + failure));
  }
}
