package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.MeterRegistry;

/**
 * What happens in the gateway, counted, by the rooms in which it happens. Labels are channels,
 * priorities, states, outcomes and ids of configured providers, and of each there are only so many.
 * Every meter is found once and not by each event. Thread-safe.
 */
public final class GatewayMeters {
  private final IntakeMeters intake;
  private final AttemptMeters attempts;
  private final WorkMeters work;
  private final ReceiptMeters receipts;
  private final DeliveryTimes times;
  private final EventMeters events;
  private final OperationMeters operations;

  /** Registers the meters that are known beforehand. */
  public GatewayMeters(MeterRegistry registry) {
    Histograms histograms = new Histograms(registry);
    this.intake = new IntakeMeters(registry);
    this.attempts = new AttemptMeters(registry, histograms);
    this.work = new WorkMeters(registry);
    this.receipts = new ReceiptMeters(registry, histograms);
    this.times = new DeliveryTimes(histograms);
    this.events = new EventMeters(registry);
    this.operations = new OperationMeters(registry, histograms);
  }

  /** What is accepted and what is not. */
  public IntakeMeters intake() {
    return intake;
  }

  /** What providers do. */
  public AttemptMeters attempts() {
    return attempts;
  }

  /** What becomes of notifications. */
  public WorkMeters work() {
    return work;
  }

  /** What providers tell. */
  public ReceiptMeters receipts() {
    return receipts;
  }

  /** How long deliveries take. */
  public DeliveryTimes times() {
    return times;
  }

  /** Callbacks and replacements of plugins. */
  public EventMeters events() {
    return events;
  }

  /** What becomes of rented numbers and bookings. */
  public OperationMeters operations() {
    return operations;
  }

  /** Grows with every step of work: whether it grows tells whether anything is being done. */
  public long workDone() {
    return attempts.ended() + work.steps();
  }
}
