package io.signalbox.gateway.trail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The levels of this process's loggers, changed while it runs and put back. A logger that the
 * configuration of the log holds down, because it would tell recipients or contents, is never made
 * to tell more, nor are those below it. What is changed ends with the process. Thread-safe.
 */
public final class LogLevels implements AutoCloseable {
  /** How the logger above all others is called. */
  public static final String ROOT = "root";

  /** The log of requests. */
  public static final String ACCESS = "access";

  /** How many levels may be changed at a time. */
  static final int MOST = 100;

  private final LoggerContext context;
  private final Vertx vertx;
  private final Clock clock;
  private final Map<String, Level> usual = new HashMap<>();
  private final Map<String, Change> changes = new TreeMap<>();

  /**
   * For all loggers of this process.
   *
   * @param vertx for the timers that put levels back
   */
  public LogLevels(Vertx vertx, Clock clock) {
    this((LoggerContext) LoggerFactory.getILoggerFactory(), vertx, clock);
  }

  LogLevels(LoggerContext context, Vertx vertx, Clock clock) {
    this.context = context;
    this.vertx = vertx;
    this.clock = clock;
    for (Logger logger : context.getLoggerList()) {
      Level level = logger.getLevel();
      if (level != null) {
        usual.put(logger.getName(), level);
      }
    }
  }

  /**
   * A logger with a level of its own.
   *
   * @param name {@link #ROOT}, or a class or package
   * @param level what it tells from
   * @param usual what it is put back to; null for what the logger above it has
   * @param untilMillis when it is put back by itself; 0 if it is not
   * @param changed whether it was changed here
   */
  public record LogLevel(
      String name, String level, @Nullable String usual, long untilMillis, boolean changed) {}

  /** What came of a wish. */
  public enum Result {
    /** It is so now. */
    DONE,
    /** Nothing is called so. */
    UNKNOWN,
    /** It would tell what must not stand in a log. */
    HELD_DOWN,
    /** Too many are changed already. */
    TOO_MANY
  }

  /** What was changed: what it was before, and the timer that puts it back, -1 for none. */
  private record Change(@Nullable Level before, long untilMillis, long timer) {}

  /** All loggers with a level of their own, by name. */
  public synchronized List<LogLevel> all() {
    Map<String, LogLevel> found = new TreeMap<>();
    for (Logger logger : context.getLoggerList()) {
      if (logger.getLevel() != null) {
        found.put(told(logger.getName()), describe(logger));
      }
    }
    return new ArrayList<>(found.values());
  }

  /** One logger, as it is now; null if nothing is called so. */
  public synchronized @Nullable LogLevel find(String name) {
    Logger logger = logger(name);
    return logger == null ? null : describe(logger);
  }

  /**
   * Has a logger tell from a level on.
   *
   * @param level off, error, warn, info or debug
   * @param lasting how long; null until it is put back, or the process ends
   */
  public synchronized Result set(String name, String level, @Nullable Duration lasting) {
    Logger logger = logger(name);
    if (logger == null) {
      return Result.UNKNOWN;
    }
    Level wanted = Level.toLevel(level, Level.INFO);
    if (!mayTell(logger.getName(), wanted)) {
      return Result.HELD_DOWN;
    }
    String key = logger.getName();
    Change known = changes.get(key);
    if (known == null && changes.size() >= MOST) {
      return Result.TOO_MANY;
    }
    Level before = known == null ? logger.getLevel() : known.before();
    if (known != null) {
      vertx.cancelTimer(known.timer());
    }
    long millis = lasting == null ? 0 : lasting.toMillis();
    long timer = lasting == null ? -1 : vertx.setTimer(millis, over -> expire(key, over));
    long until = lasting == null ? 0 : clock.millis() + millis;
    changes.put(key, new Change(before, until, timer));
    logger.setLevel(wanted);
    return Result.DONE;
  }

  /** Puts a level back; a level that was not changed stays. */
  public synchronized Result reset(String name) {
    Logger logger = logger(name);
    if (logger == null) {
      return Result.UNKNOWN;
    }
    Change known = changes.remove(logger.getName());
    if (known != null) {
      vertx.cancelTimer(known.timer());
      logger.setLevel(known.before());
    }
    return Result.DONE;
  }

  /** Puts a level back unless it was changed anew, while its timer was already on its way. */
  synchronized void expire(String key, long timer) {
    Change known = changes.get(key);
    if (known != null && known.timer() == timer) {
      reset(key);
    }
  }

  /** Puts all levels back. */
  @Override
  public synchronized void close() {
    List.copyOf(changes.keySet()).forEach(this::reset);
  }

  /** Whether nothing above it, nor itself, is held down to less. The access log is not. */
  private boolean mayTell(String name, Level wanted) {
    if (name.equals(Logger.ROOT_LOGGER_NAME) || name.equals(ACCESS)) {
      return true;
    }
    for (Map.Entry<String, Level> each : usual.entrySet()) {
      String held = each.getKey();
      boolean concerns = name.equals(held) || name.startsWith(held + ".");
      if (concerns && !held.equals(Logger.ROOT_LOGGER_NAME) && isMore(wanted, each.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMore(Level wanted, Level held) {
    return wanted.toInt() < held.toInt();
  }

  private LogLevel describe(Logger logger) {
    Change change = changes.get(logger.getName());
    Level before = change == null ? logger.getLevel() : change.before();
    return new LogLevel(
        told(logger.getName()),
        word(logger.getEffectiveLevel()),
        before == null ? null : word(before),
        change == null ? 0 : change.untilMillis(),
        change != null);
  }

  /** Only what is there: a name that nothing has would be kept for ever. */
  private @Nullable Logger logger(String name) {
    return context.exists(name.equals(ROOT) ? Logger.ROOT_LOGGER_NAME : name);
  }

  private static String told(String name) {
    return name.equals(Logger.ROOT_LOGGER_NAME) ? ROOT : name;
  }

  private static String word(Level level) {
    return level.toString().toLowerCase(Locale.ROOT);
  }
}
