package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.signalbox.gateway.Patience;
import io.signalbox.gateway.ledger.CallbackQueue.Limits;
import io.signalbox.gateway.ledger.CallbackQueue.Result;
import io.signalbox.gateway.ledger.DegradationLedger.ModeChange;
import io.signalbox.gateway.ledger.DeliveryState;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.Job;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.Node;
import io.signalbox.gateway.ledger.NotOurJobException;
import io.signalbox.gateway.ledger.Settled;
import io.signalbox.gateway.ledger.Settlement;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.Timeline.AttemptEntry;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.DegradationMode;
import io.signalbox.gateway.model.NodeShare;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.trail.CapturedTrail;
import io.signalbox.spi.OutcomeKind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who shares a ledger in PostgreSQL, and what becomes of those that die, or are taken for dead. */
class PgMembershipTest extends LedgerContract {
  private static final SqlLedgerOptions LIMITS =
      new SqlLedgerOptions(256, 100_000, 1 << 30, 2, 1_000);

  /** After which the frozen is dead; much longer than a pause of the machine usually is. */
  private static final long SHORT_MILLIS = 4_000;

  private static final long LONG_MILLIS = 60_000;
  private static final String LOCKS =
      " FROM pg_locks WHERE locktype = 'advisory' AND granted"
          + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
  private static final String WAITING =
      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
          + " AND datname = current_database()";

  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }

  private PgConnectOptions database() throws Exception {
    return PostgresDatabases.ENGINE.database(directory);
  }

  private SqlLedger join(PgConnectOptions at, long timeoutMillis) throws Exception {
    return join(at, timeoutMillis, 20_000);
  }

  private SqlLedger join(PgConnectOptions at, long timeoutMillis, long statementMillis)
      throws Exception {
    PostgresOptions options =
        new PostgresOptions(at, 0, 3, 15_000, 60_000, 10_000, statementMillis, 0);
    NodeOptions who = NodeOptions.of("another", timeoutMillis);
    SqlLedger joined =
        await(PostgresLedger.open(vertx, options, who, LIMITS, new StoredForm(), EventOutlet.NONE))
            .ledger();
    await(joined.recover(NOW));
    return joined;
  }

  @BeforeEach
  void begin() throws Exception {
    await(ledger().recover(NOW));
  }

  private AttemptEntry attempt(NotificationId id, int number) throws Exception {
    return timeline(id).attempts().get(number - 1);
  }

  private static Settlement settlement(NotificationId id, NextStep next) {
    return new Settlement(new AttemptId(id, 1), sent("m-1"), NOW + 100, 99, next);
  }

  private static List<Integer> numbers(SqlLedger ledger) {
    return ledger.nodes().living().stream().map(Node::number).toList();
  }

  @Test
  void allSeeEachOtherAndSplitTheWork() throws Exception {
    SqlLedger own = (SqlLedger) ledger();
    SqlLedger two = join(database(), LONG_MILLIS);
    SqlLedger three = join(database(), LONG_MILLIS);
    for (SqlLedger each : List.of(own, two, three)) {
      Patience.await().until(() -> numbers(each).equals(List.of(0, 1, 2)));
    }
    long all = 0;
    for (SqlLedger each : List.of(own, two, three)) {
      assertThat(all & each.nodes().share().buckets()).isZero();
      all |= each.nodes().share().buckets();
    }
    assertThat(all).isEqualTo(-1L);

    await(two.close());
    Patience.await().until(() -> numbers(own).equals(List.of(0, 2)));
    assertThat(own.nodes().share().buckets()).isEqualTo(NodeShare.split(0, List.of(0, 2)));
    await(three.close());
  }

  @Test
  void whoIsStartingOrDrainingLeavesItsShareToThoseThatWork() throws Exception {
    SqlLedger own = (SqlLedger) ledger();
    SqlLedger two = join(database(), LONG_MILLIS);
    awaitShares(own, NodeShare.split(0, List.of(0, 1)), two, NodeShare.split(1, List.of(0, 1)));

    own.nodes().works(true);
    awaitShares(own, -1L, two, 0);
    two.nodes().works(true);
    awaitShares(own, NodeShare.split(0, List.of(0, 1)), two, NodeShare.split(1, List.of(0, 1)));
    own.nodes().works(false);
    awaitShares(own, 0, two, -1L);
    assertThat(numbers(two)).as("it lives").containsExactly(0, 1);
    await(two.close());
  }

  private static void awaitShares(SqlLedger one, long first, SqlLedger other, long second) {
    Patience.await()
        .until(
            () ->
                one.nodes().share().buckets() == first
                    && other.nodes().share().buckets() == second);
  }

  @Test
  void whoWasTakenForDeadTakesAnotherNumberAndGoesOn() throws Exception {
    NotificationId before = accept();
    try (CapturedTrail log = new CapturedTrail(PgMembership.class)) {
      engine()
          .change(directory, "UPDATE nodes SET epoch = epoch + 1, left_at = now() WHERE node = 0");

      Patience.await()
          .untilAsserted(
              () ->
                  assertThat(ledger().nodes().share())
                      .extracting(NodeShare::node, NodeShare::buckets)
                      .containsExactly(1, -1L));
      assertThat(log.from(Level.DEBUG))
          .as("one look is enough")
          .noneMatch(line -> line.startsWith("nodes cannot be looked at"));
    }
    NotificationId after = accept();
    assertThat(dueIds(LANE, NOW)).containsExactly(before, after);
  }

  @Test
  void whoWasTakenForDeadWritesNothingUnderItsOldNumber() throws Exception {
    NotificationId id = begun();
    PgConnection outside = PostgresServer.await(PgConnection.connect(vertx, database()));
    PostgresServer.await(outside.query("BEGIN").execute());
    PostgresServer.await(
        outside
            .query("UPDATE nodes SET epoch = epoch + 1, left_at = now() WHERE node = 0")
            .execute());
    Future<Settled> settled = ledger().settle(settlement(id, finish(NotificationState.SENT)));
    Patience.await().until(() -> PostgresServer.run(database(), WAITING).size() > 0);
    PostgresServer.await(outside.query("COMMIT").execute());

    assertThatThrownBy(() -> await(settled))
        .cause()
        .isInstanceOfSatisfying(
            LedgerUnavailableException.class, refused -> assertThat(refused.isFenced()).isTrue());
    assertThat(askStore("SELECT count(*) FROM provider_requests WHERE outcome IS NULL"))
        .containsExactly("1");
    PostgresServer.await(outside.close());
  }

  @Test
  void whoLostTheLockToNobodyHasItAgain() throws Exception {
    assertThat(askStore("SELECT pg_terminate_backend(pid)" + LOCKS)).containsExactly("true");

    Patience.await().untilAsserted(() -> assertThat(askStore("SELECT 1" + LOCKS)).hasSize(1));
    assertThat(accept()).isNotNull();
    assertThat(ledger().nodes().share().node()).isZero();
  }

  @Test
  void whatOneBeganThatHasGoneIsTakenOver() throws Exception {
    StallingProxy proxy = StallingProxy.before(vertx, database());
    // As after a kill: its connections are closed. Long before its time is over.
    SqlLedger gone = join(proxy.address(), LONG_MILLIS);
    Patience.await().until(() -> numbers((SqlLedger) ledger()).size() == 2);
    NotificationId id = accept();
    await(gone.begin(start(id, 1)));
    NotificationId mine = begun();
    proxy.cut();

    Patience.await()
        .untilAsserted(() -> assertThat(attempt(id, 1).outcome()).isEqualTo(OutcomeKind.UNKNOWN));
    assertThat(attempt(id, 1).code()).isEqualTo("node_stopped");
    assertThat(attempt(mine, 1).outcome()).as("of who lives").isNull();
    assertThat(dueIds(LANE, Long.MAX_VALUE / 10_000)).containsExactly(id);

    // It comes back with what the provider said: another has begun to do it again meanwhile.
    await(ledger().begin(start(id, 2)));
    proxy.mend();
    Patience.await().until(() -> gone.nodes().share().node() == 2);
    Settled late = await(gone.settle(settlement(id, new NextStep.Attempt(start(id, 2), "again"))));
    assertThat(late.applied()).isFalse();
    assertThat(attempt(id, 1).outcome()).isEqualTo(OutcomeKind.SENT);
    assertThat(timeline(id).attempts()).hasSize(2);
    await(gone.close());
  }

  @Test
  void whoIsFrozenIsTakenForDeadThoughItHoldsLocks() throws Exception {
    await(ledger().close());
    SqlLedger own = join(database(), SHORT_MILLIS);
    StallingProxy proxy = StallingProxy.before(vertx, database());
    SqlLedger frozen = join(proxy.address(), SHORT_MILLIS, 6_000);
    NotificationId id = accept(own);
    await(frozen.begin(start(id, 1)));
    int number = frozen.nodes().share().node();
    assertThat(own.nodes().share().node()).isNotEqualTo(number);
    proxy.stall();
    Future<Settled> settling = frozen.settle(settlement(id, finish(NotificationState.SENT)));

    Patience.await()
        .untilAsserted(
            () ->
                assertThat(askStore("SELECT code, node FROM provider_requests"))
                    .containsExactly("node_stopped|" + number));
    proxy.goOn();
    Patience.await().until(() -> settling.isComplete() && frozen.nodes().share().node() != number);
    assertThat(settling.failed()).isTrue();
    // Nobody has done anything yet: what the provider said settles it.
    Settled late = await(frozen.settle(settlement(id, finish(NotificationState.SENT))));
    assertThat(late.applied()).isTrue();
    await(frozen.close());
    await(own.close());
  }

  private static ModeChange mode(long atMillis) {
    return new ModeChange(DegradationMode.NORMAL, DegradationMode.PARTIAL, List.of(), atMillis);
  }

  @Test
  void aJobHasOneHolderAlsoThroughAPartition() throws Exception {
    await(ledger().close());
    StallingProxy proxy = StallingProxy.before(vertx, database());
    SqlLedger cutOff = join(proxy.address(), SHORT_MILLIS, 6_000);
    // The ledger that the test began with is gone: its jobs are free.
    Patience.await().until(() -> cutOff.leases().holds(Job.HISTORY));
    SqlLedger other = join(database(), SHORT_MILLIS);
    assertThat(other.leases().holds(Job.HISTORY)).isFalse();
    await(other.degradation().recordModeChange(mode(NOW + 1)));
    await(cutOff.degradation().recordModeChange(mode(NOW + 2)));
    proxy.stall();

    Patience.await().until(() -> other.leases().holds(Job.HISTORY));
    assertThat(cutOff.leases().holds(Job.HISTORY)).as("it knows of nothing").isTrue();
    await(other.degradation().recordModeChange(mode(NOW + 3)));
    proxy.goOn();
    Future<Void> old = cutOff.degradation().recordModeChange(mode(NOW + 4));
    Patience.await().until(old::isComplete);
    Patience.await().until(() -> !cutOff.leases().holds(Job.HISTORY));
    assertThat(askStore("SELECT created_at FROM degradation_events ORDER BY id"))
        .containsExactly(NOW + 2 + "", NOW + 3 + "");
    await(cutOff.close());
    await(other.close());
  }

  @Test
  void whatAJobWritesIsRefusedIfAnotherNodeHasIt() throws Exception {
    Patience.await().until(() -> ledger().leases().holds(Job.CALLBACKS));
    // Another that lives: it holds the lock of its number, which is there before it has the job.
    PgConnection other = PostgresServer.await(PgConnection.connect(vertx, database()));
    PostgresServer.await(other.query("SELECT pg_advisory_lock(" + PgRoll.LOCKS + ", 9)").execute());
    engine()
        .change(directory, "UPDATE nodes SET left_at = NULL, epoch = 1, name = '' WHERE node = 9");
    engine().change(directory, "UPDATE leases SET node = 9, epoch = 1 WHERE name = 'callbacks'");

    Result result =
        new Result(
            1, 1, 0, "http://a", true, 1, DeliveryState.DELIVERED, 0, NOW, 5, 200, null, null);
    assertThatThrownBy(
            () -> await(opened.callbackQueue().record(List.of(result), new Limits(1, 1))))
        .cause()
        .isInstanceOf(NotOurJobException.class);
    PostgresServer.await(other.close());
  }

  private NotificationId accept(SqlLedger ledger) throws Exception {
    var request = request("hello");
    await(ledger.accept(request));
    return request.id();
  }

  @Test
  void ofTwoThatTakeOverTheSameNodeOneDoes() throws Exception {
    StallingProxy proxy = StallingProxy.before(vertx, database());
    SqlLedger gone = join(proxy.address(), LONG_MILLIS);
    SqlLedger third = join(database(), LONG_MILLIS);
    List<NotificationId> begun = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      NotificationId id = accept();
      await(gone.begin(start(id, 1)));
      begun.add(id);
    }
    proxy.cut();

    Patience.await()
        .untilAsserted(
            () ->
                assertThat(
                        askStore(
                            "SELECT count(*) FROM provider_requests WHERE outcome IS NOT NULL"))
                    .containsExactly("20"));
    Patience.await().until(() -> numbers(third).equals(List.of(0, 2)));
    assertThat(
            askStore("SELECT notification_id FROM notification_events WHERE event = 'recovered'"))
        .hasSize(20);
    assertThat(begun).hasSize(20);
    await(third.close());
    proxy.mend();
    await(gone.close());
  }

  @Test
  void whatADeadNodeHasOpenIsEndedUntilItIsTakenOver() throws Exception {
    PgConnection outside = PostgresServer.await(PgConnection.connect(vertx, database()));
    PostgresServer.await(outside.query("BEGIN").execute());
    PostgresServer.await(outside.query("SELECT 1 FROM nodes WHERE node = 0 FOR UPDATE").execute());
    Future<Void> first = sessionOf("ghost");
    // Dead, and not taken over: the writer waits for its own row.
    engine()
        .change(
            directory,
            "UPDATE nodes SET left_at = NULL, epoch = 1, name = 'ghost', session = 'ghost',"
                + " started_at = now() WHERE node = 9");
    Patience.await().until(first::isComplete);

    Future<Void> second = sessionOf("ghost");
    Patience.await().until(second::isComplete);
    PostgresServer.await(outside.close());
  }

  /** A session of a node at the server; completes when it is ended. */
  private Future<Void> sessionOf(String node) throws Exception {
    Promise<Void> ended = Promise.promise();
    PgConnectOptions named = new PgConnectOptions(database());
    named.addProperty("application_name", node);
    PgConnection session = PostgresServer.await(PgConnection.connect(vertx, named));
    session.closeHandler(closed -> ended.tryComplete());
    return ended.future();
  }

  @Test
  void thereAreAtMostSixtyFour() throws Exception {
    // Nobody is there to take them for dead; the number of who has just left is not free either.
    await(ledger().close());
    engine().change(directory, "UPDATE nodes SET left_at = NULL, epoch = 1 WHERE node > 0");

    assertThatThrownBy(() -> join(database(), LONG_MILLIS))
        .cause()
        .isInstanceOf(LedgerUnavailableException.class)
        .hasMessageContaining("shared by 64 gateways");
  }
}
