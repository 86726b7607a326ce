package io.signalbox.gateway.security;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * Sources of keys that cannot be used now. Each trouble is told once, and again if it was over in
 * between. Thread-safe.
 */
final class Troubles {
  private final Logger log;
  private final Map<String, String> told = new ConcurrentHashMap<>();

  /**
   * Makes it.
   *
   * @param log where they are told
   */
  Troubles(Logger log) {
    this.log = log;
  }

  /** Tells it, unless it was the last that was told of the source. */
  void tell(String source, String what) {
    if (!what.equals(told.put(source, what))) {
      log.warn("the last keys of {} stay in force: {}", source, what);
    }
  }

  /** The source can be used. */
  void over(String source) {
    if (told.remove(source) != null) {
      log.info("the keys of {} can be read again", source);
    }
  }
}
