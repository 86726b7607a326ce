package io.signalbox.gateway.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** One blocking HTTP call of a command. */
final class HttpCall {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String PLAIN = "http://";

  private final String base;
  private final Supplier<Optional<String>> token;
  private final Duration timeout;
  private final HttpClient client;

  /** To a server without TLS, or with a certificate of an authority that the JDK knows. */
  HttpCall(String base, Optional<String> token) {
    this(base, () -> token, Optional.empty());
  }

  /**
   * Makes calls.
   *
   * @param token asked for each request
   * @param tls which servers are trusted; empty for what the JDK trusts
   */
  HttpCall(String base, Supplier<Optional<String>> token, Optional<SSLContext> tls) {
    this(
        base.endsWith("/") ? base.substring(0, base.length() - 1) : base,
        token,
        TIMEOUT,
        client(
            tls.or(
                () -> base.startsWith(PLAIN) ? Optional.of(NoTls.context()) : Optional.empty())));
  }

  private HttpCall(
      String base, Supplier<Optional<String>> token, Duration timeout, HttpClient client) {
    this.base = base;
    this.token = token;
    this.timeout = timeout;
    this.client = client;
  }

  private static HttpClient client(Optional<SSLContext> tls) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5));
    tls.ifPresent(client::sslContext);
    return client.build();
  }

  /** The same, for calls that may take longer than most. */
  HttpCall within(Duration longer) {
    return new HttpCall(base, token, longer, client);
  }

  /** Where the server is. */
  String url() {
    return base;
  }

  JsonObject get(String path) {
    return send(request(path).GET());
  }

  /** A report on the server's state, which comes with 503 too if it is bad. */
  JsonObject report(String path) {
    HttpResponse<String> answer = exchange(request(path).GET());
    JsonObject body = object(answer);
    boolean isReport = answer.statusCode() == 503 && body.containsKey("status");
    return isReport && !body.containsKey("title") ? body : accepted(answer, body);
  }

  JsonObject put(String path, String json) {
    return send(
        request(path)
            .header("content-type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(json)));
  }

  JsonObject patch(String path, String json) {
    return send(
        request(path)
            .header("content-type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
  }

  JsonObject delete(String path, String... headers) {
    return send(with(request(path).DELETE(), headers));
  }

  /** Sends a file. */
  JsonObject put(String path, Path file, String... headers) {
    try {
      return send(with(request(path).PUT(HttpRequest.BodyPublishers.ofFile(file)), headers));
    } catch (FileNotFoundException e) {
      throw new CommandFailure(ExitCodes.BAD_DATA, file + " cannot be read");
    }
  }

  JsonObject post(String path, String json, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    return send(with(request, headers));
  }

  private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request;
    try {
      request = HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCodes.BAD_DATA, base + path + " is not a usable URL");
    }
    token.get().ifPresent(value -> request.header("authorization", "Bearer " + value));
    return request;
  }

  private JsonObject send(HttpRequest.Builder builder) {
    HttpResponse<String> answer = exchange(builder);
    return accepted(answer, object(answer));
  }

  private static JsonObject accepted(HttpResponse<String> answer, JsonObject body) {
    int exitCode = ExitCodes.ofStatus(answer.statusCode());
    if (exitCode != 0) {
      throw new CommandFailure(exitCode, Refused.describe(answer.statusCode(), body));
    }
    return body;
  }

  private HttpResponse<String> exchange(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (SSLException e) {
      throw new CommandFailure(
          ExitCodes.UNAVAILABLE,
          base
              + " is not trusted over TLS: "
              + e.getMessage()
              + "; name its authority with --ca-file");
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.UNAVAILABLE,
          base
              + " does not answer: "
              + e.getClass().getSimpleName()
              + "; does the gateway run there? If not, say where with --url or SIGNALBOX_URL");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCodes.FAILED, "interrupted");
    }
  }

  /** What an answer says; only a refusal may do so in other words than a JSON object. */
  private JsonObject object(HttpResponse<String> answer) {
    String body = answer.body();
    try {
      return body.isBlank() ? new JsonObject() : new JsonObject(body);
    } catch (DecodeException e) {
      if (ExitCodes.ofStatus(answer.statusCode()) == 0) {
        throw new CommandFailure(
            ExitCodes.BAD_DATA,
            base + " does not answer as a gateway does; say with --url where the gateway is");
      }
      return new JsonObject().put("detail", body);
    }
  }
}
