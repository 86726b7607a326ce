package io.signalbox.gateway.drill;

import io.signalbox.gateway.ledger.Drill;
import io.signalbox.gateway.ledger.Drill.End;
import io.signalbox.gateway.ledger.Drill.State;
import io.signalbox.gateway.ledger.DrillLedger;
import io.signalbox.gateway.sandbox.SandboxLink;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * A drill that a stop of the node broke off: what it changed is put back, and only then it has
 * ended. Thread-confined to the drill verticle.
 */
final class BrokenOffDrill implements RunningDrill {
  private final DrillTools tools;
  private final Insistence insistence;
  private final Drill drill;

  BrokenOffDrill(DrillTools tools, Insistence insistence, Drill drill) {
    this.tools = tools;
    this.insistence = insistence;
    this.drill = drill;
  }

  @Override
  public Future<Drill> check() {
    return Future.succeededFuture(drill);
  }

  @Override
  public Future<End> run() {
    SandboxLink sandbox = tools.sandbox();
    SimulatorSettings before = SimulatorSettings.of(drill);
    Future<Void> asBefore =
        sandbox == null || before == null
            ? Future.succeededFuture()
            : before.putBack(sandbox, insistence);
    return asBefore.map(
        done ->
            new End(
                State.ABORTED, DrillLedger.NODE_STOPPED, tools.clock().millis(), new JsonObject()));
  }

  /** Changes nothing: it ends as soon as it can. */
  @Override
  public void abort(String reason) {}
}
