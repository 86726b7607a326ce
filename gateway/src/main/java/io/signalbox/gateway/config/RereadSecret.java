package io.signalbox.gateway.config;

import io.signalbox.spi.Secret;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A secret that is read again each time it is used, so that a changed file is in force without a
 * restart. While it cannot be read, the last one stays. Thread-safe.
 */
public final class RereadSecret {
  private static final Logger LOG = LoggerFactory.getLogger(RereadSecret.class);

  private final SecretReference reference;
  private volatile Secret last;
  private volatile boolean told;

  private RereadSecret(SecretReference reference, Secret first) {
    this.reference = reference;
    this.last = first;
  }

  /**
   * Reads it for the first time; blocks.
   *
   * @param key the key of the configuration that names it, for the message
   * @throws IOException if it cannot be read
   */
  public static RereadSecret open(String key, SecretReference reference) throws IOException {
    try {
      return new RereadSecret(reference, reference.read());
    } catch (IOException e) {
      throw new IOException(key + ": " + e.getMessage(), e);
    }
  }

  /** What it is now; blocks. */
  public Secret now() {
    try {
      last = reference.read();
      told = false;
    } catch (IOException e) {
      if (!told) {
        told = true;
        LOG.warn("{}; what was read before stays in force", e.getMessage());
      }
    }
    return last;
  }
}
