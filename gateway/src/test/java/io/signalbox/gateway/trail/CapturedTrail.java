package io.signalbox.gateway.trail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.signalbox.gateway.model.NotificationId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** Keeps what one class writes into the log at debug, until it is closed. */
public final class CapturedTrail extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final Level before;

  /** Begins to listen. */
  public CapturedTrail(Class<?> writer) {
    this(writer.getName());
  }

  /** The same by the name of a class that others do not see. */
  public CapturedTrail(String writer) {
    this.logger = (Logger) LoggerFactory.getLogger(writer);
    this.before = logger.getLevel();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(this);
    start();
  }

  @Override
  protected void append(ILoggingEvent line) {
    lines.add(line);
  }

  /** The lines of one notification: the message and the two values after its id. */
  public List<String> of(NotificationId id) {
    return lines.stream()
        .filter(line -> values(line).contains(id.toString()))
        .map(line -> line.getMessage() + " " + String.join(" ", values(line).subList(1, 3)))
        .toList();
  }

  /** What was written at a level or above it. */
  public List<String> from(Level level) {
    return lines.stream()
        .filter(line -> line.getLevel().isGreaterOrEqual(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static List<String> values(ILoggingEvent line) {
    List<KeyValuePair> pairs = line.getKeyValuePairs();
    return pairs == null ? List.of() : pairs.stream().map(pair -> "" + pair.value).toList();
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setLevel(before);
    stop();
  }
}
