package io.signalbox.gateway.lookup;

import io.signalbox.gateway.ledger.LookupLedger.Place;
import java.time.Duration;

/**
 * How far the attempts of one age were walked over. After a start it begins where the window of the
 * next age ends, so that what grew old while nobody asked is asked about once more. Not
 * thread-safe.
 */
final class SweepWindow {
  private final long ageMillis;
  private Place reached;

  /**
   * Makes a window.
   *
   * @param age how old a notification must be
   * @param oldest what is older is the business of another window, or of nobody
   */
  SweepWindow(Duration age, Duration oldest, long nowMillis) {
    this.ageMillis = age.toMillis();
    this.reached = Place.before(nowMillis - oldest.toMillis());
  }

  /** Where the next walk begins. */
  Place reached() {
    return reached;
  }

  /** Before which moment a notification must be accepted to be old enough. */
  long untilMillis(long nowMillis) {
    return nowMillis - ageMillis;
  }

  /** Takes in how far a walk came. */
  void reach(Place place) {
    reached = place;
  }
}
