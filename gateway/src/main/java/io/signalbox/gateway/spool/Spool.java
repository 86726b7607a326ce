package io.signalbox.gateway.spool;

import io.signalbox.gateway.config.SpoolSettings;
import io.signalbox.gateway.ledger.AcceptLedger;
import io.signalbox.gateway.ledger.NotificationReports;
import io.signalbox.gateway.ledger.Resealing;
import io.signalbox.gateway.ledger.RestoreLedger;
import io.signalbox.gateway.ledger.SpoolLedger.Fill;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where notifications wait that were accepted while the ledger was away: a file of the data
 * directory, synced before a notification counts as accepted. Thread-safe.
 */
public final class Spool {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  /** An answer that is late is noticed a tenth of the shortest patience later. */
  private static final long LOOK_MILLIS = 50;

  private final Vertx vertx;
  private final SpoolFile file;
  private final SpoolSettings settings;
  private final Fill found;
  private final SpoolRoom room;
  private final SpoolStore store;
  private final SpoolSwitch way = new SpoolSwitch();
  private final Ends ends = new Ends();

  private Spool(Vertx vertx, SpoolFile file, SpoolSettings settings, Fill found) {
    this.vertx = vertx;
    this.file = file;
    this.settings = settings;
    this.found = found;
    this.room = new SpoolRoom(settings.maxEntries(), settings.maxBytes(), found);
    this.store = new SpoolStore(file.accept(), file.contents(), room);
  }

  /** What ends with the spool. */
  private static final class Ends {
    private volatile @Nullable Long waitTimer;
    private volatile @Nullable Long drainTimer;
    private volatile @Nullable SpoolDrain drain;
  }

  /** Makes the spool of an open file, and looks what is in it; {@link #close} closes the file. */
  public static Future<Spool> open(Vertx vertx, SpoolFile file, SpoolSettings settings) {
    return file.contents()
        .fill()
        .map(
            found -> {
              if (found.entries() > 0) {
                LOG.info("{} notifications wait in the spool", found.entries());
              }
              return new Spool(vertx, file, settings, found);
            })
        .recover(failure -> file.close().transform(closed -> Future.failedFuture(failure)));
  }

  /** The greatest key that was in it when it was opened; 0 if there was none. */
  public long greatestKey() {
    return found.greatestKey();
  }

  /** What seals it anew after a change of keys. */
  public Resealing resealing() {
    return file.resealing();
  }

  /** How it is now. */
  public SpoolStatus status() {
    boolean exists = settings.maxEntries() > 0;
    return new SpoolStatus(
        exists,
        exists && store.takes(),
        way.isSpooling(),
        way.isSpooling() && way.isFenced(),
        room.entries(),
        room.bytes());
  }

  /** How many notifications in it are left for a person to decide about. */
  public int aside() {
    SpoolDrain drain = ends.drain;
    return drain == null ? 0 : drain.aside();
  }

  /** Accepts into a ledger, and while that is away, here. To be asked for once. */
  public AcceptLedger intake(AcceptLedger ledger) {
    if (settings.maxEntries() == 0) {
      return ledger;
    }
    SpoolingLedger spooling =
        new SpoolingLedger(ledger, store, way, settings.patience().toNanos(), System::nanoTime);
    ends.waitTimer = vertx.setPeriodic(LOOK_MILLIS, tick -> spooling.look());
    return spooling;
  }

  /** Knows what a ledger knows, and what is here. */
  public NotificationReports reports(NotificationReports ledger) {
    return new SpooledReports(ledger, file.reports(), () -> room.entries() > 0);
  }

  /**
   * Begins to move what is here into a ledger, now and whenever something comes.
   *
   * @param fallbacks the channels that a notification may take after its own
   * @param ids makes ids
   * @param mayBeGone whether the ledger may have removed, for its age, what was accepted at a time
   *     in epoch milliseconds
   */
  public void drainInto(
      RestoreLedger ledger,
      Function<SendNotification, List<Channel>> fallbacks,
      Supplier<NotificationId> ids,
      SpoolMeter meter,
      LongPredicate mayBeGone) {
    SpoolDrain drain = new SpoolDrain(store, ledger, way, fallbacks, ids, meter, mayBeGone);
    ends.drain = drain;
    ends.drainTimer =
        vertx.setPeriodic(0, settings.retryInterval().toMillis(), tick -> drain.look());
  }

  /** Ends the move that is under way, then closes the file. */
  public Future<Void> close() {
    cancel(ends.waitTimer);
    cancel(ends.drainTimer);
    SpoolDrain drain = ends.drain;
    Future<Void> drained = drain == null ? Future.succeededFuture() : drain.close();
    return drained.transform(ended -> file.close());
  }

  private void cancel(@Nullable Long timer) {
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }
}
