package io.signalbox.gateway.calling;

import io.signalbox.gateway.ledger.CallEnd;
import io.signalbox.gateway.ledger.CallLedger;
import io.signalbox.gateway.ledger.CallStart;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records calls. What changes something is recorded before it is made, and its end when it has
 * ended; what reads is recorded afterwards, in the background: then it is rather not recorded than
 * held up. Thread-confined.
 */
final class CallJournal {
  private static final Logger LOG = LoggerFactory.getLogger(CallJournal.class);

  /** How many records may be on their way to the ledger that nobody waits for. */
  private static final int MOST_UNDER_WAY = 1_000;

  /**
   * How often the end of a call is written, a second apart and more; see the restart's recovery.
   */
  private static final int TRIES = 3;

  private final Vertx vertx;
  private final CallLedger ledger;
  private int underWay;
  private long lost;

  CallJournal(Vertx vertx, CallLedger ledger) {
    this.vertx = vertx;
    this.ledger = ledger;
  }

  /** Records that a call begins; if that fails, it must not be made. */
  Future<Void> begin(CallStart start) {
    return ledger.begin(start);
  }

  /** Records in the background how a call ended that was begun. */
  void end(CallEnd end) {
    later(() -> tried(end, 1));
  }

  /** Records in the background a call that is over. */
  void record(CallStart start, CallEnd end) {
    later(() -> ledger.record(start, end));
  }

  private Future<Void> tried(CallEnd end, int times) {
    return ledger
        .end(end)
        .recover(
            failure ->
                times < TRIES
                    ? vertx.timer(times, TimeUnit.SECONDS).compose(waited -> tried(end, times + 1))
                    : Future.failedFuture(failure));
  }

  private void later(Supplier<Future<Void>> write) {
    if (underWay >= MOST_UNDER_WAY) {
      lose("too many wait for the ledger");
      return;
    }
    underWay++;
    write
        .get()
        .onComplete(
            done -> underWay--,
            failure -> {
              underWay--;
              lose(failure.toString());
            });
  }

  /** Aloud at first, then now and then. */
  private void lose(String why) {
    lost++;
    if (Long.bitCount(lost) == 1) {
      LOG.warn("{} calls of operations were not recorded, the last because: {}", lost, why);
    }
  }
}
