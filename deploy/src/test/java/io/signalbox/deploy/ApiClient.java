package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Blocking HTTP calls to one server with one token. Thread-safe. */
public final class ApiClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(30))
          .build();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String NOTIFICATIONS = "/api/v1/notifications";

  private final String url;
  private final String token;

  /** A client; an empty token means none. */
  public ApiClient(String url, String token) {
    this.url = url;
    this.token = token;
  }

  /** An answer. */
  public record Answer(int status, HttpHeaders headers, String body) {
    /** The value of a header that must be there. */
    public String header(String name) {
      return headers
          .firstValue(name)
          .orElseThrow(() -> new AssertionError("no " + name + " in " + this));
    }

    /** The body. */
    public JsonObject json() {
      return new JsonObject(body);
    }

    /** The body of an answer that must have this status. */
    public JsonObject json(int expected) {
      assertThat(status).as(body).isEqualTo(expected);
      return json();
    }
  }

  /** Reads. */
  public Answer get(String path) {
    return call("GET", path, "", Map.of());
  }

  Answer post(String path, JsonObject body) {
    return call("POST", path, body.encode(), Map.of("Content-Type", "application/json"));
  }

  /**
   * Any call.
   *
   * @throws UncheckedIOException if there was no answer
   */
  public Answer call(String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(TIMEOUT)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Sends a notification that must be accepted; returns its id. */
  String send(JsonObject notification) {
    return post(NOTIFICATIONS + "/send", notification).json(202).getString("id");
  }

  /** Sends a notification with an idempotency key, to be repeated until there is an answer. */
  Answer send(JsonObject notification, String idempotencyKey) {
    return post(NOTIFICATIONS + "/send", notification.encode(), idempotencyKey);
  }

  /** Sends a batch with an idempotency key, to be repeated until there is an answer. */
  Answer batch(JsonArray notifications, String idempotencyKey) {
    return post(NOTIFICATIONS + "/batch", notifications.encode(), idempotencyKey);
  }

  private Answer post(String path, String body, String idempotencyKey) {
    return call(
        "POST",
        path,
        body,
        Map.of("Content-Type", "application/json", "Idempotency-Key", idempotencyKey));
  }

  /** A notification as the API shows it. */
  public Timeline timeline(String id) {
    return new Timeline(get(NOTIFICATIONS + "/" + id).json(200));
  }

  /** The sum of a counter over all its labels; 0 if it is not there. */
  public long metric(String name) {
    Answer answer = get("/metrics");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
