package io.signalbox.gateway.dispatch;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.ledger.Timeline.AttemptEntry;
import io.signalbox.gateway.ledger.postgres.PostgresDatabases;
import io.signalbox.gateway.ledger.postgres.PostgresServer;
import io.signalbox.gateway.ledger.postgres.SlowCommits;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A PostgreSQL that stores what it was told and does not say so in time: no attempt is lost with
 * that, nothing is sent twice, and what was certainly not sent is not taken for unknown.
 */
class LostAnswerDispatchTest extends BaseDispatchTest {
  private static final long STATEMENT_MILLIS = 4_000;
  private static final Duration LONG = Duration.ofSeconds(60);

  /** The ledger's own: its connections must outlive the dispatcher's event loops. */
  private final Vertx store = Vertx.vertx();

  private PgConnectOptions database;
  private SlowCommits commits;

  @Override
  @BeforeEach
  void start() throws Exception {
    database = PostgresServer.migrated();
    super.start();
    commits = SlowCommits.of(store, database, "provider_requests");
  }

  @Override
  Future<SqlLedger> openLedger() {
    return PostgresDatabases.open(store, database, STATEMENT_MILLIS, json);
  }

  @Override
  @AfterEach
  void stop() {
    commits.close();
    super.stop();
    done(store.close());
  }

  /** The commit had no answer, and what asks for its end waits already. */
  private void storeAfterAll() throws Exception {
    commits.awaitWaiting(2);
    commits.letGo();
  }

  private Timeline isSent(NotificationId id) {
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(timeline(id).state()).isEqualTo(NotificationState.SENT));
    Timeline timeline = timeline(id);
    assertThat(timeline.attempts())
        .noneMatch(attempt -> attempt.outcome() == OutcomeKind.UNKNOWN)
        .noneMatch(AttemptEntry::possibleDuplicate);
    assertThat(meter.stalled).isEmpty();
    return timeline;
  }

  @Test
  void anAttemptWhoseBeginHadNoAnswerIsMade() throws Exception {
    commits.hold();
    NotificationId id = accept();
    storeAfterAll();

    assertThat(isSent(id).attempts()).hasSize(1);
    assertThat(first.asked).hasSize(1);
    assertThat(second.asked).isEmpty();
  }

  @Test
  void anAttemptThatBeganWithAnEndThatHadNoAnswerIsMade() throws Exception {
    Promise<Outcome> answer = Promise.promise();
    first.answers(deliver -> answer.future());
    NotificationId id = accept();
    await().atMost(LONG).until(() -> first.asked.size() == 1);
    commits.hold();
    answer.complete(TRANSIENT);
    storeAfterAll();

    assertThat(isSent(id).attempts())
        .extracting(AttemptEntry::outcome)
        .containsExactly(OutcomeKind.TRANSIENT, OutcomeKind.SENT);
    assertThat(first.asked).hasSize(1);
    assertThat(second.asked).hasSize(1);
  }
}
