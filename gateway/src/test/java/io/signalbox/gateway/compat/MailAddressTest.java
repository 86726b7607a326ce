package io.signalbox.gateway.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses as they stand in headers. */
class MailAddressTest {

  @Test
  void commasInQuotesAndBracketsSeparateNothing() {
    assertThat(MailAddress.parseList("\"A, \\\"B\" <a@b.test>, <c@d.test,>,e@f.test", 9))
        .extracting(MailAddress::text)
        .containsExactly("\"A, \\\"B\" <a@b.test>", "c@d.test,", "e@f.test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Alex", "A. B. Doe", "Doe, A", "a \"b\" c", "a\\b", "a<b>", "\"", "\u00fc;"})
  void whatItSaysIsReadAsTheSame(String name) {
    MailAddress address = new MailAddress(name, "a@b.test");
    assertThat(MailAddress.parseList(address.text(), 9)).containsExactly(address);
  }

  @Test
  void nothingIsReadBehindOneTooMany() {
    assertThat(MailAddress.parseList(",".repeat(1_000_000), 50)).hasSize(51);
    assertThat(MailAddress.parseList("a,b,c", 3)).hasSize(3);
    assertThat(MailAddress.parseList("a,b,c", 2)).hasSize(3);
    Mistakes mistakes = new Mistakes();
    String many = "a@b.test,".repeat(1_000_000);
    assertThat(MailAddress.parseList(many, "To", 50, mistakes)).hasSize(51);
    assertThat(mistakes.refusal().mistakes())
        .containsExactly(new Refusal.Mistake("To", "must have at most 50 entries"));
  }

  @Test
  void theFirstOfEqualAddressesIsKept() {
    List<MailAddress> all = MailAddress.parseList("A <a@b.test>, c@d.test, A@B.test", 9);
    assertThat(MailAddress.distinct(all))
        .extracting(MailAddress::text)
        .containsExactly("A <a@b.test>", "c@d.test");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "alex@example.com                   |             | alex@example.com",
        "Alex <alex@example.com>            | Alex        | alex@example.com",
        "\"Alex, Sales\" <alex@example.com> | Alex, Sales | alex@example.com",
        "\"Alex\"<alex@example.com>         | Alex        | alex@example.com",
        "<alex@example.com>                 |             | alex@example.com",
        "\"alex@example.com\"               |             | alex@example.com",
      })
  void readsWhatStandsInHeaders(String text, String name, String address) {
    MailAddress read = MailAddress.parse(text);
    assertThat(read.name()).isEqualTo(name);
    assertThat(read.address()).isEqualTo(address);
    assertThat(read.problem()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {"nobody", "\"nobody\"", "\"", "\"\"", "\"a@example.com", "Alex <nobody>"})
  void saysWhatIsNone(String text) {
    assertThat(MailAddress.parse(text).problem()).isNotNull();
  }

  @Test
  void readsSeveral() {
    assertThat(MailAddress.parseList("\"a@example.com\",\"B, C\"<b@example.com>, c@example.com", 9))
        .containsExactly(
            new MailAddress(null, "a@example.com"),
            new MailAddress("B, C", "b@example.com"),
            new MailAddress(null, "c@example.com"));
  }
}
