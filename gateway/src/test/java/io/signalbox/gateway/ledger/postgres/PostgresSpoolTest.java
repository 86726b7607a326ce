package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.config.SpoolSettings;
import io.signalbox.gateway.ledger.AcceptLedger;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.NotificationReports;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.spool.Spool;
import io.signalbox.gateway.spool.SpoolFile;
import io.signalbox.gateway.spool.SpoolStatus;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A spool before a PostgreSQL that stands still now and then. */
class PostgresSpoolTest extends LedgerContract {
  private static final SqlLedgerOptions LIMITS =
      new SqlLedgerOptions(256, 100_000, 1 << 30, 2, 1_000);
  private static final int ROOM = 450;

  private StallingProxy proxy;
  private SqlLedger behind;
  private Spool spool;
  private AcceptLedger intake;
  private NotificationReports known;

  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }

  @BeforeEach
  void openBehindTheProxy() throws Exception {
    await(ledger().close());
    proxy = StallingProxy.before(vertx, PostgresDatabases.ENGINE.database(directory));
    openBehind();
  }

  private void openBehind() throws Exception {
    PostgresOptions options =
        new PostgresOptions(proxy.address(), 0, 3, 10_000, 60_000, 4_000, 3_000, 0);
    behind =
        await(
                PostgresLedger.open(
                    vertx,
                    options,
                    NodeOptions.of("behind"),
                    LIMITS,
                    new StoredForm(),
                    EventOutlet.NONE))
            .ledger();
    SqlLedger file =
        await(
            SqliteLedger.openSpool(vertx, directory.resolve("spool.db"), LIMITS, new StoredForm()));
    spool =
        await(
            Spool.open(
                vertx,
                new SpoolFile(
                    file,
                    file.spool(),
                    file.reports(),
                    file.resealing("the spool", System::nanoTime),
                    file::close),
                new SpoolSettings(ROOM, 1 << 20, Duration.ofMillis(200), Duration.ofMillis(50))));
    intake = spool.intake(behind);
    known = spool.reports(behind.reports());
  }

  /** Only then is anything moved. */
  private void drain() {
    drain(false);
  }

  /** With a ledger that may have removed whatever it had, or nothing. */
  private void drain(boolean mayBeGone) {
    spool.drainInto(
        behind.restoring(),
        n -> n.fallbackChannels(),
        ids::next,
        (kind, n) -> {},
        accepted -> mayBeGone);
  }

  @AfterEach
  void closeAll() throws Exception {
    proxy.goOn();
    await(spool.close());
    await(behind.close());
    opened = open();
  }

  private void awaitEmpty() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(spool.status())
                    .isEqualTo(new SpoolStatus(true, true, false, false, 0, 0)));
  }

  private List<NotificationId> stored() throws Exception {
    return askStore("SELECT id, random FROM notifications ORDER BY id").stream()
        .map(row -> row.split("\\|", -1))
        .map(row -> new NotificationId(Long.parseLong(row[0]), Long.parseLong(row[1])))
        .toList();
  }

  @Test
  void whatIsUnansweredGoesIntoTheSpoolUnderItsIdAndIsStoredOnce() throws Exception {
    AcceptRequest before = request("before");
    assertThat(await(behind.accept(before))).isEqualTo(new AcceptResult.Stored(before.id()));
    proxy.stall();

    List<AcceptRequest> requests = new ArrayList<>();
    List<Future<AcceptResult>> answers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      requests.add(request("unanswered " + i));
      answers.add(intake.accept(requests.get(i)));
    }
    for (int i = 0; i < 5; i++) {
      assertThat(await(answers.get(i))).isEqualTo(new AcceptResult.Spooled(requests.get(i).id()));
    }
    AcceptRequest at = request("at once");
    assertThat(await(intake.accept(at))).isEqualTo(new AcceptResult.Spooled(at.id()));
    assertThat(spool.status().active()).isTrue();
    assertThat(spool.status().entries()).isEqualTo(6);
    assertThat(await(known.timeline(TENANT, at.id())).orElseThrow())
        .extracting(t -> t.state(), t -> t.reason())
        .containsExactly(NotificationState.QUEUED, "spooled");
    assertThatThrownBy(() -> await(known.timeline(TENANT, before.id())))
        .cause()
        .isInstanceOf(LedgerUnavailableException.class);

    proxy.goOn();
    // A part of it may be there already: what was sent before the stall.
    drain();
    awaitEmpty();
    List<NotificationId> all = new ArrayList<>(List.of(before.id()));
    requests.forEach(request -> all.add(request.id()));
    all.add(at.id());
    assertThat(stored()).containsExactlyElementsOf(all);
    Patience.await("one that is not spooled").until(this::isStored);
  }

  /** Asks once: its answer may be late, and then it goes into the spool. */
  private boolean isStored() throws Exception {
    AcceptRequest after = request("after");
    return await(intake.accept(after)).equals(new AcceptResult.Stored(after.id()));
  }

  /** Some are answered late by PostgreSQL itself, all go into the spool, all are stored once. */
  @Test
  void aServerThatIsSlowIsNotWaitedForAndTakesOverWhatItHasNot() throws Exception {
    proxy.slowDown(60);
    drain();
    List<NotificationId> all = new ArrayList<>();
    List<Future<AcceptResult>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      AcceptRequest request = request(TENANT, "message " + i, "key-" + i, NOW);
      all.add(request.id());
      answers.add(intake.accept(request));
    }
    for (Future<AcceptResult> answer : answers) {
      assertThat(await(answer))
          .isInstanceOfAny(AcceptResult.Spooled.class, AcceptResult.Stored.class);
    }
    assertThat(answers).anyMatch(each -> each.result() instanceof AcceptResult.Spooled);

    awaitEmpty();
    assertThat(stored()).containsExactlyElementsOf(all);
  }

  @Test
  void isFullAtItsLimitAndTakesMoreOnceItIsDrained() throws Exception {
    proxy.stall();
    List<AcceptRequest> fit = new ArrayList<>();
    for (int i = 0; i < ROOM; i++) {
      fit.add(request("message " + i));
    }
    assertThat(await(intake.acceptAll(fit.subList(0, ROOM - 10)))).hasSize(ROOM - 10);
    assertThat(spool.status().takes()).isTrue();
    assertThatThrownBy(() -> await(intake.acceptAll(List.copyOf(fit.subList(0, 20)))))
        .as("too much at once")
        .cause()
        .isInstanceOf(LedgerUnavailableException.class);
    assertThat(spool.status().takes()).isTrue();
    assertThat(await(intake.acceptAll(fit.subList(ROOM - 10, ROOM)))).hasSize(10);
    assertThat(spool.status().takes()).isFalse();

    assertThatThrownBy(() -> await(intake.accept(request("one too many"))))
        .cause()
        .isInstanceOf(LedgerUnavailableException.class)
        .hasMessageContaining("spool is full");
    assertThat(spool.status())
        .extracting(SpoolStatus::takes, SpoolStatus::active, SpoolStatus::entries)
        .containsExactly(false, true, (long) ROOM);

    proxy.goOn();
    drain();
    awaitEmpty();
    assertThat(stored()).hasSize(ROOM);
  }

  @Test
  void anIdempotencyKeyHoldsInTheSpoolAndAcrossIt() throws Exception {
    AcceptRequest first = request(TENANT, "hello", "key-1", NOW);
    await(behind.accept(first));
    proxy.stall();
    AcceptRequest elsewhere = request(TENANT, "hello", "key-1", NOW);
    AcceptRequest spooled = request(TENANT, "two", "key-2", NOW);
    await(intake.accept(elsewhere));
    await(intake.accept(spooled));

    assertThat(await(intake.accept(request(TENANT, "two", "key-2", NOW))))
        .isEqualTo(new AcceptResult.Duplicate(spooled.id(), NotificationState.QUEUED));
    assertThat(await(intake.accept(request(TENANT, "other", "key-2", NOW))))
        .isEqualTo(new AcceptResult.KeyReused(spooled.id()));
    assertThat(spool.status().entries()).isEqualTo(2);

    proxy.goOn();
    drain();
    awaitEmpty();
    assertThat(stored()).containsExactly(first.id(), spooled.id());
    assertThat(await(known.timeline(TENANT, elsewhere.id())).orElseThrow().id())
        .isEqualTo(first.id());
  }

  @Test
  void aLaterStartDrainsWhatAnEarlierOneLeft() throws Exception {
    proxy.stall();
    AcceptRequest left = request("left");
    await(intake.accept(left));
    assertThatThrownBy(() -> await(known.cancel(TENANT, left.id(), NOW)))
        .cause()
        .isInstanceOf(LedgerUnavailableException.class);
    await(spool.close());
    proxy.goOn();
    await(behind.close());
    openBehind();

    assertThat(spool.greatestKey()).isEqualTo(left.id().key());
    assertThat(spool.status())
        .extracting(SpoolStatus::active, SpoolStatus::entries)
        .containsExactly(false, 1L);
    assertThatThrownBy(() -> await(known.cancel(TENANT, left.id(), NOW)))
        .as("it is in the spool only: no word of there being none")
        .cause()
        .isInstanceOf(LedgerUnavailableException.class);
    drain();
    awaitEmpty();
    assertThat(stored()).containsExactly(left.id());
  }

  /**
   * A node dies after PostgreSQL took over and before its spool forgot; what it had is over and
   * removed by the time that it starts again.
   */
  @Test
  void whatPostgresMayHaveRemovedAgainIsNotStoredOnceMore() throws Exception {
    proxy.stall();
    AcceptRequest asked = request("asked for before PostgreSQL was known to be away");
    AcceptRequest spooled = request("spooled at once");
    await(intake.accept(asked));
    await(intake.accept(spooled));
    changeSpool(
        "CREATE TRIGGER death BEFORE DELETE ON notifications BEGIN SELECT RAISE(ABORT, ''); END");
    proxy.goOn();
    drain();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> stored().containsAll(List.of(asked.id(), spooled.id())));
    await(spool.close());
    await(behind.close());
    changeSpool("DROP TRIGGER death");
    engine().change(directory, "DELETE FROM notifications");
    openBehind();
    proxy.stall();
    AcceptRequest askedLater = request("asked for at the next outage");
    AcceptRequest neverOffered = request("old, and offered to nobody");
    await(intake.accept(askedLater));
    await(intake.accept(neverOffered));
    proxy.goOn();
    drain(true);

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(stored()).contains(neverOffered.id());
              assertThat(spool.status().entries()).isEqualTo(3);
              assertThat(spool.aside()).isEqualTo(3);
            });
    assertThat(stored()).doesNotContain(asked.id(), spooled.id());
    assertThat(await(known.timeline(TENANT, asked.id())).orElseThrow().reason())
        .isEqualTo("spooled");
  }

  private void changeSpool(String command) throws SQLException {
    try (Connection outside =
            DriverManager.getConnection(
                "jdbc:sqlite:" + directory.resolve("spool.db?busy_timeout=30000"));
        Statement change = outside.createStatement()) {
      change.executeUpdate(command);
    }
  }
}
