package io.signalbox.testkit;

/** What a {@link FakeSmtpServer} is about to answer. */
public enum SmtpStage {
  /** The connection stands; the answer is the greeting. */
  GREETING,
  /** {@code EHLO} or {@code HELO}. */
  EHLO,
  /** {@code STARTTLS}. */
  STARTTLS,
  /** The last step of {@code AUTH}. */
  AUTH,
  /** {@code RSET}. */
  RSET,
  /** {@code MAIL FROM}: the sender. */
  MAIL,
  /** {@code RCPT TO}: a recipient. */
  RCPT,
  /** {@code DATA}, before anything of the message. */
  DATA,
  /** The whole message, its final dot included. */
  CONTENT,
  /** {@code QUIT}. */
  QUIT;

  /** Whether nothing of a mail has been said before this answer, its envelope included. */
  public boolean isBeforeTheMail() {
    return compareTo(MAIL) < 0;
  }

  /** Whether a part of the envelope waits for this answer, and nothing of the message was sent. */
  public boolean isInTheEnvelope() {
    return this == MAIL || this == RCPT || this == DATA;
  }
}
