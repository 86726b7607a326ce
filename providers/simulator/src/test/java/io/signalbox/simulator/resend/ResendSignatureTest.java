package io.signalbox.simulator.resend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.simulator.Vectors;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResendSignatureTest {

  static Stream<JsonObject> vectors() throws IOException {
    return Vectors.of("resend");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void signsAsSvixDoes(JsonObject vector) {
    JsonObject request = vector.getJsonObject("request");
    JsonObject headers = request.getJsonObject("headers");
    ResendSignature signature =
        new ResendSignature(vector.getJsonObject("key").getString("secret"));
    assertThat(
            signature.of(
                headers.getString("svix-id"),
                headers.getString("svix-timestamp"),
                Buffer.buffer(request.getString("body"))))
        .isEqualTo(headers.getString("svix-signature"));
  }

  @Test
  void refusesSecretWithoutItsPrefix() {
    assertThatThrownBy(() -> new ResendSignature("c2VjcmV0"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
