package io.signalbox.toolkit.signature;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One recorded request with what a right verifier says of it. */
record SignatureVector(
    String provider,
    String name,
    boolean valid,
    @Nullable String reason,
    JsonObject key,
    MultiMap headers,
    Buffer body,
    @Nullable Instant verifyAt) {

  static Stream<SignatureVector> of(String provider) {
    return load().filter(vector -> vector.provider().equals(provider));
  }

  private static Stream<SignatureVector> load() {
    try (InputStream in = SignatureVector.class.getResourceAsStream("/signature/vectors.json")) {
      return new JsonObject(Buffer.buffer(in.readAllBytes()))
          .getJsonArray("vectors").stream().map(item -> read((JsonObject) item));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SignatureVector read(JsonObject json) {
    JsonObject request = json.getJsonObject("request");
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    request
        .getJsonObject("headers")
        .forEach(header -> headers.set(header.getKey(), header.getValue().toString()));
    Long verifyAt = json.getLong("verify_at");
    return new SignatureVector(
        json.getString("provider"),
        json.getString("name"),
        "valid".equals(json.getString("expected")),
        json.getString("reason"),
        json.getJsonObject("key"),
        headers,
        Buffer.buffer(request.getString("body", "")),
        verifyAt == null ? null : Instant.ofEpochSecond(verifyAt));
  }

  @Override
  public String toString() {
    return provider + ": " + name;
  }
}
