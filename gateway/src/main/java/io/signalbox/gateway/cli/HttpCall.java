package io.signalbox.gateway.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** One blocking HTTP call of a command. */
final class HttpCall {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final String base;
  private final Optional<String> token;
  private final Duration timeout;
  private final HttpClient client;

  /** To a server without TLS, or with a certificate of an authority that the JDK knows. */
  HttpCall(String base, Optional<String> token) {
    this(base, token, Optional.empty());
  }

  /**
   * Makes calls.
   *
   * @param tls which servers are trusted; empty for what the JDK trusts
   */
  HttpCall(String base, Optional<String> token, Optional<SSLContext> tls) {
    this(
        base.endsWith("/") ? base.substring(0, base.length() - 1) : base,
        token,
        TIMEOUT,
        client(tls));
  }

  private HttpCall(String base, Optional<String> token, Duration timeout, HttpClient client) {
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

  JsonObject get(String path) {
    return send(request(path).GET());
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
    token.ifPresent(value -> request.header("authorization", "Bearer " + value));
    return request;
  }

  private JsonObject send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      JsonObject body = object(response.body());
      int exitCode = ExitCodes.ofStatus(response.statusCode());
      if (exitCode != 0) {
        throw new CommandFailure(exitCode, describe(response.statusCode(), body));
      }
      return body;
    } catch (SSLException e) {
      throw new CommandFailure(
          ExitCodes.UNAVAILABLE, base + " is not trusted over TLS: " + e.getMessage());
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.UNAVAILABLE, base + " does not answer: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCodes.FAILED, "interrupted");
    }
  }

  private static JsonObject object(String body) {
    try {
      return body.isBlank() ? new JsonObject() : new JsonObject(body);
    } catch (DecodeException e) {
      return new JsonObject().put("detail", body);
    }
  }

  private static String describe(int status, JsonObject problem) {
    StringBuilder text = new StringBuilder("HTTP " + status);
    String detail = problem.getString("detail", "");
    if (!detail.isEmpty()) {
      text.append(": ").append(detail);
    }
    for (Object error : problem.getJsonArray("errors", new JsonArray())) {
      if (error instanceof JsonObject each) {
        text.append("\n  ").append(each.getString("pointer", ""));
        text.append(' ').append(each.getString("detail", ""));
      }
    }
    return text.toString();
  }
}
