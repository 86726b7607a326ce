package io.signalbox.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.QuotaSettings;
import io.signalbox.gateway.config.QuotaSettings.Named;
import io.signalbox.gateway.config.QuotaSettings.Quota;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.QuotaLedger;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sqlite.SqliteFiles;
import io.signalbox.gateway.security.Caller.Allowance;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quotas of several gateways on one ledger. */
class QuotasTest {
  private static final String TENANT = "shop";
  private static final Allowance KEY = new Allowance("aaaaaaaaaaaa", 10, 15);

  @TempDir private Path dir;
  private Vertx vertx;
  private SqlLedger ledger;
  private final AtomicLong nanos = new AtomicLong();
  private final DayClock clock = new DayClock();
  private Duration patience = Duration.ofMinutes(1);

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    ledger = await(SqliteFiles.ENGINE.open(vertx, dir, EventOutlet.NONE, Seal.NONE));
  }

  @AfterEach
  void close() throws Exception {
    await(ledger.close());
    await(vertx.close());
  }

  @Test
  void gatewaysTogetherSendExactlyWhatTheTenantMay() throws Exception {
    List<Quotas> gateways = List.of(tenant(500, 0), tenant(500, 0), tenant(500, 0));
    List<Future<Integer>> taken = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      taken.add(gateways.get(i % 3).take(TENANT, null, 2));
    }
    int all = 0;
    for (Future<Integer> each : taken) {
      all += await(each);
    }
    assertThat(all).isLessThanOrEqualTo(500);
    // What one holds ahead the others get when it is given back.
    for (Quotas gateway : gateways) {
      await(gateway.close());
    }
    Quotas last = tenant(500, 0);
    int more = 0;
    for (int got = await(last.take(TENANT, null, 1)); got == 1; ) {
      more++;
      got = await(last.take(TENANT, null, 1));
    }
    assertThat(all + more).isEqualTo(500);
  }

  @Test
  void nobodyIsRefusedWhileThereIsEnoughHoweverManyComeAtOnce() throws Exception {
    Quotas quotas = tenant(1_000, 0);
    List<Future<Integer>> taken = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      taken.add(quotas.take(TENANT, null, 1));
    }
    for (Future<Integer> each : taken) {
      assertThat(await(each)).isEqualTo(1);
    }
    assertThat(await(quotas.take(TENANT, null, 1))).isZero();
  }

  @Test
  void theSmallestQuotaDecidesAndTheOthersGetBackWhatItRefused() throws Exception {
    Quotas quotas = tenant(100, 1000);
    assertThat(await(quotas.take(TENANT, KEY, 12))).isEqualTo(10);
    assertThat(await(quotas.take(TENANT, KEY, 1))).isZero();
    assertThat(quotas.nearest(TENANT, KEY).orElseThrow().name()).isEqualTo("key-day");
    assertThat(await(quotas.standings(TENANT, List.of(KEY))))
        .extracting(each -> each.name() + " " + each.remaining())
        .containsExactly("tenant-day 90", "tenant-month 990", "key-day 0", "key-month 5");
    // Another key of the tenant is not held up by that.
    Allowance other = new Allowance("bbbbbbbbbbbb", 3, 0);
    assertThat(await(quotas.take(TENANT, other, 1))).isEqualTo(1);
    quotas.giveBack(TENANT, KEY, 2);
    assertThat(await(quotas.take(TENANT, KEY, 3))).isEqualTo(2);
    // The next day has a quota of its own, the month goes on.
    clock.now = Instant.parse("2026-01-31T00:00:00Z");
    assertThat(await(quotas.take(TENANT, KEY, 9))).isEqualTo(5);
    clock.now = Instant.parse("2026-02-01T00:00:00Z");
    assertThat(await(quotas.take(TENANT, KEY, 9))).isEqualTo(9);
  }

  @Test
  void resetsAreTheEndsOfDaysAndMonthsOfUtc() {
    Quotas quotas = tenant(5, 0);
    QuotaStanding day = quotas.nearest(TENANT, null).orElseThrow();
    assertThat(day.resetSeconds()).isEqualTo(60);
    assertThat(day.lengthSeconds()).isEqualTo(86_400);
    QuotaStanding month = tenant(0, 5).nearest(TENANT, null).orElseThrow();
    assertThat(month.resetSeconds()).isEqualTo(86_460);
    assertThat(month.lengthSeconds()).isEqualTo(31 * 86_400);
    assertThat(quotas.nearest("other", null)).isEmpty();
  }

  @Test
  void aSilentLedgerRefusesNobodyAndHearsOfItLater() throws Exception {
    HeldLedger held = new HeldLedger(ledger.quotas());
    patience = Duration.ofMillis(50);
    Quotas quotas = quotas(held, 10, 0);
    held.hold = Promise.promise();
    assertThat(await(quotas.take(TENANT, null, 8))).isEqualTo(8);
    assertThat(await(quotas.take(TENANT, null, 8))).isEqualTo(8);
    assertThat(held.asked).hasValue(1);
    held.hold.fail("gone");
    held.hold = null;
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
    assertThat(await(quotas.take(TENANT, null, 1))).isZero();
    assertThat(await(quotas.standings(TENANT, List.of())))
        .extracting(QuotaStanding::remaining)
        .containsExactly(0L);
    assertThat(await(ledger.quotas().uses(TENANT, List.of("2026-01-30"))).get(0).used())
        .isEqualTo(16);
  }

  @Test
  void whoIsRefusedDoesNotHaveTheLedgerAskedEachTime() throws Exception {
    HeldLedger held = new HeldLedger(ledger.quotas());
    Quotas quotas = quotas(held, 1, 0);
    assertThat(await(quotas.take(TENANT, null, 1))).isEqualTo(1);
    for (int i = 0; i < 20; i++) {
      assertThat(await(quotas.take(TENANT, null, 1))).isZero();
    }
    assertThat(held.asked).hasValueLessThanOrEqualTo(3);
  }

  private Quotas tenant(long perDay, long perMonth) {
    return quotas(ledger.quotas(), perDay, perMonth);
  }

  private Quotas quotas(QuotaLedger of, long perDay, long perMonth) {
    QuotaSettings settings =
        new QuotaSettings(new Quota(0, 0), List.of(new Named(TENANT, new Quota(perDay, perMonth))));
    return new Quotas(vertx, of, settings, clock, nanos::get, patience);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** The real one, whose answers can be held back. */
  private static final class HeldLedger implements QuotaLedger {
    private final QuotaLedger real;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile @Nullable Promise<Taken> hold;

    HeldLedger(QuotaLedger real) {
      this.real = real;
    }

    @Override
    public Future<Taken> take(Whose whose, long wanted, long limit, long owed) {
      asked.incrementAndGet();
      Promise<Taken> held = hold;
      return held == null ? real.take(whose, wanted, limit, owed) : held.future();
    }

    @Override
    public Future<List<Use>> uses(String tenant, List<String> periods) {
      return real.uses(tenant, periods);
    }
  }

  /** A minute before the last day of a month. */
  private static final class DayClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-30T23:59:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
