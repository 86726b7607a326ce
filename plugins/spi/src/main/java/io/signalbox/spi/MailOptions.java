package io.signalbox.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a mail asks for beyond its recipient and content. Addresses are ASCII, a domain in its
 * {@code xn--} form; texts have no control characters, so that each can stand in a header as it is.
 *
 * @param fromEmail the address of the sender in place of the provider's own; null for that one
 * @param fromName the name beside the sender's address; null with {@code fromEmail} for no name,
 *     and without it for the provider's own
 * @param replyTo where answers go, with the names beside the addresses; empty for the sender
 */
public record MailOptions(
    @Nullable String fromEmail, @Nullable String fromName, List<MailAddress> replyTo) {

  /**
   * Copies the list and checks that something is asked for.
   *
   * @param fromEmail {@link #fromEmail()}
   * @param fromName {@link #fromName()}
   * @param replyTo {@link #replyTo()}
   */
  public MailOptions {
    replyTo = List.copyOf(replyTo);
    if (fromEmail == null && fromName == null && replyTo.isEmpty()) {
      throw new IllegalArgumentException("options of a mail ask for something");
    }
  }

  /** {@return whether it asks for a sender's address or name other than the provider's own} */
  public boolean asksForSender() {
    return fromEmail != null || fromName != null;
  }

  /** Personal data: nothing of it. */
  @Override
  public String toString() {
    return "MailOptions[masked]";
  }
}
