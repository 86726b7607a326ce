package io.signalbox.gateway.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.NothingDoneException;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OrphanLedger.Found;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.gateway.operation.Operations.Submitted;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is bounded, and what lets others by. */
public abstract class BaseSagaLimitsTest extends SagaContract {
  @Test
  void tooManyOpenOnesAreRefusedButRepeatsAreNot() throws Exception {
    await(vertx.undeploy(deployment));
    deploy(settings(10, Set.of(), 2));
    alpha.fail("held", "held");
    Operation first = await(operations.submit(wish("a", Duration.ZERO))).operation();
    Operation second = await(operations.submit(wish("b", Duration.ZERO))).operation();
    for (String key : new String[] {"c", null}) {
      assertThatThrownBy(() -> await(operations.submit(wish(key, LONG))))
          .hasCauseInstanceOf(NothingDoneException.class);
    }
    assertThat(compensations.refused).hasValue(2);
    assertThat(await(operations.repeated(wish("c", LONG)))).isEmpty();
    assertThat(await(operations.repeated(wish("b", Duration.ZERO))).orElseThrow().operation().id())
        .isEqualTo(second.id());
    Submitted again = await(operations.submit(wish("a", Duration.ZERO)));
    assertThat(again.repeated()).isTrue();
    assertThat(again.operation().id()).isEqualTo(first.id());

    Awaitility.await().atMost(LONG).until(() -> alpha.rents() == 2);
    alpha.letGo();
    ended(first);
    ended(second);
    assertThat(await(operations.submit(wish("c", Duration.ZERO))).repeated()).isFalse();
  }

  @Test
  void nothingNewIsTakenWhileTheDiskIsFullAndWhatIsOpenGoesOn() throws Exception {
    alpha.fail("held");
    Operation open = await(operations.submit(wish("a", Duration.ZERO))).operation();
    diskIsFull = true;
    for (String key : new String[] {"b", null}) {
      assertThatThrownBy(() -> await(operations.submit(wish(key, LONG))))
          .hasCauseInstanceOf(NothingDoneException.class)
          .hasMessageContaining("disk");
    }
    assertThat(compensations.refused).hasValue(2);
    assertThat(await(operations.repeated(wish("b", LONG)))).isEmpty();
    assertThat(await(operations.submit(wish("a", Duration.ZERO))).operation().id())
        .isEqualTo(open.id());
    Awaitility.await().atMost(LONG).until(() -> alpha.rents() == 1);
    alpha.letGo();
    assertThat(ended(open).state()).isEqualTo(OperationState.CONFIRMED);

    diskIsFull = false;
    assertThat(await(operations.submit(wish("b", Duration.ZERO))).repeated()).isFalse();
  }

  @Test
  void callersWhoAreTooManyAreNotMadeToWait() throws Exception {
    alpha.fail("held");
    Operation open = await(operations.submit(wish("k", Duration.ZERO))).operation();
    List<Future<Submitted>> waiting =
        List.of(operations.submit(wish("k", LONG)), operations.submit(wish("k", LONG)));
    Awaitility.await().atMost(LONG).until(() -> compensations.waiting.get() == MOST_WAITING);

    Submitted third = await(operations.submit(wish("k", LONG)));
    assertThat(third.operation().state().isOpen()).isTrue();
    assertThat(compensations.notWaited).hasValue(1);
    Awaitility.await().atMost(LONG).until(() -> alpha.rents() == 1);
    alpha.letGo();
    for (Future<Submitted> each : waiting) {
      assertThat(await(each).operation().state()).isEqualTo(OperationState.CONFIRMED);
    }
    assertThat(ended(open).state()).isEqualTo(OperationState.CONFIRMED);
    Awaitility.await().atMost(LONG).until(() -> compensations.waiting.get() == 0);
  }

  @Test
  void anEndThatAnotherNodeHasStoredIsFound() throws Exception {
    alpha.fail("held");
    Operation open = await(operations.submit(wish("k", Duration.ZERO))).operation();
    Awaitility.await().atMost(LONG).until(() -> alpha.rents() == 1);
    Future<Submitted> waiting = operations.submit(wish("k", LONG));
    Awaitility.await().atMost(LONG).until(() -> compensations.waiting.get() == 1);
    // As another node does when a webhook of the provider comes to it.
    Operations elsewhere =
        new OperationDesk(
            vertx,
            new Bus(vertx),
            opened.whole().operations(),
            new OperationHall(SETTINGS, OperationMeter.NONE, () -> diskIsFull),
            ids,
            SETTINGS,
            Clock.systemUTC());
    assertThat(await(elsewhere.found(open.id(), 1, OperationStories.result("alpha", "elsewhere1"))))
        .isTrue();
    assertThat(await(waiting).operation().result().providerId()).isEqualTo("elsewhere1");
    alpha.letGo();
  }

  @Test
  void whatTheLedgerRefusesIsPutOffAndTheOthersGoOn() throws Exception {
    await(vertx.undeploy(deployment));
    deploy(settings(10, Set.of(), MOST_OPEN));
    engine().change(directory, "CREATE UNIQUE INDEX once ON operation_claims (operation_id)");
    alpha.fail("held");
    Operation stuck = await(operations.submit(wish("a", Duration.ZERO))).operation();
    Awaitility.await().atMost(LONG).until(() -> alpha.rents() == 1);
    // So the claim of the result cannot be stored.
    await(opened.whole().orphans().take(found(stuck, "other"), Set.of(), true, false, 0, 1));
    alpha.letGo();
    Awaitility.await().atMost(LONG).until(() -> compensations.stuck.get() == 1);

    assertThat(rented().state()).isEqualTo(OperationState.CONFIRMED);
    assertThat(await(operations.read(TENANT, stuck.id())).orElseThrow().state())
        .isEqualTo(OperationState.TRYING);
    engine().change(directory, "DROP INDEX once");
    assertThat(ended(stuck).state()).isEqualTo(OperationState.CONFIRMED);
    assertThat(alpha.live()).isEqualTo(2);
  }

  private static Found found(Operation operation, String providerId) {
    return new Found(operation, 1, "beta", providerId);
  }

  @Test
  void whatCannotBeReadLetsTheOthersBy() throws Exception {
    await(vertx.undeploy(deployment));
    int many = 2 * SETTINGS.maxUnderWay() + 5;
    long before = System.currentTimeMillis() - 60_000;
    for (int i = 0; i < many; i++) {
      Operation damaged = OperationStories.operation(TENANT, ids.next(), before);
      await(opened.whole().operations().accept(damaged, null, "digest"));
    }
    assertThat(engine().change(directory, "UPDATE operations SET content = substr(content, 1, 5)"))
        .isEqualTo(many);
    deploy(settings(10, Set.of(), 1_000));
    assertThat(rented().state()).isEqualTo(OperationState.CONFIRMED);
    Operation due = OperationStories.operation(TENANT, ids.next(), before + 1);
    await(opened.whole().operations().accept(due, null, "digest"));
    assertThat(ended(due).state()).isEqualTo(OperationState.CONFIRMED);
    assertThat(opened.whole().operations().unreadable()).isGreaterThanOrEqualTo(many);
  }
}
