package io.signalbox.gateway.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.OperationMessages.AnsweredLate;
import io.signalbox.gateway.call.NumberCall;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.Shortage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that come when nobody waits for them any more. */
class LateAnswersTest extends SagaContract {
  private static final Evidence SAID = Evidence.answered(200, null, null);

  @BeforeEach
  void shortCalls() throws Exception {
    await(vertx.undeploy(deployment));
    deploy(settings(3, Set.of()));
  }

  /** What its provider verticle tells. */
  private void tell(Operation operation, int number, Answer<Rental> answer) {
    OperationAttempt attempt = operation.progress().attempts().get(number - 1);
    new Bus(vertx)
        .publish(
            Addresses.OPERATIONS_LATE,
            new AnsweredLate(
                attempt.provider(),
                new AttemptId(operation.id(), number),
                (NumberCall.Rent) kind.perform(operation, attempt, Duration.ofSeconds(1)),
                answer));
  }

  private static Answer<Rental> rented(String id) {
    return new Answer.Done<>(new Rental(id, "+15550001", null, null, null), SAID);
  }

  private Operation unsettled() throws Exception {
    alpha.deaf(true);
    Operation open = await(operations.submit(wish("k", Duration.ZERO))).operation();
    Awaitility.await()
        .atMost(LONG)
        .until(
            () ->
                await(operations.read(TENANT, open.id())).orElseThrow().state()
                    == OperationState.UNSETTLED);
    return await(operations.read(TENANT, open.id())).orElseThrow();
  }

  @Test
  void whatWasDoneAndCannotBeLookedUpIsConfirmed() throws Exception {
    alpha.fail("cut_after");
    Operation unsettled = unsettled();
    tell(unsettled, 1, rented("alpha1"));
    Operation done = ended(unsettled);
    assertThat(done.result().providerId()).isEqualTo("alpha1");
    assertThat(hows(done)).containsExactly(How.DONE);
    Awaitility.await().atMost(LONG).until(() -> compensations.ended.get() > 0);
    assertThat(compensations.ended).hasValue(1);
    assertThat(heard.types()).containsExactly("operation.confirmed");
  }

  @Test
  void whatWasNotDoneIsTriedElsewhereAtOnce() throws Exception {
    alpha.fail("cut_before");
    Operation unsettled = unsettled();
    tell(unsettled, 1, new Answer.Unserved<>(Shortage.NO_STOCK, null, SAID));
    Operation done = ended(unsettled);
    assertThat(done.result().provider()).isEqualTo("beta");
    assertThat(hows(done)).containsExactly(How.UNSERVED, How.DONE);
  }

  @Test
  void whatWasDoneAfterAllIsUndoneWhereAnotherHasDoneIt() throws Exception {
    alpha.fail("hidden");
    Operation done = rented();
    assertThat(hows(done)).containsExactly(How.NOT_FOUND, How.DONE);
    assertThat(live()).isEqualTo(2);

    tell(done, 1, rented("alpha1"));
    Awaitility.await().atMost(LONG).until(() -> compensations.compensated.get() == 1);
    assertThat(alpha.live()).isZero();
    assertThat(beta.live()).isEqualTo(1);
    assertThat(heard.types()).containsExactly("operation.confirmed", "operation.compensated");

    // What is its result is left alone, however often it is told.
    tell(done, 2, rented("beta1"));
    tell(done, 1, rented("alpha1"));
    alpha.rented("once more");
    tell(done, 1, rented("alpha2"));
    Awaitility.await()
        .atMost(LONG)
        .until(() -> askStore("SELECT count(*) FROM operation_claims").equals(List.of("3")));
    Awaitility.await().atMost(LONG).until(() -> compensations.compensated.get() == 2);
    assertThat(alpha.live()).isZero();
    assertThat(beta.live()).isEqualTo(1);
  }

  @Test
  void whatAnotherOperationHasAtTheSameAccountIsNotUndone() throws Exception {
    kind.ask("beta");
    Operation others = rented();
    assertThat(others.result().providerId()).isEqualTo("beta1");
    kind.ask("alpha", "beta");
    kind.together("alpha", "beta");
    alpha.fail("hidden");
    Operation done = rented();
    assertThat(hows(done)).containsExactly(How.NOT_FOUND, How.DONE);

    tell(done, 1, rented("beta1"));
    tell(done, 1, rented("alpha1"));
    Awaitility.await().atMost(LONG).until(() -> compensations.compensated.get() == 1);
    assertThat(alpha.live()).isZero();
    assertThat(askStore("SELECT provider || ' ' || provider_id FROM operation_claims"))
        .containsExactlyInAnyOrder("alpha alpha1", "beta beta1", "beta beta2");
  }
}
