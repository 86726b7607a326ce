package io.signalbox.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail as the fake SMTP server saw it, whole; whether it was taken is another matter.
 *
 * @param user who had logged in; null if nobody
 * @param encrypted whether it came over TLS
 * @param sender of the envelope
 * @param recipients of the envelope
 * @param content headers and body, dots unstuffed, lines joined by CRLF
 */
public record SeenMail(
    @Nullable String user,
    boolean encrypted,
    String sender,
    List<String> recipients,
    String content) {

  /** Copies the recipients. */
  public SeenMail {
    recipients = List.copyOf(recipients);
  }

  /** The headers, unfolded, each on a line of its own. */
  public List<String> headers() {
    int end = content.indexOf("\r\n\r\n");
    String head = end < 0 ? content : content.substring(0, end);
    return List.of(head.replace("\r\n ", " ").split("\r\n", -1));
  }

  /** What follows the empty line after the headers. */
  public String body() {
    int end = content.indexOf("\r\n\r\n");
    return end < 0 ? "" : content.substring(end + 4);
  }
}
