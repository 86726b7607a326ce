package io.signalbox.gateway.api;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Plain HTTP calls over real sockets. Every answer is held to the document. */
final class Calls {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;

  Calls(String base) {
    this.base = base;
  }

  Reply send(String method, String path, String body, String... headers) throws Exception {
    return sendBytes(method, path, HttpRequest.BodyPublishers.ofString(body), headers);
  }

  Reply sendBytes(String method, String path, HttpRequest.BodyPublisher body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body);
    HttpResponse<String> response =
        client.send(
            (headers.length == 0 ? request : request.headers(headers)).build(),
            HttpResponse.BodyHandlers.ofString());
    String type = response.headers().firstValue("content-type").orElse("");
    String mistake =
        AnswerCheck.mistake(method, path, response.statusCode(), type, response.body());
    if (mistake != null) {
      throw new AssertionError(method + " " + path + " " + response.statusCode() + ": " + mistake);
    }
    return new Reply(response);
  }

  record Reply(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String text() {
      return response.body();
    }

    JsonObject json() {
      return new JsonObject(response.body());
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }
}
