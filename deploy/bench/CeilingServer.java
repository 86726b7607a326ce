import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ceiling that intake is compared with: vertx-web on one event loop reads the same body by the
 * same streaming parser and answers the same 202, with as many headers as long. It checks no token,
 * follows no trace and stores nothing.
 */
public final class CeilingServer {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String PATH = "/api/v1/notifications/send";
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  /** What the gateway puts into every answer. */
  private static final MultiMap USUAL_HEADERS =
      HttpHeaders.headers()
          .add(bytes("traceparent"), bytes("00-" + TRACE + "-00f067aa0ba902b7-00"))
          .add(bytes("x-correlation-id"), bytes(TRACE))
          .add(bytes("x-content-type-options"), bytes("nosniff"))
          .add(bytes("cache-control"), bytes("no-store"))
          .add(bytes("referrer-policy"), bytes("no-referrer"))
          .add(
              bytes("content-security-policy"),
              bytes(
                  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                      + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"));

  private CeilingServer() {}

  public static void main(String[] arguments) throws Exception {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    Router router = Router.router(vertx);
    router.post(PATH).handler(CeilingServer::take);
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(router)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
    System.out.println("Ceiling ready on http://127.0.0.1:" + server.actualPort());
  }

  private static void take(RoutingContext context) {
    context
        .request()
        .body()
        .onSuccess(body -> answer(context, body))
        .onFailure(failure -> context.fail(400, failure));
  }

  private static void answer(RoutingContext context, Buffer body) {
    if (fieldsWithText(body) == 0) {
      context.fail(422);
      return;
    }
    String id = "00000000-0000-7000-8000-" + number();
    HttpServerResponse response = context.response();
    response.headers().addAll(USUAL_HEADERS);
    response
        .setStatusCode(202)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.LOCATION, "/api/v1/notifications/" + id)
        .end(Buffer.buffer("{\"id\":\"" + id + "\",\"status\":\"queued\",\"duplicate\":false}"))
        .onFailure(failure -> System.err.println("an answer was not sent: " + failure));
  }

  private static CharSequence bytes(String text) {
    return HttpHeaders.createOptimized(text);
  }

  /** Twelve hexadecimal digits, so that the id has the length of a real one. */
  private static String number() {
    String digits = Long.toHexString(NUMBERS.incrementAndGet());
    return "000000000000".substring(digits.length()) + digits;
  }

  /** Takes every value out of the object, as a parser that needs them does. */
  private static int fieldsWithText(Buffer body) {
    int found = 0;
    try (JsonParser json = JSON.createParser(body.getBytes())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token.isScalarValue() && !json.getText().isEmpty()) {
          found++;
        }
      }
      return found;
    } catch (IOException e) {
      return 0;
    }
  }
}
