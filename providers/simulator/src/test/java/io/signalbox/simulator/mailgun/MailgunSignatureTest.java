package io.signalbox.simulator.mailgun;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.simulator.Vectors;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MailgunSignatureTest {

  static Stream<JsonObject> vectors() throws IOException {
    return Vectors.of("mailgun");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void signsAsMailgunDoes(JsonObject vector) {
    JsonObject signed =
        new JsonObject(vector.getJsonObject("request").getString("body"))
            .getJsonObject("signature");
    MailgunSignature signature =
        new MailgunSignature(vector.getJsonObject("key").getString("webhook_signing_key"));

    assertThat(signature.of(signed.getString("timestamp"), signed.getString("token")))
        .isEqualTo(signed.getString("signature"));
  }
}
