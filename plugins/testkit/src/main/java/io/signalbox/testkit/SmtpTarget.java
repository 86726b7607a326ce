package io.signalbox.testkit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider under test shall connect to.
 *
 * @param port on 127.0.0.1
 * @param security what to ask for
 * @param trusted PEM file of the certificate to trust; null for the usual ones
 */
public record SmtpTarget(int port, Security security, @Nullable Path trusted) {

  /** How the connection is protected. */
  public enum Security {
    /** Not at all. */
    NONE,
    /** Begins in the clear and is upgraded. */
    STARTTLS,
    /** TLS from the first byte. */
    TLS
  }

  /** A server without TLS. */
  public static SmtpTarget plain(int port) {
    return new SmtpTarget(port, Security.NONE, null);
  }
}
