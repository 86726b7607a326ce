package io.signalbox.provider.smtp;

import io.vertx.ext.mail.SMTPException;

/** What a reply is an answer to. */
enum SmtpStage {
  /** Greeting, EHLO, STARTTLS, AUTH or RSET: nothing was said about this mail. */
  HANDSHAKE,
  /** MAIL FROM. */
  SENDER,
  /** RCPT TO. */
  RECIPIENT,
  /** DATA, before the message itself. */
  DATA,
  /** The whole message. */
  CONTENT;

  /**
   * The stage of a refusal. The client tells it by the beginning of its sentence alone; what begins
   * otherwise is taken for the last stage, whose replies are read most carefully.
   */
  static SmtpStage of(SMTPException refusal, boolean begun) {
    String sentence = String.valueOf(refusal.getMessage());
    if (!begun) {
      return HANDSHAKE;
    }
    if (sentence.startsWith("sender address not accepted")) {
      return SENDER;
    }
    if (sentence.startsWith("recipient address not accepted")) {
      return RECIPIENT;
    }
    return sentence.startsWith("DATA command not accepted") ? DATA : CONTENT;
  }
}
