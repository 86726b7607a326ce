package io.signalbox.provider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ConfigReader;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointerTest {
  private static final JsonObject JSON =
      new JsonObject(
          "{\"a\":{\"b/c\":[{\"~\":1},true,\" \"],\"\":\"empty\"},\"n\":null,\"text\":\"x\"}");

  @ParameterizedTest
  @CsvSource({
    "/text, x",
    "/a/b~1c/0/~0, 1",
    "/a/b~1c/1, true",
    "/a/, empty",
    "/a/b~1c/2,",
    "/a/b~1c/3,",
    "/a/b~1c/-1,",
    "/a/b~1c/01,",
    "/a/b~1c/x,",
    "/a,",
    "/n,",
    "/n/x,",
    "/text/0,",
    "/missing/x,"
  })
  void findsScalarsAndNothingElse(String pointer, String expected) {
    ConfigReader reader = new ConfigReader(new JsonObject(), "");

    assertThat(Pointer.parse(pointer, reader, "key").text(JSON)).isEqualTo(expected);
    assertThat(reader.problems()).isEmpty();
  }
}
