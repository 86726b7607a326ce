package io.signalbox.gateway.intake;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.health.WorkMonitor;
import io.signalbox.gateway.health.WorkSample;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Closes intake while too much waits or the disk is nearly full. Between two looks of the monitor
 * it counts what was accepted since. Thread-safe.
 */
public final class IntakeGate {
  private final WorkMonitor monitor;
  private final GatewayConfig.Intake limits;
  private final AtomicReference<Window> window = new AtomicReference<>(new Window(0));

  /** Makes a gate that reads a monitor's samples. */
  public IntakeGate(WorkMonitor monitor, GatewayConfig.Intake limits) {
    this.monitor = monitor;
    this.limits = limits;
  }

  /**
   * Lets notifications pass, or says why not.
   *
   * @param count how many
   * @return a refusal of status 503, or empty
   */
  Optional<Refusal> pass(int count) {
    WorkSample sample = monitor.sample();
    if (sample.freeDiskBytes() < limits.minFreeDiskBytes()) {
      return Optional.of(new Refusal("disk", "the disk is nearly full"));
    }
    Window current = window.get();
    if (current.sampledAtMillis != sample.takenAtMillis()) {
      Window next = new Window(sample.takenAtMillis());
      current = window.compareAndSet(current, next) ? next : window.get();
    }
    long since = current.passed.addAndGet(count);
    if (sample.waiting() + since > limits.backlogLimit()) {
      current.passed.addAndGet(-count);
      return Optional.of(new Refusal("backlog", "too many notifications wait"));
    }
    return Optional.empty();
  }

  /** Takes back some that had passed and were not stored after all. */
  void unused(int count) {
    window.get().passed.addAndGet(-count);
  }

  /**
   * Why nothing passes.
   *
   * @param reason a short lower-case word for the metric
   * @param detail for the client
   */
  record Refusal(String reason, String detail) {
    GatewayException toException() {
      return new GatewayException(503, detail);
    }
  }

  private static final class Window {
    private final long sampledAtMillis;
    private final AtomicLong passed = new AtomicLong();

    Window(long sampledAtMillis) {
      this.sampledAtMillis = sampledAtMillis;
    }
  }
}
