package io.signalbox.gateway.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.ledger.OperationProblem.Kind;
import io.signalbox.gateway.model.OperationState;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Providers that get other credentials while something is open at them. */
class SwappedAccountTest extends SagaContract {
  private static final String OTHER = "a1b2c3d4-0f0f0f0f";

  @BeforeEach
  void shortCalls() throws Exception {
    kind.findsByReference(false);
    redeploy(Duration.ofMinutes(5));
  }

  private void redeploy(Duration settleWithin) throws Exception {
    await(vertx.undeploy(deployment));
    deploy(settings(3, Set.of(), MOST_OPEN, settleWithin));
  }

  private Operation now(Operation operation) throws Exception {
    return await(operations.read(TENANT, operation.id())).orElseThrow();
  }

  /** An attempt at the account before, of which nobody knows what it did. */
  private Operation unsettled(String fault) throws Exception {
    alpha.deaf(true);
    alpha.fail(fault);
    Operation open = await(operations.submit(wish("k", Duration.ZERO))).operation();
    Awaitility.await().atMost(LONG).until(() -> now(open).state() == OperationState.UNSETTLED);
    account = OTHER;
    alpha.deaf(false);
    return now(open);
  }

  @Test
  void whatAnotherAccountShowsSettlesNothingUntilTheFormerIsBack() throws Exception {
    Operation open = unsettled("cut_after");
    int before = open.progress().lookUps();
    Awaitility.await().atMost(LONG).until(() -> now(open).progress().lookUps() >= before + 2);
    assertThat(now(open).state()).isEqualTo(OperationState.UNSETTLED);

    account = OperationStories.ACCOUNT;
    Operation done = ended(open);
    assertThat(hows(done)).containsExactly(How.FOUND);
    assertThat(live()).isEqualTo(1);
  }

  @Test
  void nothingAtAnotherAccountIsNoEvidence() throws Exception {
    redeploy(Duration.ofSeconds(8));
    Operation failed = ended(unsettled("cut_before"));
    assertThat(failed.problem().kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    assertThat(beta.rents()).isZero();
  }

  @Test
  void ourReferenceIsBelievedAnywhere() throws Exception {
    kind.findsByReference(true);
    assertThat(hows(ended(unsettled("cut_after")))).containsExactly(How.FOUND);
  }

  @Test
  void whatIsNobodysIsUndoneOnlyAtItsAccount() throws Exception {
    kind.findsByReference(true);
    alpha.fail("hidden");
    Operation done = rented();
    assertThat(done.result().provider()).isEqualTo("beta");
    account = OTHER;
    alpha.show();
    Awaitility.await()
        .atMost(LONG)
        .until(
            () ->
                askStore("SELECT provider_id FROM operation_claims WHERE tries > 1")
                    .contains("alpha1"));
    assertThat(alpha.live()).isEqualTo(1);

    account = OperationStories.ACCOUNT;
    Awaitility.await().atMost(LONG).until(() -> compensations.compensated.get() == 1);
    assertThat(alpha.live()).isZero();
    assertThat(beta.live()).isEqualTo(1);
  }
}
