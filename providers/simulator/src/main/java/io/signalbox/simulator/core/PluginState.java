package io.signalbox.simulator.core;

import io.signalbox.simulator.webhook.DueQueue;
import io.signalbox.simulator.webhook.WebhookSender;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What one simulated API works with. Lives on the simulator's event loop alone. */
public final class PluginState {
  private static final int MAX_WAITING_RECEIPTS = 500_000;

  private final Vertx vertx;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Ids ids;
  private final ReceivedLog received;
  private final WebhookSender webhooks;
  private FaultSettings settings = FaultSettings.INITIAL;
  private Ids dice;

  /** A plugin in its initial settings. */
  public PluginState(
      Vertx vertx,
      Clock clock,
      LongSupplier nanos,
      Ids ids,
      ReceivedLog received,
      WebhookSender webhooks) {
    this.vertx = vertx;
    this.clock = clock;
    this.nanos = nanos;
    this.ids = ids;
    this.dice = ids;
    this.received = received;
    this.webhooks = webhooks;
  }

  /** Wall time. */
  public Clock clock() {
    return clock;
  }

  /** Unix seconds now. */
  public long epochSeconds() {
    return Math.floorDiv(clock.millis(), 1000L);
  }

  /** The nanosecond clock for durations. */
  public long nanoTime() {
    return nanos.getAsLong();
  }

  /** Random identifiers; not for secrets. */
  public Ids ids() {
    return ids;
  }

  /** The messages taken. */
  public ReceivedLog received() {
    return received;
  }

  /** Where webhooks are handed in. */
  public WebhookSender webhooks() {
    return webhooks;
  }

  /** The settings of now. */
  public FaultSettings settings() {
    return settings;
  }

  /** Replaces the settings. If they have a seed, chance begins anew from it. */
  public void change(FaultSettings changed) {
    settings = changed;
    Long seed = changed.seed();
    dice = seed == null ? ids : new Ids(new SplittableRandom(seed));
  }

  /** Whether the mode applies to the request that has just come; a new decision at each call. */
  public boolean isHit() {
    return dice.happens(settings.rate());
  }

  /**
   * A queue of receipts that wait for their time; whoever makes it closes it.
   *
   * @param due takes the receipts whose time has come, in order
   */
  public <R> DueQueue<R> receiptQueue(Consumer<List<R>> due) {
    return new DueQueue<>(vertx, nanos, MAX_WAITING_RECEIPTS, due);
  }
}
