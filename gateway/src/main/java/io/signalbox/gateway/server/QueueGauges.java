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
    claimed = registry.counter("signalbox.queue.claimed");
    rebuilt = registry.counter("signalbox.queue.rebuilt");
    buried = registry.counter("signalbox.queue.buried");
    gauge(registry, "signalbox.queue.waiting", gauges -> gauges.waiting);
    gauge(registry, "signalbox.queue.pending", gauges -> gauges.pending);
    gauge(registry, "signalbox.queue.delayed", gauges -> gauges.delayed);
    gauge(registry, "signalbox.queue.dead.letters", gauges -> gauges.deadLetters);
  }

  private void gauge(MeterRegistry registry, String name, ToDoubleFunction<QueueGauges> value) {
    Gauge.builder(name, this, value).register(registry);
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
