package io.signalbox.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "null", "7", "\"x\"", "{", "{\"a\":}", "{} {}", "]", "{\"a\":1", "\\"})
  void anythingButAnObjectOrArrayIsAbsent(String text) {
    assertThat(JsonBody.object(Buffer.buffer(text))).isEmpty();
    assertThat(JsonBody.array(Buffer.buffer(text))).isEmpty();
  }

  @Test
  void invalidUtf8IsAbsent() {
    byte[] bytes = {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'};
    assertThat(JsonBody.object(Buffer.buffer(bytes))).isEmpty();
  }

  @Test
  void nestingIsReadUpToItsLimitOnly() {
    int limit = JsonBody.MAX_DEPTH;
    assertThat(JsonBody.array(nested(limit))).isPresent();
    assertThat(JsonBody.array(nested(limit + 1))).isEmpty();
    assertThat(JsonBody.array(nested(500_000))).isEmpty();
    assertThat(JsonBody.array(Buffer.buffer("[".repeat(500_000)))).isEmpty();
  }

  @Test
  void bracketsInTextsDoNotNest() {
    String brackets = "[{".repeat(200);
    assertThat(JsonBody.object(Buffer.buffer("{\"a\":\"\\\"" + brackets + "\"}"))).isPresent();
  }

  @Test
  void readsScalarsAsText() {
    JsonObject object =
        new JsonObject().put("s", "x").put("n", 12).put("b", true).put("o", new JsonObject());
    assertThat(JsonBody.text(object, "s")).isEqualTo("x");
    assertThat(JsonBody.text(object, "n")).isEqualTo("12");
    assertThat(JsonBody.text(object, "b")).isEqualTo("true");
    assertThat(JsonBody.text(object, "o")).isNull();
    assertThat(JsonBody.text(object, "none")).isNull();
  }

  @Test
  void readsWholeNumbersHoweverWritten() {
    JsonObject object =
        new JsonObject()
            .put("n", 12)
            .put("s", "13")
            .put("d", 1.5)
            .put("huge", "9".repeat(400))
            .putNull("null");
    assertThat(JsonBody.integer(object, "n")).hasValue(12);
    assertThat(JsonBody.integer(object, "s")).hasValue(13);
    assertThat(JsonBody.integer(object, "d")).isEmpty();
    assertThat(JsonBody.integer(object, "huge")).isEmpty();
    assertThat(JsonBody.integer(object, "null")).isEmpty();
  }

  @Test
  void readsNestedValuesOfTheWrongTypeAsEmpty() {
    JsonObject object = new JsonObject("{\"a\":[{\"b\":1},2],\"o\":{\"c\":3}}");
    assertThat(JsonBody.object(object, "a")).isEmpty();
    assertThat(JsonBody.array(object, "o")).isEmpty();
    assertThat(JsonBody.object(JsonBody.array(object, "a"), 0).getInteger("b")).isEqualTo(1);
    assertThat(JsonBody.object(JsonBody.array(object, "a"), 1)).isEmpty();
    assertThat(JsonBody.object(JsonBody.array(object, "a"), 9)).isEmpty();
    assertThat(JsonBody.text(JsonBody.array(object, "a"), 1)).isEqualTo("2");
    assertThat(JsonBody.text(JsonBody.array(object, "a"), 9)).isNull();
  }

  private static Buffer nested(int depth) {
    return Buffer.buffer("[".repeat(depth) + "]".repeat(depth));
  }
}
