package io.signalbox.gateway.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.RestoreLedger.Restored;
import io.signalbox.gateway.ledger.SpoolLedger;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a spool is moved whose file fails now and then, or holds what cannot be read. */
class SpoolDrainTest extends LedgerContract {
  private final SpoolSwitch way = new SpoolSwitch();
  private final List<Restored> moved = new CopyOnWriteArrayList<>();
  private SqlLedger file;
  private FailingSpool contents;
  private SpoolStore store;
  private SpoolDrain drain;
  private Context context;
  private long goneBefore;

  @BeforeEach
  void openSpool() throws Exception {
    file =
        await(
            SqliteLedger.openSpool(
                vertx,
                spoolFile(),
                new SqlLedgerOptions(256, 100_000, 1 << 30, 2, 1_000),
                new StoredForm()));
    contents = new FailingSpool(file.spool());
    store = new SpoolStore(file, contents, new SpoolRoom(100, 1 << 20, await(contents.fill())));
    drain =
        new SpoolDrain(
            store,
            opened.restoring(),
            way,
            n -> n.fallbackChannels(),
            ids::next,
            (result, count) -> moved.add(result),
            accepted -> accepted < goneBefore);
    context = vertx.getOrCreateContext();
  }

  @AfterEach
  void closeSpool() throws Exception {
    await(drain.close());
    await(file.close());
  }

  private Path spoolFile() {
    return directory.resolve("spool.db");
  }

  private void look() {
    context.runOnContext(now -> drain.look());
  }

  private void lookUntilEmptyButFor(int entries) {
    Patience.await()
        .untilAsserted(
            () -> {
              look();
              assertThat(store.room().entries()).isEqualTo(entries);
              assertThat(way.isSpooling()).isFalse();
            });
  }

  /** A spool's file that cannot be read or written for some time. */
  private static final class FailingSpool implements SpoolLedger {
    private final SpoolLedger spool;
    private final AtomicInteger unread = new AtomicInteger();
    private final AtomicInteger unforgotten = new AtomicInteger();

    FailingSpool(SpoolLedger spool) {
      this.spool = spool;
    }

    @Override
    public Future<Fill> fill() {
      return spool.fill();
    }

    @Override
    public Future<Oldest> oldest(Set<NotificationId> skip, int limit, long maxBytes) {
      return unread.getAndDecrement() > 0
          ? Future.failedFuture(new LedgerUnavailableException("no disk"))
          : spool.oldest(skip, limit, maxBytes);
    }

    @Override
    public Future<Void> offering(List<NotificationId> ids) {
      return spool.offering(ids);
    }

    @Override
    public Future<Void> forget(List<NotificationId> ids) {
      return unforgotten.getAndDecrement() > 0
          ? Future.failedFuture(new LedgerUnavailableException("no disk"))
          : spool.forget(ids);
    }
  }

  @Test
  void aFileThatCannotBeReadKeepsNobodyFromALedgerThatIsBack() throws Exception {
    await(store.add(List.of(request("spooled"))));
    contents.unread.set(Integer.MAX_VALUE);
    way.spool(new LedgerUnavailableException("away"));

    look();
    Patience.await().until(() -> !way.isSpooling());
    assertThat(store.room().entries()).isEqualTo(1);

    contents.unread.set(0);
    lookUntilEmptyButFor(0);
    assertThat(moved).containsExactly(Restored.STORED);
  }

  @Test
  void whatCannotBeForgottenIsForgottenLaterAndNotOfferedAgain() throws Exception {
    await(store.add(List.of(request("one"), request("two"))));
    contents.unforgotten.set(3);
    way.spool(new LedgerUnavailableException("away"));

    lookUntilEmptyButFor(0);
    assertThat(moved).containsExactly(Restored.STORED);
  }

  @Test
  void whatCannotBeReadIsLaidAsideAndReadNoMore() throws Exception {
    AcceptRequest bad = request("bad");
    await(store.add(List.of(bad, request("good"))));
    try (Connection outside =
            DriverManager.getConnection("jdbc:sqlite:" + spoolFile() + "?busy_timeout=30000");
        PreparedStatement spoil =
            outside.prepareStatement("UPDATE notifications SET content = x'00' WHERE id = ?")) {
      spoil.setLong(1, bad.id().key());
      spoil.executeUpdate();
    }

    lookUntilEmptyButFor(1);
    // The move that found it has ended.
    await(drain.close());
    assertThat(moved).containsExactly(Restored.STORED);
    assertThat(await(contents.oldest(Set.of(), 10, 1_000)).unreadable()).containsExactly(bad.id());
  }
}
