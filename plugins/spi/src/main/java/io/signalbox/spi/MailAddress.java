package io.signalbox.spi;

import org.jspecify.annotations.Nullable;

/**
 * A mail address as it stands in a header.
 *
 * @param address in ASCII, a domain in its {@code xn--} form
 * @param name what is shown beside it, in any letters, without control characters; null for none
 */
public record MailAddress(String address, @Nullable String name) {

  /** Personal data: nothing of it. */
  @Override
  public String toString() {
    return "MailAddress[masked]";
  }
}
