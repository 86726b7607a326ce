package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.Drill.End;
import io.signalbox.gateway.ledger.Drill.State;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** The reports of drills. */
public abstract class BaseDrillTest extends LedgerContract {
  @Test
  void aDrillIsKeptWithItsReport() throws Exception {
    Drill drill = drill(TENANT);
    await(drills().beginDrill(drill));
    assertThat(await(drills().drill(TENANT, drill.id()))).contains(drill);

    End end = new End(State.PASSED, null, NOW + 5_000, new JsonObject().put("lost", 0));
    await(drills().endDrill(drill.id(), end));
    await(drills().endDrill(drill.id(), new End(State.FAILED, "late", NOW, new JsonObject())));

    assertThat(await(drills().drills(TENANT, 10))).containsExactly(drill.ended(end));
    assertThat(await(drills().drill("another", drill.id()))).isEmpty();
  }

  @Test
  void whatAStopBrokeOffIsFoundByTheNextStart() throws Exception {
    Drill broken = drill(TENANT);
    Drill another = drill("another");
    Drill over = drill(TENANT);
    await(drills().beginDrill(broken));
    await(drills().beginDrill(another));
    await(drills().beginDrill(over));
    await(drills().endDrill(over.id(), new End(State.FAILED, "lost", NOW, new JsonObject())));
    reopen();

    assertThat(await(drills().runningDrills())).containsExactly(broken, another);
  }

  @Test
  void onlyTheNewestAreKept() throws Exception {
    NotificationId first = null;
    for (int i = 0; i < DrillLedger.KEPT + 3; i++) {
      Drill drill = drill(TENANT);
      first = first == null ? drill.id() : first;
      await(drills().beginDrill(drill));
      await(drills().endDrill(drill.id(), new End(State.PASSED, null, NOW, new JsonObject())));
    }
    assertThat(await(drills().drills(TENANT, 1_000))).hasSize(DrillLedger.KEPT);
    assertThat(await(drills().drill(TENANT, first))).isEmpty();
  }

  private DrillLedger drills() {
    return opened.drills();
  }

  private Drill drill(String tenant) {
    return new Drill(
        ids.next(),
        tenant,
        Drill.Kind.SIMULATE,
        "sendgrid",
        "error",
        new JsonObject().put("count", 100),
        NOW,
        "someone",
        null);
  }
}
