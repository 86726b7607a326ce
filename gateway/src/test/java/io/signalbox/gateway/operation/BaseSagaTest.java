package io.signalbox.gateway.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.ledger.OperationProblem.Kind;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.gateway.operation.Operations.Submitted;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of operations, whatever their providers do. */
public abstract class BaseSagaTest extends SagaContract {
  @Test
  void theFirstThatCanDoesIt() throws Exception {
    alpha.fail("none");
    Operation done = rented();
    assertThat(done.state()).isEqualTo(OperationState.CONFIRMED);
    assertThat(done.result().provider()).isEqualTo("beta");
    assertThat(done.result().value().getString("number")).isEqualTo("+15550001");
    assertThat(hows(done)).containsExactly(How.UNSERVED, How.DONE);
    assertThat(heard.types()).containsExactly("operation.confirmed");
    Awaitility.await().atMost(LONG).until(() -> compensations.ended.get() > 0);
    assertThat(compensations.ended).hasValue(1);
    assertThat(
            askStore(
                "SELECT provider, request_type, rental_id FROM provider_requests"
                    + " WHERE rental_id IS NOT NULL"))
        .containsExactly("beta|rent|beta1");
  }

  @Test
  void busyProvidersAreAskedAgainInRounds() throws Exception {
    alpha.fail("busy", "busy");
    beta.fail("none");
    Operation done = rented();
    assertThat(hows(done)).containsExactly(How.TRANSIENT, How.UNSERVED, How.TRANSIENT, How.DONE);
    assertThat(done.progress().round()).isEqualTo(2);
    assertThat(alpha.rents()).isEqualTo(3);
    assertThat(beta.rents()).isEqualTo(1);
  }

  @Test
  void nothingAnywhereIsAConflict() throws Exception {
    alpha.fail("none");
    beta.fail("none");
    Operation failed = rented();
    assertThat(failed.problem().kind()).isEqualTo(Kind.UNSERVED);
    assertThat(heard.types()).containsExactly("operation.failed");
    assertThat(heard.all().get(0).operation().problem()).isEqualTo("unserved");
  }

  @Test
  void whatWasDoneWithoutAnAnswerIsFoundAndNotDoneAgain() throws Exception {
    alpha.fail("cut_after");
    Operation done = rented();
    assertThat(done.result().provider()).isEqualTo("alpha");
    assertThat(hows(done)).containsExactly(How.FOUND);
    assertThat(live()).isEqualTo(1);
    assertThat(beta.rents()).isZero();
  }

  @Test
  void whatLookUpsDoNotFindIsDoneElsewhere() throws Exception {
    alpha.fail("cut_before");
    Operation done = withShortCalls();
    assertThat(done.result().provider()).isEqualTo("beta");
    assertThat(hows(done)).containsExactly(How.NOT_FOUND, How.DONE);
    assertThat(live()).isEqualTo(1);
  }

  /** An unknown attempt counts from its deadline on. */
  private Operation withShortCalls(String... shared) throws Exception {
    await(vertx.undeploy(deployment));
    deploy(settings(3, Set.of(shared)));
    return rented();
  }

  @Test
  void whatTurnsUpLaterIsUndoneAgainAndAgain() throws Exception {
    alpha.fail("hidden");
    alpha.refuseCancels(1);
    Operation done = withShortCalls();
    assertThat(done.result().provider()).isEqualTo("beta");
    assertThat(live()).isEqualTo(2);

    alpha.show();
    Awaitility.await().atMost(LONG).until(() -> compensations.compensated.get() == 1);
    assertThat(live()).isEqualTo(1);
    assertThat(beta.live()).isEqualTo(1);
    assertThat(heard.types()).containsExactly("operation.confirmed", "operation.compensated");
    assertThat(heard.all().get(1).operation().providerId()).isEqualTo("alpha1");
  }

  @Test
  void whatCannotBeWhatWasAskedForIsNotTakenAndUndoneAsNobodys() throws Exception {
    kind.misfits("alpha");
    alpha.fail("cut_after");
    Operation done = withShortCalls();
    assertThat(done.result().provider()).isEqualTo("beta");
    Awaitility.await().atMost(LONG).until(() -> compensations.compensated.get() == 1);
    assertThat(live()).isEqualTo(1);
  }

  @Test
  void inASharedAccountWhatTurnsUpIsLeftToAPerson() throws Exception {
    kind.findsByReference(false);
    alpha.fail("hidden");
    withShortCalls("alpha");
    alpha.show();
    Awaitility.await().atMost(LONG).until(() -> compensations.orphaned.get() == 1);
    assertThat(live()).isEqualTo(2);
    assertThat(heard.types()).containsExactly("operation.confirmed", "operation.orphaned");
  }

  @Test
  void theWaitOfACallerEndsAndTheOperationGoesOn() throws Exception {
    alpha.fail("held");
    Submitted submitted = await(operations.submit(wish("k", Duration.ofMillis(50))));
    assertThat(submitted.operation().state().isOpen()).isTrue();
    Future<Submitted> again = operations.submit(wish("k", LONG));
    Awaitility.await().atMost(LONG).until(() -> alpha.rents() == 1);
    alpha.letGo();
    Operation done = ended(submitted.operation());
    assertThat(done.state()).isEqualTo(OperationState.CONFIRMED);
    assertThat(await(again)).isEqualTo(new Submitted(done, true));
    assertThat(live()).isEqualTo(1);
  }

  @Test
  void theSameKeyWithAnotherRequestIsRefused() throws Exception {
    await(operations.submit(wish("k", LONG)));
    NewOperation wish = wish("k", LONG);
    NewOperation other =
        new NewOperation(
            TENANT,
            wish.kind(),
            "tg",
            "us",
            wish.request(),
            "k",
            "another",
            LONG,
            Duration.ZERO,
            wish.trace());
    assertThatThrownBy(() -> await(operations.submit(other)))
        .hasCauseInstanceOf(Operations.OtherRequestException.class);
  }

  @Test
  void onlyWhatIsPendingIsCancelled() throws Exception {
    kind.ask("alpha-breaker_open");
    NewOperation impatient = wish(null, Duration.ofMillis(50));
    NewOperation patient =
        new NewOperation(
            TENANT,
            impatient.kind(),
            "wa",
            "us",
            impatient.request(),
            null,
            "d",
            Duration.ofMillis(50),
            Duration.ofHours(1),
            impatient.trace());
    Operation waiting = await(operations.submit(patient)).operation();
    assertThat(await(operations.cancel(TENANT, waiting.id())).orElseThrow().cancelled()).isTrue();
    assertThat(ended(waiting).state()).isEqualTo(OperationState.CANCELLED);
    assertThat(await(operations.cancel(TENANT, waiting.id())).orElseThrow().cancelled()).isFalse();
    assertThat(await(operations.cancel("other", waiting.id()))).isEmpty();
    assertThat(rented().problem().kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pending", "trying, done", "trying, not done", "unsettled"})
  void whatAStopHasLeftIsTakenUp(String story) throws Exception {
    await(vertx.undeploy(deployment));
    Operation operation =
        OperationStories.operation(TENANT, ids.next(), System.currentTimeMillis() - 60_000);
    var ledger = opened.whole().operations();
    await(ledger.accept(operation, "k", "digest"));
    if (!story.equals("pending")) {
      Operation trying = OperationStories.trying(operation, "alpha", "");
      await(ledger.write(operation, trying, 0));
      if (!story.contains("not done")) {
        alpha.rented(trying.attemptId(1));
      }
      if (story.equals("unsettled")) {
        OperationAttempt.End lost = OperationStories.end(How.UNKNOWN, 0);
        await(ledger.write(trying, OperationStories.answered(trying, lost, null), 0));
      }
    }
    reopen();
    await(ledger().recover(System.currentTimeMillis()));
    deploy(SETTINGS);

    Submitted again = await(operations.submit(wish("k", LONG)));
    Operation done = ended(again.operation());
    assertThat(again.repeated()).isTrue();
    assertThat(done.id()).isEqualTo(operation.id());
    assertThat(done.state()).isEqualTo(OperationState.CONFIRMED);
    assertThat(done.result().provider())
        .isEqualTo(story.equals("trying, not done") ? "beta" : "alpha");
    assertThat(live()).isEqualTo(1);
  }

  @Test
  void aStopWaitsForTheCallThatIsUnderWay() throws Exception {
    alpha.fail("held");
    Operation open = await(operations.submit(wish(null, Duration.ofMillis(50)))).operation();
    Awaitility.await().atMost(LONG).until(() -> alpha.rents() == 1);
    Future<Void> stopped = vertx.undeploy(deployment);
    alpha.letGo();
    await(stopped);
    assertThat(await(operations.read(TENANT, open.id())).orElseThrow().state())
        .isEqualTo(OperationState.CONFIRMED);
    deploy(SETTINGS);
  }
}
