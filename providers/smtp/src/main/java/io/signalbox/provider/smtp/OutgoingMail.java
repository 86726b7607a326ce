package io.signalbox.provider.smtp;

import io.vertx.core.VertxException;
import io.vertx.ext.mail.MailMessage;

/**
 * A mail that knows whether its turn has come, and can be withdrawn until then.
 *
 * <p>The mail client reads the text when it encodes the mail, which it does when a connection is
 * ready, logged in and about to be told of this mail, and not before. So nothing of a mail whose
 * text was not read has been said to a server. Its delivery test holds the client to that.
 */
final class OutgoingMail extends MailMessage {
  private boolean begun;
  private boolean withdrawn;

  /** Whether the server may have heard of this mail. */
  boolean begun() {
    return begun;
  }

  /** Keeps the mail from being begun. */
  void withdraw() {
    withdrawn = true;
  }

  /**
   * The text, read when the mail begins.
   *
   * @throws Withdrawn if it must not begin any more; the client ends the connection with QUIT
   */
  @Override
  public String getText() {
    if (withdrawn) {
      throw new Withdrawn();
    }
    begun = true;
    return super.getText();
  }

  // Two mails are never the same one, whatever they say.
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "OutgoingMail[masked]";
  }

  /** Why the client could not send a mail that was withdrawn. */
  static final class Withdrawn extends VertxException {
    private Withdrawn() {
      super("the mail was withdrawn", true);
    }
  }
}
