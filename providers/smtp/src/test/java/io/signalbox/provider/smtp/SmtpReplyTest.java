package io.signalbox.provider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpReplyTest {
  @Test
  void readsCodesAndText() {
    SmtpReply reply = SmtpReply.of(List.of("550 5.1.1 User unknown"));

    assertThat(reply).isEqualTo(new SmtpReply(550, 1, 1, "5.1.1", "User unknown"));
    assertThat(reply.codes()).isEqualTo("550 5.1.1");
    assertThat(reply.refuses()).isTrue();
  }

  @Test
  void joinsTheLinesOfOneReply() {
    SmtpReply reply = SmtpReply.of(List.of("550-5.7.1 Refused", "550-5.7.1 by", "550 5.7.1 us\r"));

    assertThat(reply.text()).isEqualTo("Refused by us");
    assertThat(reply.enhanced()).isEqualTo("5.7.1");
  }

  @Test
  void readsGmailsFormOfEnhancedCodes() {
    assertThat(SmtpReply.of(List.of("535-5.7.8 Username and Password not accepted")).codes())
        .isEqualTo("535 5.7.8");
  }

  @Test
  void doesWithoutEnhancedCodeAndWithoutText() {
    assertThat(SmtpReply.of(List.of("450 Mailbox busy")).codes()).isEqualTo("450");
    assertThat(SmtpReply.of(List.of("421")).code()).isEqualTo(421);
  }

  @Test
  void takesNoVersionNumberForAnEnhancedCode() {
    assertThat(SmtpReply.of(List.of("451 see RFC 5.2.1 of 10.5.7.1")).enhanced()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "55", "Queued", "999 what", "5500 5.1.1", "HTTP/1.1 400 Bad Request"})
  void whatIsNoReplyHasNoCode(String line) {
    SmtpReply reply = SmtpReply.of(List.of(line));

    assertThat(reply.code()).isZero();
    assertThat(reply.refuses()).isFalse();
    assertThat(reply.codes()).isEqualTo("no_reply");
  }

  @Test
  void nothingIsNoReply() {
    assertThat(SmtpReply.of(List.of()).refuses()).isFalse();
  }
}
