package io.signalbox.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteFiles;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator's wish while one generation of a provider replaces another. */
class DrainWishTest extends LedgerContract {
  private final AtomicInteger changes = new AtomicInteger();
  private SqlLedger sqlite;
  private Bus bus;

  @Override
  protected Opened open() throws Exception {
    sqlite =
        await(
            SqliteLedger.open(
                vertx,
                directory.resolve("ledger.db"),
                new SqlLedgerOptions(256, 20_000, 64 << 20, 2, 1_000),
                new StoredForm()));
    return SqliteFiles.ports(sqlite);
  }

  @BeforeEach
  void install() {
    bus = Bus.install(vertx);
  }

  @Test
  void whatTheOldGenerationIsToldAfterTheNewOneHasReadIsKnownToBoth() throws Exception {
    DrainWish old = wish("one");
    await(old.read());
    DrainWish replacement = wish("one");
    DrainWish another = wish("two");
    await(replacement.read());
    await(another.read());
    assertThat(replacement.isDrained()).isFalse();

    await(old.set(true, "ada", NOW));

    assertThat(old.isDrained()).isTrue();
    Patience.await().until(replacement::isDrained);
    assertThat(another.isDrained()).isFalse();
    Patience.await().untilAsserted(() -> assertThat(changes).hasValue(2));

    await(old.set(false, "ada", NOW));
    Patience.await().until(() -> !replacement.isDrained());
  }

  @Test
  void whatIsStoredWhileTheNewGenerationReadsIsNotLost() throws Exception {
    DrainWish old = wish("one");
    await(old.read());
    for (int round = 0; round < 20; round++) {
      boolean wished = round % 2 == 0;
      DrainWish replacement = wish("one");
      Future<Void> read = replacement.read();
      await(old.set(wished, "ada", NOW));
      await(read);
      Patience.await().until(() -> replacement.isDrained() == wished);
    }
  }

  @Test
  void isDrainedIfItCannotBeReadWhetherItShouldBe() throws Exception {
    await(sqlite.close());
    DrainWish wish = wish("one");

    await(wish.read());

    assertThat(wish.isDrained()).isTrue();
    reopen();
  }

  private DrainWish wish(String provider) {
    return new DrainWish(bus, sqlite.providers(), provider, changes::incrementAndGet);
  }
}
