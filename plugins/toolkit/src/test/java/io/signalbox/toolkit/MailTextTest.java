package io.signalbox.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.MailAddress;
import io.signalbox.spi.MailOptions;
import io.signalbox.spi.Recipient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MailTextTest {
  private static final Recipient ALEX = new Recipient.Email("alex@example.com");

  @Test
  void subjectIsTheTitleOnOneLine() {
    assertThat(MailText.subject(titled("Hello\r\nBcc: all@example.com")))
        .isEqualTo("Hello Bcc: all@example.com");
  }

  @Test
  void subjectWithoutATitleIsTheType() {
    assertThat(MailText.subject(titled(null))).isEqualTo("status_changed");
    assertThat(MailText.subject(titled("  "))).isEqualTo("status_changed");
  }

  @Test
  void onlyWhatLooksLikeAnAttemptIdIsTakenForOne() {
    assertThat(Correlation.attemptId("0192f0c1-7b1e-1")).isEqualTo("0192f0c1-7b1e-1");
    assertThat(Correlation.attemptId("")).isNull();
    assertThat(Correlation.attemptId("a b")).isNull();
    assertThat(Correlation.attemptId("a".repeat(41))).isNull();
    assertThat(Correlation.attemptId(null)).isNull();
  }

  @Test
  void addressesForAnswersHaveTheirNames() {
    DeliveryRequest request =
        titled("t")
            .withMail(
                new MailOptions(
                    null,
                    null,
                    List.of(
                        new MailAddress("a@b.test", null),
                        new MailAddress("c@d.test", "Help, \u00fc"))));
    assertThat(MailText.replyToFields(request))
        .containsExactly("a@b.test", "\"Help, \u00fc\" <c@d.test>");
    assertThat(MailText.asciiReplyToFields(request))
        .containsExactly("a@b.test", "=?UTF-8?B?SGVscCwgw7w=?= <c@d.test>");
    assertThat(MailText.replyToFields(titled("t"))).isEmpty();
  }

  private static DeliveryRequest titled(String title) {
    return new DeliveryRequest(
        "a-1",
        "a",
        Channel.EMAIL,
        "status_changed",
        ALEX,
        new Content(title, "text", null),
        Duration.ofSeconds(1),
        null,
        Map.of());
  }
}
