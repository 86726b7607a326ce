package io.signalbox.simulator.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.simulator.Vectors;
import io.signalbox.simulator.core.Fields;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TwilioSignatureTest {

  static Stream<JsonObject> vectors() throws IOException {
    return Vectors.of("twilio");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void signsAsTwilioDoes(JsonObject vector) {
    JsonObject request = vector.getJsonObject("request");
    Map<String, String> parameters = new LinkedHashMap<>();
    Fields.form(request.getString("body"))
        .orElseThrow()
        .forEach((name, values) -> parameters.put(name, values.get(0)));
    String token = vector.getJsonObject("key").getString("auth_token");
    assertThat(new TwilioSignature(token).of(request.getString("url"), parameters))
        .isEqualTo(request.getJsonObject("headers").getString("X-Twilio-Signature"));
  }
}
