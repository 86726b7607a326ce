package io.signalbox.simulator.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.simulator.Vectors;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VonageSignatureTest {

  static Stream<JsonObject> vectors() throws IOException {
    return Vectors.of("vonage-sms-sig");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void signsAsVonageDoes(JsonObject vector) {
    JsonObject body = new JsonObject(vector.getJsonObject("request").getString("body"));
    Map<String, String> parameters = new HashMap<>();
    body.forEach(entry -> parameters.put(entry.getKey(), entry.getValue().toString()));
    String secret = vector.getJsonObject("key").getString("signature_secret");
    assertThat(new VonageSignature(secret).of(parameters)).isEqualTo(body.getString("sig"));
  }
}
