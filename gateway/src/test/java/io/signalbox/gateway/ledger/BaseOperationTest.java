package io.signalbox.gateway.ledger;

import static io.signalbox.gateway.operation.OperationStories.answered;
import static io.signalbox.gateway.operation.OperationStories.end;
import static io.signalbox.gateway.operation.OperationStories.result;
import static io.signalbox.gateway.operation.OperationStories.trying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.ledger.OperationLedger.Accepted;
import io.signalbox.gateway.ledger.OperationLedger.OpenOperations;
import io.signalbox.gateway.ledger.OperationLedger.Written;
import io.signalbox.gateway.ledger.OrphanLedger.Found;
import io.signalbox.gateway.ledger.OrphanLedger.Orphan;
import io.signalbox.gateway.ledger.OrphanLedger.Taken;
import io.signalbox.gateway.ledger.OrphanLedger.Watch;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.gateway.operation.OperationStories;
import io.signalbox.gateway.vault.TestKeys;
import io.signalbox.spi.Channel;
import io.signalbox.spi.events.NotificationEvent;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How every ledger keeps operations. */
public abstract class BaseOperationTest extends LedgerContract {
  private static final long WATCH = 60_000;
  private static final long LATER = NOW + 3_600_000;

  private final HeardEvents heard = new HeardEvents();
  private String keys = "a";

  @Override
  protected EventOutlet outlet() {
    return heard;
  }

  @Override
  protected Seal seal() {
    try {
      return TestKeys.seal(directory, keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OperationLedger operations() {
    return opened.whole().operations();
  }

  private OrphanLedger orphans() {
    return opened.whole().orphans();
  }

  private Operation accepted() throws Exception {
    Operation operation = OperationStories.operation(TENANT, ids.next(), NOW);
    return await(operations().accept(operation, null, "d")).operation();
  }

  private Operation written(Operation before, Operation after) throws Exception {
    assertThat(await(operations().write(before, after, WATCH))).isEqualTo(Written.APPLIED);
    return after;
  }

  private Operation begun(String provider) throws Exception {
    Operation operation = accepted();
    return written(operation, trying(operation, provider, ""));
  }

  private Operation confirmed(String providerId) throws Exception {
    Operation begun = begun("alpha");
    return written(begun, answered(begun, end(How.DONE, 200), result(providerId)));
  }

  private Operation read(Operation operation) throws Exception {
    return await(operations().operation(TENANT, operation.id())).orElseThrow();
  }

  @Test
  void eachStateIsReadAsItWasWrittenAlsoAfterARestart() throws Exception {
    Operation pending = accepted();
    Operation confirmed = confirmed("r1");
    Operation begun = begun("alpha");
    Operation failed = written(begun, answered(begun, end(How.REJECTED, 400), null));
    reopen();

    for (Operation one : List.of(pending, confirmed, failed)) {
      assertThat(read(one)).isEqualTo(one);
    }
    assertThat(await(operations().operation("other", pending.id()))).isEmpty();
    assertThat(askStore("SELECT content FROM operations WHERE id = " + pending.id().key()))
        .noneMatch(stored -> stored.contains("country"));
    assertThat(await(operations().claimant("alpha", "r1")).map(Operation::id))
        .contains(confirmed.id());
  }

  @Test
  void aKeyFindsItsOperationAndRefusesAnotherRequest() throws Exception {
    Operation first = OperationStories.operation(TENANT, ids.next(), NOW);
    Operation second = OperationStories.operation(TENANT, ids.next(), NOW);
    assertThat(await(operations().accept(first, "k", "d")))
        .isEqualTo(new Accepted(first, false, true));
    reopen();
    assertThat(await(operations().accept(second, "k", "d")))
        .isEqualTo(new Accepted(first, true, true));
    assertThat(await(operations().accept(second, "k", "e")).sameRequest()).isFalse();
    Operation others = OperationStories.operation("other", ids.next(), NOW);
    assertThat(await(operations().accept(others, "k", "d")).repeated()).isFalse();
  }

  @Test
  void aKeyIsFreeAgainWhereNothingWasDone() throws Exception {
    Operation first = OperationStories.operation(TENANT, ids.next(), NOW);
    await(operations().accept(first, "k", "d"));
    OperationProgress now = first.progress();
    OperationProblem problem =
        new OperationProblem(OperationProblem.Kind.UNAVAILABLE, "nobody", 5_000);
    written(
        first,
        first.with(
            new OperationProgress(
                OperationState.FAILED, 0, List.of(), 0, 0, 0, NOW, NOW, null, problem)));
    assertThat(now.problem()).isNull();

    Operation second = OperationStories.operation(TENANT, ids.next(), NOW);
    assertThat(await(operations().accept(second, "k", "e")).operation()).isEqualTo(second);
    assertThat(read(first).problem()).isEqualTo(problem);
  }

  @Test
  void anAttemptIsStoredWithItsOperation() throws Exception {
    Operation begun = begun("alpha");
    String row =
        "SELECT request_type, service, country, provider, success, code, rental_id"
            + " FROM provider_requests WHERE notification_id = "
            + begun.id().key();
    assertThat(askStore(row)).singleElement().asString().contains("rent", "wa", "us", "alpha");
    written(begun, answered(begun, end(How.DONE, 200), result("r1")));
    assertThat(askStore(row)).singleElement().asString().contains("r1");
  }

  @Test
  void aChangeThatCameTooLateIsNotMade() throws Exception {
    Operation pending = accepted();
    Operation begun = written(pending, trying(pending, "alpha", ""));
    assertThat(await(operations().write(pending, trying(pending, "beta", ""), 0)))
        .isEqualTo(Written.OVERTAKEN);
    // The same once more: its answer was lost.
    assertThat(await(operations().write(pending, begun, 0))).isEqualTo(Written.APPLIED);
    assertThat(askStore("SELECT count(*) FROM provider_requests")).containsExactly("1");
  }

  @Test
  void whatIsClaimedIsNobodyElses() throws Exception {
    confirmed("r1");
    Operation second = begun("alpha");
    Operation done = answered(second, end(How.DONE, 200), result("r1"));
    assertThat(await(operations().write(second, done, 0))).isEqualTo(Written.CLAIMED);
    assertThat(read(second)).isEqualTo(second);
    assertThat(await(operations().claimed(Set.of("alpha"), 0))).containsExactly("r1");
    assertThat(await(operations().claimed(Set.of("beta"), 0))).isEmpty();
  }

  @Test
  void whatIsBrokenOffIsDueAtOnce() throws Exception {
    Operation begun = begun("alpha");
    assertThat(await(operations().due(NOW + 1, 10))).isEmpty();
    assertThat(await(operations().open()))
        .containsExactly(new OpenOperations(Channel.NUMBER, OperationState.TRYING, 1, NOW));
    reopen();
    await(ledger().recover(NOW + 1));
    assertThat(await(operations().due(NOW + 1, 10)))
        .extracting(Operation::id, Operation::state)
        .containsExactly(tuple(begun.id(), OperationState.TRYING));
    assertThat(askStore("SELECT code FROM provider_requests")).containsExactly("node_stopped");
  }

  @Test
  void noProviderTakesTheTurnsOfOthersThatAreFollowed() throws Exception {
    followed("alpha", "r1", NOW + 1);
    followed("alpha", "r2", NOW + 2);
    followed("beta", "r3", NOW + 3);
    assertThat(await(operations().toFollow(Channel.NUMBER, NOW + 10, 2, 1)))
        .extracting(operation -> operation.result().providerId())
        .containsExactly("r1", "r3");
    assertThat(await(operations().toFollow(Channel.NUMBER, NOW + 10, 2, 2)))
        .extracting(operation -> operation.result().providerId())
        .containsExactly("r1", "r2");
  }

  private void followed(String provider, String providerId, long atMillis) throws Exception {
    Operation begun = begun(provider);
    OperationResult result = new OperationResult(provider, providerId, new JsonObject(), atMillis);
    written(begun, answered(begun, end(How.DONE, 200), result));
  }

  @Test
  void aResultIsFollowedAndAmended() throws Exception {
    Operation confirmed = confirmed("r1");
    assertThat(await(operations().toFollow(Channel.NUMBER, LATER, 10, 10))).isEmpty();
    OperationResult moved =
        new OperationResult("alpha", "r2", new JsonObject().put("code", "1234"), NOW + 10);
    assertThat(await(operations().amend(confirmed, moved, "code_received", NOW + 5)))
        .isEqualTo(Written.APPLIED);

    assertThat(read(confirmed).result()).isEqualTo(moved);
    assertThat(await(operations().toFollow(Channel.NUMBER, NOW + 10, 10, 10))).hasSize(1);
    assertThat(await(operations().toFollow(Channel.BOOKING, NOW + 10, 10, 10))).isEmpty();
    assertThat(await(operations().claimed(Set.of("alpha"), 0)))
        .containsExactlyInAnyOrder("r1", "r2");
    assertThat(heard.types()).containsExactly("operation.confirmed", "operation.code_received");
    NotificationEvent told = heard.all().get(1);
    assertThat(told.operation().id()).isEqualTo(confirmed.id().toString());
    assertThat(told.operation().providerId()).isEqualTo("r2");
    assertThat(told.operation().result()).contains("1234");
    assertThat(told.attemptId()).isEqualTo(confirmed.attemptId(1));
  }

  @Test
  void whatMayBeLeftIsWatchedForTakenAndUndone() throws Exception {
    Watch watch = watched();
    Found found = new Found(watch.operation(), 1, "alpha", "r9");
    Operation open = begun("alpha");
    assertThat(await(orphans().take(found, Set.of(), false, true, NOW + 1, NOW + 10)))
        .isEqualTo(Taken.LATER);
    written(open, answered(open, end(How.TRANSIENT, 500), null));
    assertThat(await(orphans().take(found, Set.of(), false, true, NOW + 1, NOW + 10)))
        .isEqualTo(Taken.TAKEN);
    assertThat(await(orphans().take(found, Set.of(), true, true, NOW + 1, NOW + 10)))
        .isEqualTo(Taken.KNOWN);

    Orphan orphan = await(orphans().dueOrphans(NOW + 10, 10)).get(0);
    assertThat(orphan).isEqualTo(new Orphan(found, 0, NOW + 10));
    await(orphans().notUndone(orphan, NOW + 20, NOW + 11));
    assertThat(await(orphans().dueOrphans(NOW + 19, 10))).isEmpty();
    reopen();
    await(ledger().recover(NOW + 12));
    Orphan again = await(orphans().dueOrphans(NOW + 20, 10)).get(0);
    assertThat(again.tries()).isEqualTo(1);
    await(orphans().undone(again, NOW + 21));
    assertThat(await(orphans().dueOrphans(LATER, 10))).isEmpty();
    assertThat(heard.types()).containsExactly("operation.compensated");
    assertThat(heard.all().get(0).operation().providerId()).isEqualTo("r9");

    await(orphans().looked(watch, NOW + 100));
    assertThat(await(orphans().dueWatches(NOW + 100, 10)).get(0).looks()).isEqualTo(1);
    await(orphans().looked(watch, 0));
    assertThat(await(orphans().dueWatches(LATER, 10))).isEmpty();
  }

  /** An attempt that was unknown and is taken for not done. */
  private Watch watched() throws Exception {
    Operation begun = begun("alpha");
    Operation unsettled = written(begun, answered(begun, end(How.UNKNOWN, 0), null));
    OperationAttempt.End gone = end(How.NOT_FOUND, 0);
    Operation pending = written(unsettled, answered(unsettled, gone, null));
    assertThat(pending.state()).isEqualTo(OperationState.PENDING);
    List<Watch> due = await(orphans().dueWatches(NOW + 10, 10));
    assertThat(due).hasSize(1);
    assertThat(due.get(0).attempt()).isEqualTo(pending.progress().newest());
    assertThat(due.get(0).untilMillis()).isEqualTo(pending.progress().updatedAtMillis() + WATCH);
    return due.get(0);
  }

  @Test
  void whatTheSameOperationMayHaveMadeSinceIsNotTaken() throws Exception {
    Watch watch = watched();
    Operation pending = watch.operation();
    Operation again = written(pending, trying(pending, "alpha", ""));
    Found found = new Found(pending, 1, "alpha", "r9");
    // Seen by a node whose clock is behind.
    long seen = again.progress().newest().startedAtMillis() - 20_000;
    assertThat(await(orphans().take(found, Set.of(), false, true, seen, NOW + 10)))
        .isEqualTo(Taken.LATER);
    written(again, answered(again, end(How.DONE, 200), result("r9")));
    assertThat(await(orphans().take(found, Set.of(), false, true, seen, NOW + 10)))
        .isEqualTo(Taken.KNOWN);
  }

  @Test
  void whatAnotherProviderHasAtTheSameAccountIsNotTaken() throws Exception {
    Set<String> both = Set.of("alpha", "beta");
    Found found = new Found(watched().operation(), 1, "alpha", "r9");
    Operation open = begun("beta");
    assertThat(await(orphans().take(found, both, false, true, NOW + 1, NOW)))
        .isEqualTo(Taken.LATER);
    Operation done = answered(open, end(How.DONE, 200), result("beta", "r9"));
    assertThat(await(operations().write(open, done, both, 0))).isEqualTo(Written.APPLIED);
    assertThat(await(orphans().take(found, both, false, true, NOW + 1, NOW)))
        .isEqualTo(Taken.KNOWN);
    assertThat(await(operations().claimed(both, 0))).containsExactly("r9");

    Operation second = begun("alpha");
    Operation same = answered(second, end(How.DONE, 200), result("r9"));
    assertThat(await(operations().write(second, same, both, 0))).isEqualTo(Written.CLAIMED);
    // Of one that has an account of its own it is another.
    assertThat(await(operations().write(second, same, 0))).isEqualTo(Written.APPLIED);
  }

  @Test
  void whatAnOperationHasAtTheSameAccountIsNotTakenByWhoHasCertainlyMadeIt() throws Exception {
    Set<String> both = Set.of("alpha", "beta");
    Operation open = begun("beta");
    Operation done = answered(open, end(How.DONE, 200), result("beta", "r9"));
    assertThat(await(operations().write(open, done, both, 0))).isEqualTo(Written.APPLIED);
    Operation making = begun("beta");

    Found late = new Found(watched().operation(), 1, "alpha", "r9");
    assertThat(await(orphans().take(late, both, true, true, NOW + 1, NOW))).isEqualTo(Taken.KNOWN);
    assertThat(await(orphans().dueOrphans(LATER, 10))).isEmpty();
    assertThat(await(operations().claimant("beta", "r9")).map(Operation::id)).contains(done.id());
    // What others are making just now is no hindrance.
    assertThat(read(making).state()).isEqualTo(OperationState.TRYING);
    Found own = new Found(late.operation(), 1, "alpha", "r10");
    assertThat(await(orphans().take(own, both, true, true, NOW + 1, NOW))).isEqualTo(Taken.TAKEN);
  }

  @Test
  void whatCannotBeReadLetsOthersBy() throws Exception {
    Found lost = new Found(watched().operation(), 1, "alpha", "r9");
    await(orphans().take(lost, Set.of(), true, true, NOW, NOW));
    keys = "b";
    reopen();
    assertThat(await(orphans().dueWatches(NOW + 10, 1))).isEmpty();
    assertThat(await(orphans().dueOrphans(NOW + 10, 1))).isEmpty();

    Found found = new Found(watched().operation(), 1, "alpha", "r10");
    await(orphans().take(found, Set.of(), true, true, NOW, NOW));
    assertThat(await(orphans().dueWatches(NOW + 10, 1))).hasSize(1);
    assertThat(await(orphans().dueOrphans(NOW + 10, 1))).hasSize(1);
    assertThat(await(orphans().dueOrphans(LATER + 10, 10))).hasSize(1);
  }

  @Test
  void whatIsLeftToAPersonIsTold() throws Exception {
    Found found = new Found(accepted(), 1, "alpha", "r9");
    assertThat(await(orphans().take(found, Set.of(), true, false, NOW, NOW)))
        .isEqualTo(Taken.TAKEN);
    assertThat(await(orphans().dueOrphans(LATER, 10))).isEmpty();
    assertThat(heard.types()).containsExactly("operation.orphaned");
  }

  @Test
  void theOldGoWithAllTheyHave() throws Exception {
    confirmed("r1");
    Operation open = accepted();
    long now = System.currentTimeMillis() + 60_000;
    assertThat(await(opened.retention().removeOperations(now)).rows()).isEqualTo(1);
    assertThat(await(opened.retention().removeOperations(now)).more()).isFalse();
    assertThat(askStore("SELECT count(*) FROM provider_requests")).containsExactly("0");
    assertThat(await(operations().claimed(Set.of("alpha"), 0))).isEmpty();
    assertThat(read(open)).isEqualTo(open);
  }
}
