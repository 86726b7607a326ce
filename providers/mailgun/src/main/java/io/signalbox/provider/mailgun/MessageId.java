package io.signalbox.provider.mailgun;

import org.jspecify.annotations.Nullable;

/** Mailgun's ids of messages: with angle brackets in the answer to a send, without in events. */
final class MessageId {
  private MessageId() {}

  /** The id without brackets; null if there is none. */
  static @Nullable String of(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String id = text.strip();
    if (id.startsWith("<") && id.endsWith(">") && id.length() > 1) {
      id = id.substring(1, id.length() - 1);
    }
    return id.isBlank() ? null : id;
  }
}
