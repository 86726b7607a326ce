package io.signalbox.provider.twilio;

import io.signalbox.spi.WebhookRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.stream.Stream;

/** Recorded requests, each with what a right verifier says of it. */
final class Vectors {
  private Vectors() {}

  record Vector(
      String provider, String name, boolean valid, JsonObject key, WebhookRequest request) {
    @Override
    public String toString() {
      return provider + ": " + name;
    }
  }

  static Stream<Vector> of(String provider) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors.json")) {
      return new JsonObject(Buffer.buffer(in.readAllBytes()))
          .getJsonArray("vectors").stream()
              .map(item -> vector((JsonObject) item))
              .filter(vector -> vector.provider().equals(provider));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Vector vector(JsonObject json) {
    JsonObject request = json.getJsonObject("request");
    String url =
        request.getString("url") == null ? "https://app.example.com/" : request.getString("url");
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    request.getJsonObject("headers").forEach(h -> headers.set(h.getKey(), h.getValue().toString()));
    return new Vector(
        json.getString("provider"),
        json.getString("name"),
        "valid".equals(json.getString("expected")),
        json.getJsonObject("key"),
        new WebhookRequest(
            request.getString("method"),
            url,
            url.contains("?") ? url.substring(url.indexOf('?') + 1) : "",
            headers,
            Buffer.buffer(request.getString("body", "")),
            Instant.ofEpochSecond(json.getLong("verify_at", 0L))));
  }
}
