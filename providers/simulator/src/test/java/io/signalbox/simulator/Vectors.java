package io.signalbox.simulator;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Signed requests made by the providers' own software. */
public final class Vectors {
  private Vectors() {}

  public static Stream<JsonObject> of(String provider) throws IOException {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors.json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new JsonObject(text)
          .getJsonArray("vectors").stream()
              .map(JsonObject.class::cast)
              .filter(vector -> vector.getString("provider").equals(provider));
    }
  }
}
