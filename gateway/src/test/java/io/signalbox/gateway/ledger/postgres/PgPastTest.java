package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.RetentionLedger.Removed;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.sql.KeyRange;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What PostgreSQL does for old notifications by itself. */
class PgPastTest extends LedgerContract {
  private static final int WEEKS = 4;
  private static final PgPast.Fence OURS = link -> true;

  private final PgWeek week = PgWeek.of(System.currentTimeMillis());
  private final long weekIsPast = week.untilMillis();
  private PgPool pool;

  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }

  @BeforeEach
  void connect() throws Exception {
    pool =
        new PgPool(
            vertx,
            PostgresDatabases.options(PostgresDatabases.ENGINE.database(directory)),
            System::nanoTime);
  }

  @AfterEach
  void disconnect() {
    pool.close();
  }

  private static int all(PgPast past, long before) throws Exception {
    int rows = 0;
    Removed some;
    do {
      some = past.removeSome(before);
      rows += some.rows();
    } while (some.more());
    return rows;
  }

  private List<NotificationId> accepted(int count) throws Exception {
    List<AcceptRequest> requests = IntStream.range(0, count).mapToObj(i -> request("x")).toList();
    await(ledger().acceptAll(requests));
    return requests.stream().map(AcceptRequest::id).toList();
  }

  private void cancel(List<NotificationId> ids) throws Exception {
    List<Future<?>> ending = new ArrayList<>();
    for (NotificationId id : ids) {
      ending.add(reports().cancel(TENANT, id, NOW));
    }
    await(Future.all(ending));
  }

  private boolean isThere(String table) throws Exception {
    return askStore("SELECT to_regclass('" + table + "') IS NOT NULL").get(0).equals("true");
  }

  private List<String> other() throws Exception {
    return askStore("SELECT id FROM notifications_other ORDER BY id");
  }

  @Test
  void aWeekThatIsPastIsDroppedAndWhatStaysIsMoved() throws Exception {
    List<NotificationId> ids = accepted(20);
    cancel(ids.subList(1, 20));
    PgPast past = new PgPast(pool, OURS);

    assertThat(all(past, weekIsPast - 1)).isZero();
    assertThat(isThere(week.partition("notifications"))).isTrue();
    assertThat(all(past, weekIsPast)).isEqualTo(19);
    for (String table : PgWeek.TABLES) {
      assertThat(isThere(week.partition(table))).isFalse();
      assertThat(isThere(week.plus(1).partition(table))).isTrue();
    }
    assertThat(other()).containsExactly(Long.toString(ids.get(0).key()));
    assertThat(dueIds(LANE, NOW)).containsExactly(ids.get(0));
    // What comes all the same, since a clock was late, finds a place.
    NotificationId late = accept();
    assertThat(dueIds(LANE, NOW)).containsExactly(ids.get(0), late);
  }

  @Test
  void aWeekThatSomebodyReadsForLongIsDroppedLater() throws Exception {
    cancel(accepted(5));
    PgConnection reader =
        PostgresServer.await(
            PgConnection.connect(vertx, PostgresDatabases.ENGINE.database(directory)));
    PostgresServer.await(reader.query("BEGIN").execute());
    PostgresServer.await(
        reader.query("LOCK TABLE provider_requests IN ACCESS SHARE MODE").execute());
    PgPast past = new PgPast(pool, OURS);

    for (int i = 0; i < 4; i++) {
      assertThat(past.removeSome(weekIsPast)).isEqualTo(new Removed(0, true));
    }
    NotificationId meanwhile = accept();
    PostgresServer.await(reader.query("ROLLBACK").execute());
    PostgresServer.await(reader.close());

    assertThat(all(past, weekIsPast)).isEqualTo(5);
    assertThat(dueIds(LANE, NOW)).containsExactly(meanwhile);
  }

  /** Between the look and the drop anything may happen: what is counted is what has gone. */
  @Test
  void whatChangesWhileItsWeekIsLookedThroughStaysAndIsNotCounted() throws Exception {
    List<NotificationId> sent = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      NotificationId id = begun();
      settle(id, 1, sent("m-" + id), finish(NotificationState.SENT));
      sent.add(id);
    }
    NotificationId open = accept();
    PgPast past = new PgPast(pool, OURS);
    // The week is chosen, and looked through.
    assertThat(past.removeSome(weekIsPast)).isEqualTo(new Removed(0, true));
    assertThat(past.removeSome(weekIsPast)).isEqualTo(new Removed(0, true));
    record(sent.get(0), 1, ReceiptStatus.DELIVERED);
    engine()
        .change(
            directory,
            "UPDATE provider_requests SET outcome = NULL WHERE notification_id = "
                + sent.get(1).key());
    cancel(List.of(open));
    NotificationId late = accept();
    cancel(List.of(late));

    assertThat(all(past, weekIsPast)).isEqualTo(4);
    assertThat(other())
        .containsExactlyInAnyOrder(
            Stream.of(sent.get(0), sent.get(1), open, late)
                .map(id -> Long.toString(id.key()))
                .toArray(String[]::new));
    assertThat(askStore("SELECT state, notifications, attempts FROM removed_totals"))
        .containsExactly(NotificationState.SENT.code() + "|4|4");
    assertThat(askStore("SELECT COUNT(*) FROM late_changes")).containsExactly("0");
  }

  @Test
  void aWeekOfWhichMuchHasToStayIsLeftToBeRemovedAsRows() throws Exception {
    List<NotificationId> ids = accepted(PgPast.MAX_MOVED + 11);
    cancel(ids.subList(0, 10));
    PgPast past = new PgPast(pool, OURS);

    assertThat(all(past, weekIsPast)).isZero();
    assertThat(past.rows(weekIsPast))
        .containsExactly(new KeyRange(0, NotificationId.firstKey(weekIsPast)));
    Removed some = await(opened.retention().removeNotifications(weekIsPast));
    int removed = some.rows();
    while (some.more()) {
      some = await(opened.retention().removeNotifications(weekIsPast));
      removed += some.rows();
    }
    assertThat(removed).isEqualTo(10);
    assertThat(isThere(week.partition("notifications"))).isTrue();
    assertThat(askStore("SELECT COUNT(*) FROM notifications"))
        .containsExactly(Integer.toString(PgPast.MAX_MOVED + 1));

    cancel(ids.subList(10, 20));
    assertThat(all(past, weekIsPast + 1)).isEqualTo(10);
    assertThat(other()).hasSize(PgPast.MAX_MOVED - 9);
  }

  @Test
  void weeksThatAreNotPastAreKeptWhole() throws Exception {
    assertThat(new PgPast(pool, OURS).rows(weekIsPast - 1))
        .containsExactly(new KeyRange(0, week.keys().from()));
    assertThat(new PgPast(pool, OURS).rows(week.plus(WEEKS).fromMillis() + 5))
        .containsExactly(
            new KeyRange(0, week.keys().from()),
            new KeyRange(
                week.plus(WEEKS).keys().from(),
                NotificationId.firstKey(week.plus(WEEKS).fromMillis() + 5)));
  }

  @Test
  void whoHasLostTheJobMeanwhileDropsNothing() throws Exception {
    cancel(accepted(5));
    PgPast fenced = new PgPast(pool, link -> false);

    assertThat(all(fenced, weekIsPast)).isZero();
    assertThat(isThere(week.partition("notifications"))).isTrue();
    assertThat(askStore("SELECT COUNT(*) FROM notifications")).containsExactly("5");
    assertThat(all(new PgPast(pool, OURS), weekIsPast)).isEqualTo(5);
  }

  @Test
  void whatIsAnotherNodesJobIsLeftAlone() throws Exception {
    cancel(accepted(5));
    // It lives: it holds the lock of its number.
    PgConnection other =
        PostgresServer.await(
            PgConnection.connect(vertx, PostgresDatabases.ENGINE.database(directory)));
    PostgresServer.await(
        other.query("SELECT pg_advisory_lock(" + PgRoll.LOCKS + ", 63)").execute());
    engine()
        .change(
            directory,
            "UPDATE nodes SET epoch = 99, name = 'other', left_at = NULL WHERE node = 63");
    assertThat(engine().change(directory, "UPDATE leases SET node = 63, epoch = 99")).isPositive();

    Removed some;
    do {
      some = await(opened.retention().removeNotifications(weekIsPast));
      assertThat(some.rows()).isZero();
    } while (some.more());
    assertThat(askStore("SELECT COUNT(*) FROM notifications")).containsExactly("5");
    PostgresServer.await(other.close());
  }

  @Test
  void twoAtOnceCountEverythingOnce() throws Exception {
    cancel(accepted(300));
    List<Future<Integer>> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      PgPast past = new PgPast(pool, OURS);
      both.add(vertx.executeBlocking(() -> all(past, weekIsPast), false));
    }
    int first = await(both.get(0));
    int second = await(both.get(1));

    assertThat(first + second).isEqualTo(300);
    assertThat(askStore("SELECT SUM(notifications) FROM removed_totals")).containsExactly("300");
  }

  @Test
  void partitionsOfOthersAreNoWeeks() throws Exception {
    long muchLater = week.fromMillis() + Duration.ofDays(3_650).toMillis();
    engine()
        .change(
            directory,
            "CREATE TABLE notifications_20500103 PARTITION OF notifications FOR VALUES FROM ("
                + NotificationId.firstKey(muchLater)
                + ") TO ("
                + NotificationId.firstKey(muchLater + 1)
                + ")");

    PgLink link = pool.acquire();
    assertThat(PgWeek.all(link).keySet()).hasSize(WEEKS);
    pool.release(link);
    // The database goes on to the next test.
    engine().change(directory, "DROP TABLE notifications_20500103");
  }
}
