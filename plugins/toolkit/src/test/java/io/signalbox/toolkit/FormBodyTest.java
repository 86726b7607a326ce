package io.signalbox.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormBodyTest {
  @Test
  void keepsOrderRepeatsAndEmptyValues() {
    FormBody form = FormBody.parse("b=2&a=1&b=3&empty=&bare&&x=%2B1+2").orElseThrow();

    assertThat(form.fields())
        .extracting(field -> field.name() + "=" + field.value())
        .containsExactly("b=2", "a=1", "b=3", "empty=", "bare=", "x=+1 2");
    assertThat(form.first("b")).isEqualTo("2");
    assertThat(form.first("none")).isNull();
  }

  @Test
  void writesWhatItReads() {
    FormBody form = FormBody.empty().with("To", "+15558675310").with("Body", "Grüße & = %\n😀");
    assertThat(form.encode()).startsWith("To=%2B15558675310&Body=Gr%C3%BC%C3%9Fe+%26+%3D+%25%0A");
    assertThat(FormBody.parse(form.toBuffer())).contains(form);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%2", "a=%zz", "%=1", "a=%-1"})
  void brokenEscapesAreAbsent(String text) {
    assertThat(FormBody.parse(text)).isEmpty();
  }

  @Test
  void refusesMoreFieldsThanItsLimit() {
    assertThat(FormBody.parse("a=1&".repeat(FormBody.MAX_FIELDS))).isPresent();
    assertThat(FormBody.parse("a=1&".repeat(FormBody.MAX_FIELDS + 1))).isEmpty();
  }

  @Test
  void anyBytesAreReadWithoutAThrow() {
    byte[] bytes = {(byte) 0xff, '=', (byte) 0xc3, '&', 0};
    assertThat(FormBody.parse(Buffer.buffer(bytes))).isPresent();
  }
}
