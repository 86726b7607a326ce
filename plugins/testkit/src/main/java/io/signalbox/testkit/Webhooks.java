package io.signalbox.testkit;

import io.signalbox.spi.WebhookRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;

/** Makes the requests that providers' webhooks are. */
public final class Webhooks {
  /** Where the providers under test are told to be found. */
  public static final String URL = "https://app.example.com/webhooks/under-test";

  private Webhooks() {}

  /**
   * An unsigned request to {@link #URL}.
   *
   * @param kind {@code json}, {@code form} or {@code query}, as in {@link Fixture}
   * @param body the body, or for {@code query} the query string
   */
  public static WebhookRequest unsigned(String kind, Buffer body, Instant at) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if ("query".equals(kind)) {
      String query = body.toString().strip();
      return new WebhookRequest("GET", URL + "?" + query, query, headers, Buffer.buffer(), at);
    }
    headers.set(
        "Content-Type",
        "form".equals(kind) ? "application/x-www-form-urlencoded" : "application/json");
    return new WebhookRequest("POST", URL, "", headers, body, at);
  }

  /** The same request with one more header. */
  public static WebhookRequest withHeader(WebhookRequest request, String name, String value) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
    return withHeaders(request, headers.set(name, value));
  }

  /** The same request without a header. */
  public static WebhookRequest withoutHeader(WebhookRequest request, String name) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
    return withHeaders(request, headers.remove(name));
  }

  /** The same request with another body and the signature of the old one. */
  public static WebhookRequest withBody(WebhookRequest request, Buffer body) {
    return new WebhookRequest(
        request.method(),
        request.url(),
        request.rawQuery(),
        request.headers(),
        body,
        request.receivedAt());
  }

  /** The request of a signature vector: {@code {"method","url","headers","body"}}. */
  static WebhookRequest ofVector(JsonObject request, Instant at) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    request
        .getJsonObject("headers", new JsonObject())
        .forEach(header -> headers.add(header.getKey(), String.valueOf(header.getValue())));
    String url = request.getString("url");
    String query = URI.create(url).getRawQuery();
    return new WebhookRequest(
        request.getString("method"),
        url,
        query == null ? "" : query,
        headers,
        Buffer.buffer(request.getString("body", "")),
        at);
  }

  private static WebhookRequest withHeaders(WebhookRequest request, MultiMap headers) {
    return new WebhookRequest(
        request.method(),
        request.url(),
        request.rawQuery(),
        headers,
        request.body(),
        request.receivedAt());
  }
}
