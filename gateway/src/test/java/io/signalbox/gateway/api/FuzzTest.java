package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.security.Role;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many requests made by the document, valid and spoiled: every answer comes, and is one that the
 * document has; none is a failure of the gateway; every refusal is a problem.
 */
class FuzzTest {
  private static final int REQUESTS = Integer.getInteger("signalbox.fuzz", 20_000);
  private static final int AT_ONCE = 32;
  private static final long LONGEST_MILLIS = 30_000;

  @TempDir private Path dir;
  private TestGateway gateway;
  private Vertx vertx;
  private HttpClient client;
  private FuzzRequests requests;
  private String token;
  private int left = REQUESTS;
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private final List<String> mistakes = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of());
    token = "Bearer " + gateway.token(Role.ADMIN);
    vertx = Vertx.vertx();
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setPipelining(true).setPipeliningLimit(4),
            new PoolOptions().setHttp1MaxSize(8));
  }

  @AfterEach
  void stop() throws Exception {
    TestGateway.await(vertx.close());
    gateway.close();
  }

  @Test
  void everyAnswerIsInTheDocumentAndNoneIsAFailure() throws Exception {
    // The same ones each time; others are for whoever looks for more.
    long seed = Long.getLong("signalbox.fuzz.seed", 1);
    requests = new FuzzRequests(OpenApiTest.document(), seed);
    List<Future<?>> lines = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      Promise<Void> line = Promise.promise();
      lines.add(line.future());
      goOn(line);
    }
    Future.all(lines).toCompletionStage().toCompletableFuture().get(10, TimeUnit.MINUTES);
    assertThat(mistakes).as("seed " + seed + ", " + statuses).isEmpty();
    // Both kinds were among them, or nothing was proved.
    assertThat(statuses.getOrDefault(200, 0)).as("seed " + seed).isGreaterThan(REQUESTS / 50);
    assertThat(statuses.getOrDefault(422, 0)).as("seed " + seed).isGreaterThan(REQUESTS / 50);
  }

  /** One request after the other; a chain of Futures would be as deep as it is long. */
  private void goOn(Promise<Void> line) {
    FuzzRequests.Made made;
    synchronized (this) {
      if (left-- <= 0 || mistakes.size() > 20) {
        line.complete();
        return;
      }
      made = requests.next();
    }
    send(made).onComplete(done -> goOn(line));
  }

  private Future<Void> send(FuzzRequests.Made made) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(made.method()))
            .setAbsoluteURI(gateway.url() + made.path())
            .setTimeout(LONGEST_MILLIS)
            .putHeader("authorization", token);
    made.headers().forEach(options::putHeader);
    return client
        .request(options)
        // The body is asked for where the response arrives: later it may have passed unseen.
        .compose(request -> request.send(made.body()).compose(response -> looked(made, response)))
        .recover(failure -> note(made + ": " + failure))
        .mapEmpty();
  }

  private Future<Void> looked(FuzzRequests.Made made, HttpClientResponse response) {
    String type = String.valueOf(response.getHeader("content-type"));
    return response.body().map(body -> look(made, response.statusCode(), type, body));
  }

  private synchronized Void look(FuzzRequests.Made made, int status, String type, Buffer body) {
    statuses.merge(status, 1, Integer::sum);
    String mistake = AnswerCheck.mistake(made.method(), made.path(), status, type, body.toString());
    if (mistake != null) {
      mistakes.add(made + " " + status + ": " + mistake);
    } else if (status >= 500 && !(status == 503 && mayBeAway(made))) {
      mistakes.add(made + " " + status + ": " + body);
    } else if (status >= 400 && !type.startsWith(Problem.MEDIA_TYPE) && !isReport(made)) {
      mistakes.add(made + " " + status + " is no problem: " + type);
    }
    return null;
  }

  /**
   * Nobody dispatches, rents numbers, runs drills or watches plugins here, and probes tell of that;
   * and the audit log is verified once at a time.
   */
  private static boolean mayBeAway(FuzzRequests.Made made) {
    return isReport(made)
        || Stream.of(
                "notifications/explain", "numbers/rent", "drills", "plugins", "audit/verification")
            .anyMatch(each -> made.path().startsWith("/api/v1/" + each));
  }

  /** Probes answer 503 with their report. */
  private static boolean isReport(FuzzRequests.Made made) {
    return made.path().startsWith("/health") || made.path().startsWith("/ready");
  }

  private synchronized Future<Void> note(String mistake) {
    mistakes.add(mistake);
    return Future.succeededFuture();
  }
}
