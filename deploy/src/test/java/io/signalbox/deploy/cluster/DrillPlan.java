package io.signalbox.deploy.cluster;

import java.time.Duration;

/**
 * How long and how hard.
 *
 * @param killed when a node is killed and for how long it is away, and so on
 * @param providerMillis how long a provider takes to answer
 * @param drainLimit how long the work may take to end after the load
 */
record DrillPlan(
    int perSecond,
    int seconds,
    Span killed,
    Span frozen,
    Span redis,
    Span postgres,
    Span cut,
    int providerMillis,
    Duration drainLimit) {

  /** When something begins, and how long it lasts, in seconds. */
  record Span(int at, int lasts) {}

  /** Two minutes of load. */
  static DrillPlan of(int perSecond) {
    return new DrillPlan(
        perSecond,
        120,
        new Span(10, 15),
        new Span(32, 20),
        new Span(60, 8),
        new Span(76, 4),
        new Span(88, 20),
        50,
        Duration.ofSeconds(150));
  }
}
