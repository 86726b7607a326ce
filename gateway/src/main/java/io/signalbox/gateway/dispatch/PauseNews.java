package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.RateMessages.CoolDownsAsked;
import io.signalbox.gateway.bus.RateMessages.CoolsDownElsewhere;
import io.signalbox.gateway.rate.RateSharing;
import java.time.Clock;

/** Has a board hear of the rates and pauses that other gateways tell, and tell its own. */
final class PauseNews {
  private PauseNews() {}

  /** Listens on the current context, with which it ends. */
  static void listen(Bus bus, RateSharing rates, ProviderBoard board, Clock clock) {
    rates.begin(() -> board.ratesChanged(clock.millis()));
    bus.listen(
        Addresses.COOL_DOWNS_ELSEWHERE,
        CoolsDownElsewhere.class,
        told -> board.coolsDown(told.provider(), told.untilMillis(), clock.millis()));
    bus.listen(
        Addresses.COOL_DOWNS_ASKED,
        CoolDownsAsked.class,
        asked -> board.coolDowns(clock.millis()).forEach(rates::coolsDown));
  }
}
