package io.signalbox.deploy;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prints what a test measured, in lines that begin alike. */
public final class Report {
  private static final Logger LOG = LoggerFactory.getLogger("measured");

  private Report() {}

  /** Prints one line. */
  public static void print(String format, Object... values) {
    LOG.info("MEASURED {}", String.format(Locale.ROOT, format, values));
  }
}
