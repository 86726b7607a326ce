package io.signalbox.simulator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartBodyTest {
  private static final String TYPE = "multipart/form-data; boundary=b";

  @Test
  void keepsNamesOrderAndBytes() {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"o:tag\"\r\n\r\none\r\n"
            + "--b\r\ncontent-type: text/plain\r\nCONTENT-DISPOSITION: form-data; name=\"grün\"\r\n\r\n"
            + "a\r\n--c\r\nß😀\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"o:tag\"\r\n\r\n\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.txt\"\r\n\r\nfile\r\n"
            + "--b--\r\n";

    assertThat(MultipartBody.read(TYPE, Buffer.buffer(body)))
        .contains(Map.of("o:tag", List.of("one", ""), "grün", List.of("a\r\n--c\r\nß😀")));
    assertThat(MultipartBody.read("multipart/form-data; Boundary=\"b\"", Buffer.buffer(body)))
        .isPresent();
  }

  @Test
  void formWithoutFieldsIsOne() {
    assertThat(MultipartBody.read(TYPE, Buffer.buffer("--b--\r\n"))).contains(Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rubbish",
        "--b",
        "--b\r\n",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n--b--\r\n",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b\r\n",
        "--bContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n"
      })
  void refusesWhatIsNone(String body) {
    assertThat(MultipartBody.read(TYPE, Buffer.buffer(body))).isEmpty();
  }

  @Test
  void refusesTypesWithoutABoundary() {
    assertThat(MultipartBody.read("multipart/form-data", Buffer.buffer("--b--\r\n"))).isEmpty();
  }
}
