package io.signalbox.gateway.drill;

import io.signalbox.gateway.ledger.Drill;
import io.vertx.core.Future;

/** A drill under way. Thread-confined to its verticle. */
interface RunningDrill {

  /**
   * Looks whether it can be done, without doing anything.
   *
   * @return the drill with what must be known to put back what it will change; fails with a {@link
   *     io.signalbox.gateway.bus.GatewayException} if not
   */
  Future<Drill> check();

  /**
   * Does it. Whatever it has changed is as before when the Future ends, however it ends.
   *
   * @return how it ended
   */
  Future<Drill.End> run();

  /** Asks it to end soon, with a reason. */
  void abort(String reason);
}
