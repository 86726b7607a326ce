package io.signalbox.gateway.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.ledger.AcceptLedger;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.RepeatedRequest;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who waits for a ledger that gives no answer, by a clock that stands still. */
class SpoolingLedgerTest extends LedgerContract {
  private static final long PATIENCE = 1_000;
  private static final long TICK = 100;
  private static final AcceptResult KNOWN = new AcceptResult.KeyReused(new NotificationId(1, 1));

  private final AtomicLong clock = new AtomicLong();
  private final SpoolSwitch way = new SpoolSwitch();
  private SqlLedger file;
  private SpoolingLedger spooling;

  /** It takes what comes, and is not heard of again. */
  private static final class SilentLedger implements AcceptLedger {
    @Override
    public Future<AcceptResult> accept(AcceptRequest request) {
      return Promise.<AcceptResult>promise().future();
    }

    @Override
    public Future<List<AcceptResult>> acceptAll(List<AcceptRequest> requests) {
      return Promise.<List<AcceptResult>>promise().future();
    }

    @Override
    public Future<List<Optional<AcceptResult>>> earlier(List<RepeatedRequest> requests) {
      return Future.succeededFuture(requests.stream().map(each -> Optional.of(KNOWN)).toList());
    }
  }

  @BeforeEach
  void openSpool() throws Exception {
    file =
        await(
            SqliteLedger.openSpool(
                vertx,
                directory.resolve("spool.db"),
                new SqlLedgerOptions(256, 100_000, 1 << 30, 2, 1_000),
                new StoredForm()));
    SpoolRoom room = new SpoolRoom(100, 1 << 20, await(file.spool().fill()));
    spooling =
        new SpoolingLedger(
            new SilentLedger(),
            new SpoolStore(file, file.spool(), room),
            way,
            PATIENCE,
            clock::get);
    pass(2 * PATIENCE);
  }

  @AfterEach
  void closeSpool() throws Exception {
    await(file.close());
  }

  private void pass(long nanos) {
    for (long passed = 0; passed < nanos; passed += TICK) {
      clock.addAndGet(TICK);
      spooling.look();
    }
  }

  @Test
  void whoMissedTheTurnOfTheSwitchWaitsNoLongerThanOthers() throws Exception {
    AcceptRequest request = request("before");
    Future<AcceptResult> answer = spooling.accept(request);
    way.spool(new LedgerUnavailableException("another found out"));

    pass(PATIENCE + TICK);
    assertThat(await(answer)).isEqualTo(new AcceptResult.Spooled(request.id()));
  }

  @Test
  void whatWasAcceptedBeforeIsLookedForInTheSpoolAndInTheLedger() throws Exception {
    AcceptRequest request = request(TENANT, "hello", "k-1", NOW);
    RepeatedRequest spooled = RepeatedRequest.of(TENANT, "k-1", request.content());
    RepeatedRequest other = RepeatedRequest.of(TENANT, "k-2", request.content());
    way.spool(new LedgerUnavailableException("it is away"));
    await(spooling.accept(request));

    Optional<AcceptResult> first =
        Optional.of(new AcceptResult.Duplicate(request.id(), NotificationState.QUEUED));
    assertThat(await(spooling.earlier(List.of(spooled)))).containsExactly(first);
    // The ledger may know it.
    assertThatThrownBy(() -> await(spooling.earlier(List.of(spooled, other))))
        .hasCauseInstanceOf(LedgerUnavailableException.class);
    way.direct();
    assertThat(await(spooling.earlier(List.of(spooled, other))))
        .containsExactly(first, Optional.of(KNOWN));
  }

  @Test
  void aProcessThatStoodStillDoesNotBlameTheLedger() throws Exception {
    AcceptRequest request = request("before");
    Future<AcceptResult> answer = spooling.accept(request);

    clock.addAndGet(10 * PATIENCE);
    spooling.look();
    pass(PATIENCE - TICK);
    assertThat(way.isSpooling()).isFalse();
    pass(2 * TICK);
    assertThat(way.isSpooling()).isTrue();
    assertThat(await(answer)).isEqualTo(new AcceptResult.Spooled(request.id()));
  }
}
