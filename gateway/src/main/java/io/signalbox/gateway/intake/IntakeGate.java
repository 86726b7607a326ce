package io.signalbox.gateway.intake;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.health.WorkMonitor;
import io.signalbox.gateway.health.WorkSample;
import io.signalbox.spi.intake.Priority;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;

/**
 * Closes intake while too much waits, the gateway is too busy or the disk is nearly full; for what
 * is of low priority first, and for what is urgent last. Between two looks of the monitor it counts
 * what was accepted since. Thread-safe.
 */
public final class IntakeGate {
  private final WorkMonitor monitor;
  private final GatewayConfig.Intake limits;
  private final DoubleSupplier pressure;
  private final AtomicReference<Window> window = new AtomicReference<>(new Window(0));

  /** Makes a gate that reads a monitor's samples alone. */
  public IntakeGate(WorkMonitor monitor, GatewayConfig.Intake limits) {
    this(monitor, limits, () -> 0);
  }

  /**
   * Makes a gate that reads a monitor's samples.
   *
   * @param pressure how busy the gateway is, 0 to 1; cheap
   */
  public IntakeGate(WorkMonitor monitor, GatewayConfig.Intake limits, DoubleSupplier pressure) {
    this.monitor = monitor;
    this.limits = limits;
    this.pressure = pressure;
  }

  /**
   * Lets notifications pass, or says why not.
   *
   * @param count how many
   * @return a refusal of status 503, or empty
   */
  Optional<Refusal> pass(Priority priority, int count) {
    WorkSample sample = monitor.sample();
    if (sample.diskIsFull(limits.minFreeDiskBytes())) {
      return Optional.of(new Refusal("disk", "the disk is nearly full"));
    }
    double share = share(priority);
    if (pressure.getAsDouble() >= share) {
      return Optional.of(
          new Refusal(
              "busy", "too much is being done to take more of priority " + priority.wireName()));
    }
    Window current = window.get();
    if (current.sampledAtMillis != sample.takenAtMillis()) {
      Window next = new Window(sample.takenAtMillis());
      current = window.compareAndSet(current, next) ? next : window.get();
    }
    long since = current.passed.addAndGet(count);
    if (sample.waiting() + since > Math.ceil(limits.backlogLimit() * share)) {
      current.passed.addAndGet(-count);
      return Optional.of(new Refusal("backlog", "too many notifications wait"));
    }
    return Optional.empty();
  }

  /** The part of everything that may be full before such notifications are refused. */
  private static double share(Priority priority) {
    return switch (priority) {
      case URGENT -> 1;
      case HIGH -> 0.95;
      case NORMAL -> 0.9;
      case LOW -> 0.8;
    };
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
