package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.sql.Store.Outside;
import io.signalbox.gateway.ledger.sql.WaitingCount.Pace;
import io.signalbox.gateway.notification.NotificationCodec;
import java.util.function.LongSupplier;

/** Opens ledgers that reckon what waits, however little that is. */
public final class CountedLedgers {
  private CountedLedgers() {}

  /**
   * Opens one; blocks.
   *
   * @param nanos the clock by which it counts again
   */
  public static SqlLedger open(
      SqlEngine engine, SqlLedgerOptions options, NotificationCodec codec, LongSupplier nanos) {
    Outside outside = new Outside(new Contents(options.seal(), codec), EventOutlet.NONE);
    return SqlLedger.started(
        new Store(engine, options, outside, new WaitingCount(0, Pace.ALONE, nanos)));
  }
}
