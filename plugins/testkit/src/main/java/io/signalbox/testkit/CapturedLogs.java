package io.signalbox.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Everything that is logged, from DEBUG up, between its start and its close. */
public final class CapturedLogs implements AutoCloseable {
  private final Logger root;
  private final Level before;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(
              event.getFormattedMessage()
                  + (event.getThrowableProxy() == null
                      ? ""
                      : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
      };

  private CapturedLogs(Logger root) {
    this.root = root;
    this.before = root.getLevel();
  }

  /** Starts to listen on the root logger. */
  public static CapturedLogs start() {
    LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    CapturedLogs logs = new CapturedLogs(loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME));
    logs.appender.setContext(loggers);
    logs.appender.start();
    logs.root.addAppender(logs.appender);
    logs.root.setLevel(Level.DEBUG);
    return logs;
  }

  /** All lines, one under the other. */
  public String text() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    root.setLevel(before);
    root.detachAppender(appender);
    appender.stop();
  }
}
