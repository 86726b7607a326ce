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
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quotas of several gateways on one ledger. */
class QuotasTest {
  private static final String TENANT = "shop";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Allowance KEY = new Allowance("aaaaaaaaaaaa", 10, 15);

  @TempDir private Path dir;
  private Vertx vertx;
  private SqlLedger ledger;
  private final AtomicLong nanos = new AtomicLong();
  private final DayClock clock = new DayClock();
  private Duration patience = Duration.ofMinutes(1);
  private Duration look = Duration.ofHours(1);

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
    List<Future<QuotaGrant>> taken = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      taken.add(gateways.get(i % 3).take(TENANT, null, 2));
    }
    int all = 0;
    for (Future<QuotaGrant> each : taken) {
      all += count(each);
    }
    assertThat(all).isLessThanOrEqualTo(500);
    // What one holds ahead the others get when it is given back.
    for (Quotas gateway : gateways) {
      await(gateway.close());
    }
    Quotas last = tenant(500, 0);
    int more = 0;
    for (int got = count(last.take(TENANT, null, 1)); got == 1; ) {
      more++;
      got = count(last.take(TENANT, null, 1));
    }
    assertThat(all + more).isEqualTo(500);
  }

  @Test
  void nobodyIsRefusedWhileThereIsEnoughHoweverManyComeAtOnce() throws Exception {
    Quotas quotas = tenant(1_000, 0);
    List<Future<QuotaGrant>> taken = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      taken.add(quotas.take(TENANT, null, 1));
    }
    for (Future<QuotaGrant> each : taken) {
      assertThat(count(each)).isEqualTo(1);
    }
    assertThat(count(quotas.take(TENANT, null, 1))).isZero();
  }

  @Test
  void theSmallestQuotaDecidesAndTheOthersGetBackWhatItRefused() throws Exception {
    Quotas quotas = tenant(100, 1000);
    QuotaGrant first = await(quotas.take(TENANT, KEY, 12));
    assertThat(first.count()).isEqualTo(10);
    assertThat(count(quotas.take(TENANT, KEY, 1))).isZero();
    assertThat(quotas.nearest(TENANT, KEY).orElseThrow().name()).isEqualTo("key-day");
    assertThat(await(quotas.standings(TENANT, List.of(KEY))))
        .extracting(each -> each.name() + " " + each.remaining())
        .containsExactly("tenant-day 90", "tenant-month 990", "key-day 0", "key-month 5");
    // Another key of the tenant is not held up by that.
    Allowance other = new Allowance("bbbbbbbbbbbb", 3, 0);
    assertThat(count(quotas.take(TENANT, other, 1))).isEqualTo(1);
    first.giveBack(2);
    assertThat(count(quotas.take(TENANT, KEY, 3))).isEqualTo(2);
    // The next day has a quota of its own, the month goes on.
    clock.now = Instant.parse("2026-01-31T00:00:00Z");
    assertThat(count(quotas.take(TENANT, KEY, 9))).isEqualTo(5);
    clock.now = Instant.parse("2026-02-01T00:00:00Z");
    assertThat(count(quotas.take(TENANT, KEY, 9))).isEqualTo(9);
  }

  @Test
  void whatIsGivenBackAfterMidnightIsNotOfTheNextDay() throws Exception {
    Quotas quotas = tenant(10, 0);
    QuotaGrant grant = await(quotas.take(TENANT, null, 10));
    clock.now = Instant.parse("2026-01-31T00:00:00Z");
    grant.giveBack(10);
    assertThat(count(quotas.take(TENANT, null, 20))).isEqualTo(10);
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
  void ofQuotasThatAreUsedUpTheOneThatLastsLongestIsTold() throws Exception {
    Quotas quotas = tenant(5, 5);
    assertThat(count(quotas.take(TENANT, null, 5))).isEqualTo(5);
    assertThat(count(quotas.take(TENANT, null, 1))).isZero();
    QuotaStanding told = quotas.nearest(TENANT, null).orElseThrow();
    assertThat(told.name()).isEqualTo("tenant-month");
    assertThat(told.resetSeconds()).isEqualTo(86_460);
  }

  @Test
  void aSilentLedgerRefusesNobodyAndHearsOfItLater() throws Exception {
    HeldLedger held = new HeldLedger(ledger.quotas());
    patience = Duration.ofSeconds(3);
    Quotas quotas = quotas(held, 10, 0);
    held.hold = Promise.promise();
    assertThat(count(quotas.take(TENANT, null, 8))).isEqualTo(8);
    assertThat(count(quotas.take(TENANT, null, 8))).isEqualTo(8);
    assertThat(held.asked).hasValue(1);
    held.hold.fail("gone");
    held.hold = null;
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
    assertThat(count(quotas.take(TENANT, null, 1))).isZero();
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
    assertThat(count(quotas.take(TENANT, null, 1))).isEqualTo(1);
    for (int i = 0; i < 20; i++) {
      assertThat(count(quotas.take(TENANT, null, 1))).isZero();
    }
    assertThat(held.asked).hasValueLessThanOrEqualTo(3);
  }

  @Test
  void whatTheLedgerGrantsToOneThatWasGivenUpMeanwhileGoesBack() throws Exception {
    HeldLedger held = new HeldLedger(ledger.quotas());
    Quotas quotas = quotas(held, 500, 0);
    Promise<Void> hold = Promise.promise();
    held.hold = hold;
    Future<QuotaGrant> taken = quotas.take(TENANT, null, 1);
    beQuiet();
    quotas.look();
    held.hold = null;
    hold.complete();
    assertThat(count(taken)).isEqualTo(1);
    Awaitility.await().atMost(LIMIT).until(() -> used() == 1);
  }

  @Test
  void whatALedgerThatIsAwayWasNotToldItIsToldLater() throws Exception {
    HeldLedger held = new HeldLedger(ledger.quotas());
    Quotas quotas = quotas(held, 500, 0);
    Promise<Void> gone = Promise.promise();
    gone.fail("gone");
    held.hold = gone;
    assertThat(count(quotas.take(TENANT, null, 3))).isEqualTo(3);
    beQuiet();
    quotas.look();
    held.hold = null;
    Awaitility.await()
        .atMost(LIMIT)
        .until(
            () -> {
              beQuiet();
              quotas.look();
              return used() == 3;
            });
  }

  @Test
  void whatALateQuestionOwesIsToldLaterThoughItsOwnerWasGivenUp() throws Exception {
    HeldLedger held = new HeldLedger(ledger.quotas());
    patience = Duration.ofSeconds(3);
    Quotas quotas = quotas(held, 500, 0);
    Promise<Void> gone = Promise.promise();
    gone.fail("gone");
    held.hold = gone;
    assertThat(count(quotas.take(TENANT, null, 3))).isEqualTo(3);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
    // It takes the three along.
    Promise<Void> late = Promise.promise();
    held.hold = late;
    assertThat(count(quotas.take(TENANT, null, 1))).isEqualTo(1);
    held.hold = null;
    beQuiet();
    quotas.look();
    Awaitility.await().atMost(LIMIT).until(() -> used() == 1);
    held.hold = gone;
    late.fail("gone");
    held.hold = null;
    Awaitility.await()
        .atMost(LIMIT)
        .until(
            () -> {
              beQuiet();
              quotas.look();
              return used() == 4;
            });
  }

  @Test
  void whoIsQuietGivesBackThoughNobodyElseComes() throws Exception {
    look = Duration.ofMillis(10);
    Quotas quotas = tenant(500, 0);
    assertThat(count(quotas.take(TENANT, null, 1))).isEqualTo(1);
    assertThat(used()).isEqualTo(10);
    beQuiet();
    Awaitility.await().atMost(LIMIT).until(() -> used() == 1);
    await(quotas.close());
  }

  @Test
  void whoOnlyLooksKeepsNothing() throws Exception {
    Quotas quotas = tenant(500, 0);
    assertThat(count(quotas.take(TENANT, null, 1))).isEqualTo(1);
    for (int i = 0; i < 4; i++) {
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(30));
      await(quotas.standings(TENANT, List.of()));
    }
    quotas.look();
    Awaitility.await().atMost(LIMIT).until(() -> used() == 1);
  }

  private void beQuiet() {
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(2));
  }

  private long used() throws Exception {
    // Of what the ledger was never told it knows no use.
    return await(ledger.quotas().uses(TENANT, List.of("2026-01-30"))).stream()
        .mapToLong(QuotaLedger.Use::used)
        .sum();
  }

  private Quotas tenant(long perDay, long perMonth) {
    return quotas(ledger.quotas(), perDay, perMonth);
  }

  private Quotas quotas(QuotaLedger of, long perDay, long perMonth) {
    QuotaSettings settings =
        new QuotaSettings(new Quota(0, 0), List.of(new Named(TENANT, new Quota(perDay, perMonth))));
    return new Quotas(vertx, of, settings, clock, nanos::get, patience, look);
  }

  private static int count(Future<QuotaGrant> taken) throws Exception {
    return await(taken).count();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** The real one, whose answers can be held back. */
  private static final class HeldLedger implements QuotaLedger {
    private final QuotaLedger real;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile @Nullable Promise<Void> hold;

    HeldLedger(QuotaLedger real) {
      this.real = real;
    }

    @Override
    public Future<Taken> take(Whose whose, long wanted, long limit, long owed) {
      asked.incrementAndGet();
      Promise<Void> held = hold;
      return held == null
          ? real.take(whose, wanted, limit, owed)
          : held.future().compose(go -> real.take(whose, wanted, limit, owed));
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
