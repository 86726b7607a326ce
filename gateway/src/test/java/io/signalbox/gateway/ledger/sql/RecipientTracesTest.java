package io.signalbox.gateway.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientTracesTest {
  private final RecipientTraces mail = new RecipientTraces("alex@example.com", 17);
  private final RecipientTraces phone = new RecipientTraces("+15558675310", 17);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alex@example.com",
        "ALEX@Example.com",
        "to=alex%40example.com&x=1",
        "to=Alex+%3Calex%40example.com%3E",
        "to=+alex%40example.com",
        "{\"to\":\"\\u003calex@example.com\\u003e\"}",
        "{\"to\":\"alex\\u0040example.com\"}",
        "{\"text\":\"to:\\nalex@example.com.\"}",
        "mailto:alex@example.com?x",
        "/unsubscribe/alex%40example%2Ecom"
      })
  void anAddressIsFoundAndTakenOut(String text) {
    assertThat(mail.in(text)).isTrue();
    String blotted = mail.blot(text);
    assertThat(blotted).contains("[erased 17]").doesNotContainIgnoringCase("alex@");
    assertThat(blotted).doesNotContainIgnoringCase("example.com");
    assertThat(mail.in(blotted)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo.alex@example.com",
        "foo+alex@example.com",
        "foo%2Balex%40example.com",
        "foo%2Ealex@example.com",
        "malex@example.com",
        "{\"to\":\"foo\\u002balex@example.com\"}",
        "alex@example.com.au",
        "alex@example.community",
        "alex@example-com"
      })
  void anotherAddressIsLeftAlone(String text) {
    assertThat(mail.in(text)).isFalse();
    assertThat(mail.blot(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+15558675310",
        "15558675310",
        "To=%2B15558675310&x=1",
        "To=whatsapp%3A%2B15558675310",
        "{\"to\":\"\\u002B15558675310\"}",
        "whatsapp:+15558675310",
        "To=+15558675310"
      })
  void aNumberIsFoundAndTakenOut(String text) {
    assertThat(phone.in(text)).isTrue();
    assertThat(phone.blot(text)).contains("[erased 17]").doesNotContain("5558675310");
  }

  @ParameterizedTest
  @ValueSource(strings = {"115558675310", "155586753100", "1.15558675310", "x15558675310"})
  void anotherNumberIsLeftAlone(String text) {
    assertThat(phone.in(text)).isFalse();
  }

  @Test
  void bytesAroundItStayAsTheyAre() {
    byte[] text = "\u00e9: alex@example.com".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(mail.blot(text))
        .isEqualTo("\u00e9: [erased 17]".getBytes(StandardCharsets.ISO_8859_1));
    byte[] utf = "\u00e9: alex@example.com".getBytes(StandardCharsets.UTF_8);
    assertThat(mail.blot(utf)).isEqualTo("\u00e9: [erased 17]".getBytes(StandardCharsets.UTF_8));
    RecipientTraces umlaut = new RecipientTraces("j\u00f6rg@example.com", 1);
    assertThat(umlaut.in("to=j%C3%B6rg%40example.com")).isTrue();
    assertThat(umlaut.in("{\"to\":\"j\\u00f6rg@example.com\"}")).isTrue();
  }
}
