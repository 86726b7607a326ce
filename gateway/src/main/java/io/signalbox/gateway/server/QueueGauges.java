package io.signalbox.gateway.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.gateway.queue.QueueMeter;
import java.util.function.ToDoubleFunction;

/** The queue in Redis as meters. Thread-safe. */
final class QueueGauges implements QueueMeter {
  private final Counter claimed;
  private final Counter rebuilt;
  private final Counter buried;
  private volatile double waiting;
  private volatile double pending;
  private volatile double delayed;
  private volatile double deadLetters;

  QueueGauges(MeterRegistry registry) {
    claimed =
        counter(
            registry,
            "signalbox.queue.claimed",
            "Entries that were taken over from gateways that gave no sign of life");
    rebuilt =
        counter(
            registry,
            "signalbox.queue.rebuilt",
            "Notifications that the ledger had due and the streams did not bring");
    buried =
        counter(
            registry,
            "signalbox.queue.buried",
            "Entries that were given out too often and went to the dead letters");
    gauge(
        registry,
        "signalbox.queue.waiting",
        "Entries of streams that were not given out yet",
        gauges -> gauges.waiting);
    gauge(
        registry,
        "signalbox.queue.pending",
        "Entries of streams that were given out and are not acknowledged",
        gauges -> gauges.pending);
    gauge(
        registry,
        "signalbox.queue.delayed",
        "Notifications in Redis that are due soon",
        gauges -> gauges.delayed);
    gauge(
        registry,
        "signalbox.queue.dead.letters",
        "Entries in the stream of dead letters",
        gauges -> gauges.deadLetters);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      String description,
      ToDoubleFunction<QueueGauges> value) {
    Gauge.builder(name, this, value).description(description).register(registry);
  }

  @Override
  public void claimed(int count) {
    claimed.increment(count);
  }

  @Override
  public void rebuilt(int count) {
    rebuilt.increment(count);
  }

  @Override
  public void buried(int count) {
    buried.increment(count);
  }

  @Override
  public void sizes(long waitingNow, long pendingNow, long delayedNow, long deadLettersNow) {
    waiting = waitingNow;
    pending = pendingNow;
    delayed = delayedNow;
    deadLetters = deadLettersNow;
  }
}
