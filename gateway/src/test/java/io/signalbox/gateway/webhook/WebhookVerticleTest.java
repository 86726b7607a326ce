package io.signalbox.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Receive;
import io.signalbox.gateway.bus.ProviderMessages.Received;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.WebhookMessages.Answer;
import io.signalbox.gateway.bus.WebhookMessages.Arrived;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.WebhookBacklog;
import io.signalbox.gateway.ledger.WebhookBody;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteFiles;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The intake over a real ledger and a real bus; what the provider makes of a body is scripted. */
class WebhookVerticleTest extends LedgerContract {
  private static final SqlLedgerOptions OPTIONS =
      new SqlLedgerOptions(256, 20_000, 64 << 20, 2, 1_000);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final CountingMeter meter = new CountingMeter();
  private volatile WebhookResult result = new WebhookResult.Verified(List.of());
  private SqlLedger sqlite;
  private Bus bus;

  @Override
  protected Opened open() throws Exception {
    sqlite =
        await(SqliteLedger.open(vertx, directory.resolve("ledger.db"), OPTIONS, new StoredForm()));
    return SqliteFiles.ports(sqlite);
  }

  @BeforeEach
  void listen() {
    bus = Bus.install(vertx);
    bus.answer(
        Addresses.provider("alpha", 1),
        Receive.class,
        asked -> Future.succeededFuture(new Received(result)));
  }

  private String deploy(String... settings) throws Exception {
    Map<String, String> keys = settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1]);
    GatewayConfig config = ConfigLoader.load(Optional.empty(), Map.of(), keys);
    String id =
        await(
            vertx.deployVerticle(
                new WebhookVerticle(
                    bus,
                    sqlite.webhooks(),
                    meter,
                    config.webhooks(),
                    Clock.systemUTC(),
                    Tracing.OFF)));
    announce(1, Stage.ACTIVE);
    return id;
  }

  private void announce(long generation, Stage stage) {
    bus.publish(
        Addresses.PROVIDERS,
        new ProviderState(
            "alpha",
            "scripted",
            "1",
            generation,
            Set.of(Channel.EMAIL),
            1,
            1,
            ProviderLimits.of(1, 0),
            Duration.ofSeconds(30),
            false,
            stage,
            new BreakerView("closed", 0, 0, 1, false, "", 0),
            List.of()));
  }

  private int statusOfRefusal() {
    Throwable refused = catchThrowable(() -> arrives("x")).getCause();
    assertThat(refused).isInstanceOf(GatewayException.class);
    return ((GatewayException) refused).status();
  }

  private Answer arrives(String raw) throws Exception {
    return arrives("POST", raw);
  }

  private Answer arrives(String method, String raw) throws Exception {
    WebhookRequest request =
        new WebhookRequest(
            method,
            "https://gateway.example/webhooks/alpha?token=c2VjcmV0",
            "token=c2VjcmV0",
            MultiMap.caseInsensitiveMultiMap()
                .add("Content-Type", "text/plain")
                .add("Authorization", "c2VjcmV0"),
            Buffer.buffer(raw),
            Clock.systemUTC().instant());
    return await(
        bus.request(Addresses.WEBHOOK, new Arrived("alpha", request), Answer.class, LIMIT));
  }

  private void processed() {
    Awaitility.await().atMost(LIMIT).until(() -> waiting().unprocessed() == 0);
  }

  private WebhookBacklog waiting() throws Exception {
    return await(sqlite.webhooks().waiting());
  }

  private static WebhookBody body(List<Receipt> receipts) {
    return new WebhookBody(
        "alpha", NOW, "POST", "", "{}", Buffer.buffer("x"), null, receipts, Set.of(Channel.EMAIL));
  }

  private static List<Receipt> unmatched(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> receipt(prefix + i, null, null, ReceiptStatus.SENT))
        .toList();
  }

  /** One row, its columns joined by a bar. */
  private String ask(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        columns.add(row.getString(i));
      }
      return String.join("|", columns);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:sqlite:" + directory.resolve("ledger.db?busy_timeout=30000"));
  }

  @Test
  void answersAndThenLetsItTakeEffect() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m-1");
    deploy();
    result =
        new WebhookResult.Verified(List.of(receipt("e-1", null, "m-1", ReceiptStatus.DELIVERED)));

    assertThat(arrives("anything").status()).isEqualTo(200);

    Awaitility.await().atMost(LIMIT).until(() -> state(id) == NotificationState.DELIVERED);
    Awaitility.await().atMost(LIMIT).until(() -> meter.processed.get() == 1);
    assertThat(meter.receipts).hasValue(1);
    assertThat(meter.moves).containsExactly("sent delivered");
    assertThat(meter.stored).hasValue(1);
  }

  @Test
  void processesALargeBodyInSlices() throws Exception {
    deploy();
    result = new WebhookResult.Verified(unmatched("e-", 1_000));
    long commits = sqlite.stats().commits();

    assertThat(arrives("large").status()).isEqualTo(200);

    processed();
    Awaitility.await().atMost(LIMIT).until(() -> sqlite.stats().commits() - commits >= 11);
    Awaitility.await().atMost(LIMIT).until(() -> meter.receipts.get() == 1_000);
  }

  @Test
  void takesUpWhatAnEarlierRunStoredEvenMoreThanItHolds() throws Exception {
    for (int i = 0; i < 23; i++) {
      await(sqlite.webhooks().store(body(unmatched(i + "-", 1_000))));
    }

    deploy();

    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> waiting().unprocessed() == 0);
    assertThat(ask("SELECT COUNT(*) FROM webhook_events")).isEqualTo("23000");
    Awaitility.await().atMost(LIMIT).until(() -> meter.processed.get() == 23);
  }

  @Test
  void keepsABodyWithoutItsSecrets() throws Exception {
    deploy();

    assertThat(arrives("raw").status()).isEqualTo(200);

    assertThat(ask("SELECT method, provider, url, headers, body, problem FROM webhook_bodies"))
        .isEqualTo(
            "POST|alpha|https://gateway.example/webhooks/alpha?token=***"
                + "|{\"content-type\":\"text/plain\"}|raw|null");
  }

  @Test
  void keepsWhatIsAuthenticAndMalformedAndSaysSo() throws Exception {
    deploy();
    result = new WebhookResult.Refused(Refusal.MALFORMED, "no JSON");

    assertThat(arrives("odd").status()).isEqualTo(400);

    assertThat(ask("SELECT problem, body FROM webhook_bodies")).isEqualTo("malformed: no JSON|odd");
    assertThat(waiting()).isEqualTo(WebhookBacklog.NONE);
  }

  @Test
  void keepsNothingThatIsNotAuthentic() throws Exception {
    deploy();
    result = new WebhookResult.Refused(Refusal.UNAUTHENTICATED, "no signature");
    assertThat(arrives("forged").status()).isEqualTo(401);
    result = new WebhookResult.Refused(Refusal.STALE, "old");
    assertThat(arrives("stale").status()).isEqualTo(403);

    assertThat(ask("SELECT COUNT(*) FROM webhook_bodies")).isEqualTo("0");
  }

  @Test
  void keepsNoChallengeThatCannotBeRead() throws Exception {
    deploy();
    result = new WebhookResult.Refused(Refusal.MALFORMED, "no query");

    assertThat(arrives("GET", "a stranger's").status()).isEqualTo(400);

    assertThat(ask("SELECT COUNT(*) FROM webhook_bodies")).isEqualTo("0");
  }

  @Test
  void answersAChallengeWithoutKeepingIt() throws Exception {
    deploy();
    result = new WebhookResult.Answer("text/html", "1158201444");

    Answer answer = arrives("");

    assertThat(answer).isEqualTo(new Answer(200, "text/html", "1158201444"));
    assertThat(ask("SELECT COUNT(*) FROM webhook_bodies")).isEqualTo("0");
  }

  @Test
  void asksToRepeatWhatTheLedgerCannotStore() throws Exception {
    deploy();
    await(ledger().close());

    assertThat(statusOfRefusal()).isEqualTo(503);
  }

  @Test
  void doesNotAnswerForAProviderThatIsNotThere() throws Exception {
    await(
        vertx.deployVerticle(
            new WebhookVerticle(
                bus,
                sqlite.webhooks(),
                meter,
                ConfigLoader.load(Optional.empty(), Map.of(), Map.of()).webhooks(),
                Clock.systemUTC(),
                Tracing.OFF)));

    assertThat(statusOfRefusal()).isEqualTo(404);
  }

  @Test
  void asksForItAgainWhileTheNodeIsAwayThatHasTheProvider() throws Exception {
    deploy();
    announce(1, Stage.STOPPED);
    announce(-2, Stage.ACTIVE);
    announce(-2, Stage.STOPPED);
    assertThat(statusOfRefusal()).isEqualTo(503);

    announce(1, Stage.ACTIVE);
    assertThat(arrives("x").status()).isEqualTo(200);
    announce(1, Stage.STOPPED);
    assertThat(statusOfRefusal()).as("it was this node's own").isEqualTo(404);
  }

  @Test
  void refusesABodyThatSaysTooMuch() throws Exception {
    deploy();
    result = new WebhookResult.Verified(unmatched("e-", 20_001));

    assertThat(statusOfRefusal()).isEqualTo(413);
    assertThat(ask("SELECT COUNT(*) FROM webhook_bodies")).isEqualTo("0");
  }

  @Test
  void whatTheLedgerRefusesIsSetAsideAndHoldsUpNobody() throws Exception {
    execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON webhook_events WHEN NEW.event_id = 'poison'"
            + " BEGIN SELECT RAISE(ABORT, 'refused by a test'); END");
    await(sqlite.webhooks().store(body(unmatched("before-", 3))));
    await(
        sqlite.webhooks().store(body(List.of(receipt("poison", null, null, ReceiptStatus.SENT)))));
    await(sqlite.webhooks().store(body(unmatched("after-", 3))));

    String first = deploy();

    processed();
    assertThat(waiting().setAside()).isEqualTo(1);
    assertThat(ask("SELECT COUNT(*) FROM webhook_events")).isEqualTo("6");

    execute("DROP TRIGGER refuse");
    await(vertx.undeploy(first));
    deploy();

    Awaitility.await().atMost(LIMIT).until(() -> waiting().equals(WebhookBacklog.NONE));
    assertThat(ask("SELECT COUNT(*) FROM webhook_events")).isEqualTo("7");
  }

  @Test
  void deletesBodiesThatAreOlderThanTheirRetention() throws Exception {
    for (int i = 0; i < 200; i++) {
      await(sqlite.webhooks().store(body(List.of())));
    }

    deploy("webhooks.retention", "1m");

    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> ask("SELECT COUNT(*) FROM webhook_bodies").equals("0"));
  }
}
