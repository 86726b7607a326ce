package io.signalbox.testkit;

import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Random numbers whose seed is printed, and can be given: {@code -Dtestkit.seed=42}. */
final class Seeds {
  private static final Logger LOG = LoggerFactory.getLogger(Seeds.class);

  private Seeds() {}

  static Random random(Class<?> test) {
    long seed = Long.getLong("testkit.seed", System.nanoTime());
    LOG.warn("{} runs with -Dtestkit.seed={}", test.getSimpleName(), seed);
    return new Random(seed);
  }
}
