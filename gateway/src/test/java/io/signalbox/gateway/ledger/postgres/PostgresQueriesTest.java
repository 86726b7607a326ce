package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.call.RequestType;
import io.signalbox.gateway.ledger.CallEnd;
import io.signalbox.gateway.ledger.CallStart;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.PreferenceKey;
import io.signalbox.gateway.ledger.PreferenceSet;
import io.signalbox.gateway.ledger.ProviderLedger.HealthRow;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.operation.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The monitoring queries of operators, word for word, on a ledger with data. */
class PostgresQueriesTest extends LedgerContract {

  private static final String LISTENERS =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
          + " WHERE datname = current_database() AND query LIKE 'LISTEN%'";

  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }

  private List<String> answers(String file) throws Exception {
    return askStore(text(file));
  }

  private static String text(String file) throws IOException {
    try (InputStream in = PostgresQueriesTest.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Three attempts at alpha, of which two failed and one is under way, and one good at beta. */
  private void attempts() throws Exception {
    NotificationId first = begun();
    settle(first, 1, broken(), new NextStep.Retry(NOW, 0, "x"));
    await(ledger().begin(start(first, 2, "beta")));
    settleSent(first, 2, "m-1");
    NotificationId second = begun();
    settle(second, 1, broken(), finish(NotificationState.DEAD_LETTER));
    begun();
    // The tests of the contract live in the past.
    engine().change(directory, "UPDATE provider_requests SET created_at = now()");
    NotificationId old = begun();
    settle(old, 1, broken(), finish(NotificationState.DEAD_LETTER));
  }

  @Test
  void failuresOfTheLastDay() throws Exception {
    attempts();
    assertThat(answers("failure-analysis.sql")).containsExactly("alpha|refused|2");
  }

  @Test
  void volumeByTheHour() throws Exception {
    attempts();
    List<String> hour =
        askStore("SELECT DISTINCT date_trunc('hour', max(created_at)) FROM provider_requests");
    assertThat(answers("hourly-volume.sql"))
        .containsExactly("alpha|" + hour.get(0) + "|3|0|99", "beta|" + hour.get(0) + "|1|1|99");
  }

  @Test
  void responseTimesByEndpoint() throws Exception {
    attempts();
    assertThat(answers("slowest-endpoints.sql"))
        .satisfiesExactlyInAnyOrder(
            row -> assertThat(row).matches("alpha\\|send\\|99\\.0+\\|99\\|3"),
            row -> assertThat(row).matches("beta\\|send\\|99\\.0+\\|99\\|1"));
  }

  @Test
  void callsOfOperationsAreEndpointsToo() throws Exception {
    Answer<String> done = new Answer.Done<>("x", Evidence.answered(200, null, null));
    Answer<String> broken =
        new Answer.Failed<>(new Outcome.Transient(Evidence.answered(500, "E", "no luck")));
    for (Answer<String> answer : List.of(done, broken, done)) {
      AttemptId attempt = new AttemptId(ids.next(), 1);
      await(
          opened
              .whole()
              .calls()
              .record(
                  new CallStart(
                      attempt,
                      TENANT,
                      "numbers",
                      RequestType.STATUS,
                      Channel.NUMBER,
                      1,
                      "wa",
                      "us",
                      "r-1",
                      NOW,
                      NOW + 5_000),
                  CallEnd.of(attempt, answer, null, NOW + 40, 40)));
    }
    engine().change(directory, "UPDATE provider_requests SET created_at = now()");
    assertThat(answers("slowest-endpoints.sql"))
        .satisfiesExactly(row -> assertThat(row).matches("numbers\\|status\\|40\\.0+\\|40\\|3"));
    assertThat(answers("failure-analysis.sql")).containsExactly("numbers|no luck|1");
  }

  @Test
  void healthOfProviders() throws Exception {
    long now = Clock.systemUTC().millis();
    HealthRow alpha = new HealthRow("alpha", "degraded", 75, 120.5, 3, 1, now, now, now - 60_000);
    HealthRow beta = new HealthRow("beta", "healthy", 90, 80, 9, 1, now, 0, now);
    await(opened.providers().recordHealth(List.of(alpha, beta)));
    await(opened.providers().recordHealth(List.of(alpha)));

    assertThat(answers("provider-health.sql"))
        .containsExactly("beta|healthy|90.0|80.0|9|1", "alpha|degraded|75.0|120.5|6|2");
    assertThat(answers("provider-comparison.sql"))
        .satisfiesExactly(
            row ->
                assertThat(row).matches("beta\\|healthy\\|90%\\|80ms\\|9/10\\|0\\.\\d+ mins ago"),
            row ->
                assertThat(row)
                    .matches("alpha\\|degraded\\|75%\\|120\\.5ms\\|6/8\\|1\\.\\d+ mins ago"));
  }

  @Test
  void preferencesTypedByAnOperator() throws Exception {
    engine().change(directory, text("preferences.sql"));

    PreferenceSet set = await(opened.preferences().preferences()).defaults();
    assertThat(set.text(PreferenceKey.PREFERRED_PROVIDER)).isEqualTo("sms-activate");
    assertThat(set.whole(PreferenceKey.RETRY_ATTEMPTS, 0)).isEqualTo(3);
    assertThat(set.whole(PreferenceKey.RETRY_DELAY_MS, 0)).isEqualTo(500);
    assertThat(set.number(PreferenceKey.MIN_SUCCESS_RATE, 0)).isEqualTo(95.0);
    assertThat(set.whole(PreferenceKey.MAX_RESPONSE_TIME_MS, 0)).isEqualTo(3000);
    assertThat(set.flag(PreferenceKey.FALLBACK_ENABLED, true)).isFalse();
  }

  @Test
  void theGatewayHearsOfThem() throws Exception {
    AtomicInteger rung = new AtomicInteger();
    opened.preferences().onChange(rung::incrementAndGet);
    Patience.await().until(() -> rung.get() == 1);

    engine().change(directory, text("preferences.sql"));

    Patience.await().until(() -> rung.get() > 1);
    int before = rung.get();
    assertThat(askStore(LISTENERS)).containsExactly("true");
    Patience.await().until(() -> rung.get() > before);
    engine().change(directory, text("preferences.sql"));
    Patience.await().until(() -> rung.get() > before + 1);
  }

  @Test
  void preferencesChangedByTheApiAreReadBack() throws Exception {
    PreferenceSet wanted =
        PreferenceSet.of(
            Map.of(
                PreferenceKey.PREFERRED_PROVIDER,
                "alpha",
                PreferenceKey.FALLBACK_ENABLED,
                true,
                PreferenceKey.MIN_SUCCESS_RATE,
                80.5));
    await(
        opened
            .preferences()
            .changePreferences(
                before -> new StoredPreferences(wanted, Map.of(Channel.SMS, wanted)), "me", NOW));

    assertThat(await(opened.preferences().preferences()))
        .isEqualTo(new StoredPreferences(wanted, Map.of(Channel.SMS, wanted)));
    assertThat(askStore("SELECT updated_by, updated_at FROM provider_preferences"))
        .containsExactly("me|" + NOW);
  }

  @Test
  void drainsOutliveTheGateway() throws Exception {
    await(opened.providers().drain("alpha", true, "someone", NOW));
    await(opened.providers().drain("beta", true, "someone", NOW));
    await(opened.providers().drain("beta", false, "someone", NOW + 1));
    reopen();

    assertThat(await(opened.providers().drained())).containsExactly("alpha");
  }
}
