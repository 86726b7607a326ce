package io.signalbox.gateway.tracing;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/** What OpenTelemetry says, which it says rarely, goes where all the log goes. Thread-safe. */
final class ExporterLog extends Handler {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(ExporterLog.class);

  /** Held here: the JDK holds its loggers weakly. */
  private static final Logger THEIRS = Logger.getLogger("io.opentelemetry");

  private static final Handler ONLY = new ExporterLog();

  private ExporterLog() {}

  /** Takes over from the JDK's own log, once for the process. */
  static synchronized void install() {
    THEIRS.setUseParentHandlers(false);
    THEIRS.removeHandler(ONLY);
    THEIRS.addHandler(ONLY);
  }

  /** Without the stack: that a collector is away says the text. */
  @Override
  public void publish(LogRecord record) {
    if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
      LOG.warn("{}", record.getMessage());
    } else {
      LOG.debug("{}", record.getMessage());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
