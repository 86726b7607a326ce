package io.signalbox.gateway.health;

import io.signalbox.gateway.ledger.Backlog;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.ledger.WebhookBacklog;
import io.signalbox.gateway.ledger.WebhookInbox;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the backlog and the disk at intervals, off the event loop, so that nobody has to for
 * each request. Thread-safe.
 */
public final class WorkMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(WorkMonitor.class);
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Ledger ledger;
  private final WebhookInbox inbox;
  private final Path dataDir;
  private final GatewayMeters meters;
  private final Clock clock;
  private final Duration interval;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile WorkSample sample = WorkSample.NOTHING;
  private volatile Consumption consumption = Consumption.NOTHING;
  private volatile long workSeen;
  private volatile long timer = NO_TIMER;

  /**
   * Makes a monitor; {@link #start} begins to look.
   *
   * @param dataDir its disk is watched
   * @param interval time between two looks
   */
  public WorkMonitor(
      Vertx vertx,
      Ledger ledger,
      WebhookInbox inbox,
      Path dataDir,
      GatewayMeters meters,
      Clock clock,
      Duration interval) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.inbox = inbox;
    this.dataDir = dataDir;
    this.meters = meters;
    this.clock = clock;
    this.interval = interval;
  }

  /** Looks once, then at intervals. Succeeds after the first look, whatever it saw. */
  public Future<Void> start() {
    timer = vertx.setPeriodic(interval.toMillis(), id -> lookIfIdle());
    return look();
  }

  /** Looks no more. */
  public void stop() {
    if (timer != NO_TIMER) {
      vertx.cancelTimer(timer);
      timer = NO_TIMER;
    }
  }

  /** What was last seen. */
  public WorkSample sample() {
    return sample;
  }

  /** Whether work was taken up, as last seen. */
  public Consumption consumption() {
    return consumption;
  }

  private void lookIfIdle() {
    if (looking.compareAndSet(false, true)) {
      look().onComplete(done -> looking.set(false));
    }
  }

  private Future<Void> look() {
    return vertx
        .executeBlocking(() -> dataDir.toFile().getUsableSpace(), false)
        .compose(
            free -> {
              // The disk fills up while the ledger is away, too.
              sample = sample.withFreeDisk(free);
              consumption =
                  consumption.then(
                      meters.attempts().ended(), meters.work().found(), clock.millis());
              return Future.all(
                      ledger.backlog(clock.millis()), inbox.waiting(), ledger.openUnknowns())
                  .map(all -> see(all.resultAt(0), all.resultAt(1), all.resultAt(2), free));
            })
        .onFailure(this::seeNothing)
        .otherwiseEmpty()
        .mapEmpty();
  }

  private WorkSample see(
      List<Backlog> lanes, WebhookBacklog webhooks, long unknowns, long freeDiskBytes) {
    long now = clock.millis();
    WorkSample last = sample;
    long work = meters.workDone();
    boolean progress = work != workSeen || last.lastProgressAtMillis() == 0;
    workSeen = work;
    long oldest = webhooks.oldestReceivedAtMillis();
    boolean webhookProgress = oldest == 0 || oldest != last.webhooks().oldestReceivedAtMillis();
    sample =
        new WorkSample(
            now,
            lanes,
            unknowns,
            freeDiskBytes,
            true,
            progress ? now : last.lastProgressAtMillis(),
            webhooks,
            webhookProgress ? now : last.lastWebhookProgressAtMillis());
    return sample;
  }

  private void seeNothing(Throwable failure) {
    WorkSample last = sample;
    if (last.ledgerAnswers() || last.takenAtMillis() == 0) {
      LOG.warn("the backlog cannot be seen: {}", failure.toString());
    }
    sample =
        new WorkSample(
            last.takenAtMillis(),
            last.lanes(),
            last.unknowns(),
            last.freeDiskBytes(),
            false,
            last.lastProgressAtMillis(),
            last.webhooks(),
            last.lastWebhookProgressAtMillis());
  }
}
