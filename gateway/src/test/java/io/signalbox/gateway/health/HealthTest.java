package io.signalbox.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.WebhookBody;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteFiles;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.spi.Channel;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What health tells of webhooks that wait, over a real ledger. */
class HealthTest extends LedgerContract {
  private final AtomicLong now = new AtomicLong(NOW);
  private final InstantSource time = () -> Instant.ofEpochMilli(now.get());
  private final Clock clock = time.withZone(ZoneOffset.UTC);
  private WorkMonitor monitor;
  private Health health;

  @Override
  protected Opened open() throws Exception {
    SqlLedger ledger =
        await(
            SqliteLedger.open(
                vertx,
                directory.resolve("ledger.db"),
                new SqlLedgerOptions(256, 20_000, 64 << 20, 2, 1_000),
                new StoredForm()));
    return SqliteFiles.ports(ledger);
  }

  @BeforeEach
  void watch() throws Exception {
    monitor =
        new WorkMonitor(
            vertx,
            ledger(),
            opened.webhooks(),
            directory,
            new GatewayMeters(new SimpleMeterRegistry()),
            clock,
            Duration.ofMillis(10));
    await(monitor.start());
    health = new Health(monitor, clock);
    health.started();
  }

  @AfterEach
  void stop() {
    monitor.stop();
  }

  private long store() throws Exception {
    return await(
        opened
            .webhooks()
            .store(
                new WebhookBody(
                    "alpha",
                    now.get(),
                    "POST",
                    "",
                    "{}",
                    Buffer.buffer("x"),
                    null,
                    List.of(receipt("e-" + now.get(), null, null, ReceiptStatus.SENT)),
                    Set.of(Channel.EMAIL))));
  }

  private JsonObject webhooks() {
    return health.overall().json().getJsonObject("webhooks");
  }

  private static void eventually(org.awaitility.core.ThrowingRunnable seen) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(seen);
  }

  @Test
  void showsHowManyWebhooksWaitAndHowLong() throws Exception {
    store();
    now.addAndGet(5_000);
    long second = store();
    await(opened.webhooks().setAside(second, "a reason"));

    eventually(
        () ->
            assertThat(webhooks())
                .isEqualTo(
                    new JsonObject()
                        .put("unprocessed", 1L)
                        .put("oldest_unprocessed_ms", 5_000L)
                        .put("set_aside", 1L)));
    assertThat(health.overall().well()).isTrue();
  }

  @Test
  void aRefusalHoldsAlsoWhileTheNextLookHasNoAnswer() {
    AtomicReference<Checked> writes = new AtomicReference<>(Checked.UNKNOWN);
    Health watched =
        new Health(
            monitor, clock, () -> Map.of(LedgerChecks.WRITES, writes.get()), () -> Standby.NONE, 0);
    watched.started();
    JsonObject refused = new JsonObject().put(WriteWatch.REFUSED, 40L);
    CheckReport late = CheckReport.down("no answer for 800 ms", new JsonObject());
    eventually(() -> assertThat(watched.readiness().well()).isTrue());

    writes.set(new Checked(late, now.get(), now.get()));
    assertThat(watched.readiness().well()).isTrue();
    writes.set(new Checked(CheckReport.down("changes are refused", refused), now.get(), now.get()));
    assertThat(watched.readiness().well()).isFalse();
    writes.set(new Checked(late, now.get(), now.get()));
    assertThat(watched.readiness().well()).isFalse();
    writes.set(new Checked(CheckReport.up(new JsonObject()), now.get(), now.get()));
    assertThat(watched.readiness().well()).isTrue();
  }

  @Test
  void webhooksThatNobodyProcessesStandStill() throws Exception {
    store();
    eventually(() -> assertThat(webhooks().getLong("unprocessed")).isEqualTo(1));

    now.addAndGet(WorkSample.STALLED_AFTER.toMillis() + 1_000);

    eventually(() -> assertThat(health.overall().json().getString("status")).isEqualTo("stalled"));
    assertThat(health.overall().well()).isFalse();
    assertThat(health.readiness().well()).isTrue();
  }

  @Test
  void aBacklogOfWebhooksThatIsWorkedOffIsNoStandstill() throws Exception {
    long first = store();
    now.addAndGet(1_000);
    store();
    eventually(() -> assertThat(webhooks().getLong("unprocessed")).isEqualTo(2));
    now.addAndGet(WorkSample.STALLED_AFTER.toMillis() + 1_000);
    eventually(() -> assertThat(health.overall().well()).isFalse());

    await(opened.webhooks().setAside(first, "out of the way"));

    eventually(() -> assertThat(health.overall().well()).isTrue());
    assertThat(webhooks().getLong("oldest_unprocessed_ms")).isGreaterThan(60_000);
  }
}
