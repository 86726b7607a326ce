package io.signalbox.gateway.api;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.PreferenceMessages.InForce;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.preferences.ChannelPreferences;
import io.signalbox.gateway.security.Role;
import io.signalbox.scoring.SelectionStrategy;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Preferences over HTTP, and with SQL from beside the gateway. */
class PreferenceApiTest {
  private static final String PATH = "/api/v1/preferences";

  @TempDir private Path dir;
  private final AtomicReference<InForce> inForce = new AtomicReference<>();
  private TestGateway gateway;
  private Calls calls;

  @BeforeEach
  void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of("dispatch.max_rounds", "4"));
    calls = new Calls(gateway.url());
    gateway.bus().listen(Addresses.PREFERENCES, InForce.class, inForce::set);
    gateway.announce("sms-activate", 1, Stage.ACTIVE, "closed");
    gateway.announce("sendgrid-eu", 1, Stage.ACTIVE, "closed");
    await().until(() -> call("GET", "/api/v1/providers", "").text().contains("sendgrid-eu"));
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void withoutPreferencesTheConfigurationHolds() throws Exception {
    JsonObject answer = call("GET", PATH, "").json();

    assertThat(answer.getValue("preferred_provider")).isNull();
    assertThat(answer.getJsonObject("channels")).isEqualTo(new JsonObject());
    assertThat(answer.getJsonObject("effective").getJsonObject("sms").getMap())
        .containsEntry("fallback_enabled", true)
        .containsEntry("retry_attempts", 3)
        .containsEntry("retry_delay_ms", 1_000)
        .containsEntry("min_success_rate", 80.0)
        .containsEntry("max_response_time_ms", 5_000)
        .containsEntry("policy", "weighted")
        .containsEntry("strategy", "best")
        .containsEntry("health_weight", 40.0)
        .containsEntry("load_weight", 10.0)
        .containsEntry("health_success_share", 70.0);
  }

  @Test
  void aChangeIsInForceWhenItIsAnsweredAndSurvives() throws Exception {
    Reply reply =
        call(
            "PATCH",
            PATH,
            "{\"preferred_provider\":\"sms-activate\",\"retry_attempts\":1,\"retry_delay_ms\":250,"
                + "\"channels\":{\"email\":{\"strategy\":\"weighted\",\"min_success_rate\":95.5,"
                + "\"health_weight\":70,\"priority_weight\":10,\"response_weight\":20,"
                + "\"load_weight\":0}}}");

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    // It is told before the answer, and heard on another thread.
    await().until(() -> inForce.get() != null);
    ChannelPreferences email = inForce.get().preferences().of(Channel.EMAIL);
    assertThat(email.strategy()).isEqualTo(SelectionStrategy.WEIGHTED);
    assertThat(email.preferredProvider()).isEqualTo("sms-activate");
    assertThat(email.maxRounds()).isEqualTo(2);
    assertThat(email.retryBaseMillis()).isEqualTo(250);
    assertThat(email.parameters().minSuccessRate()).isEqualTo(0.955);
    assertThat(email.parameters().weights().health()).isEqualTo(0.7);
    assertThat(inForce.get().preferences().of(Channel.SMS).strategy())
        .isEqualTo(SelectionStrategy.BEST);

    JsonObject later = call("PATCH", PATH, "{\"retry_attempts\":null}").json();
    assertThat(later.getString("preferred_provider")).isEqualTo("sms-activate");
    assertThat(later.getValue("retry_attempts")).isNull();
    JsonObject without = call("PATCH", PATH, "{\"channels\":{\"email\":null}}").json();
    assertThat(without.getJsonObject("channels")).isEqualTo(new JsonObject());
  }

  @Test
  void whatAnOperatorTypesAsSqlIsInForceSoon() throws Exception {
    sql(
        "UPDATE provider_preferences SET preferred_provider = 'sms-activate'"
            + " WHERE id = (SELECT id FROM provider_preferences LIMIT 1)",
        "UPDATE provider_preferences SET retry_attempts = 3, retry_delay_ms = 500"
            + " WHERE id = (SELECT id FROM provider_preferences LIMIT 1)",
        "UPDATE provider_preferences SET min_success_rate = 95.00, max_response_time_ms = 3000"
            + " WHERE id = (SELECT id FROM provider_preferences LIMIT 1)",
        "UPDATE provider_preferences SET fallback_enabled = false"
            + " WHERE id = (SELECT id FROM provider_preferences LIMIT 1)",
        "INSERT INTO channel_preferences (channel, policy) VALUES ('sms', 'cheapest')");

    await()
        .until(
            () ->
                inForce.get() != null
                    && inForce
                        .get()
                        .preferences()
                        .of(Channel.SMS)
                        .policy()
                        .name()
                        .equals("cheapest"));
    ChannelPreferences sms = inForce.get().preferences().of(Channel.SMS);
    assertThat(sms.preferredProvider()).isEqualTo("sms-activate");
    assertThat(sms.fallbackEnabled()).isFalse();
    assertThat(sms.maxRounds()).isEqualTo(4);
    assertThat(sms.retryBaseMillis()).isEqualTo(500);
    assertThat(sms.parameters().minSuccessRate()).isEqualTo(0.95);
    assertThat(sms.parameters().maxResponseTimeMillis()).isEqualTo(3_000);
    assertThat(inForce.get().preferences().of(Channel.EMAIL).policy().name()).isEqualTo("weighted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "retry_attempts = 2.5",
        "min_success_rate = 101",
        "policy = 'fastest'",
        "health_weight = 40",
        "fallback_enabled = 'no'"
      })
  void theTableRefusesWhatCannotBe(String wrong) {
    assertThatThrownBy(() -> sql("UPDATE provider_preferences SET " + wrong))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("CHECK constraint failed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'preferred_provider':'sendgrid'}|/preferred_provider|sendgrid-eu, sms-activate",
        "{'channels':{'sms':{'preferred_provider':'sendgrid-eu'}}}|/channels/sms/preferred_provider"
            + "|carries sms: there is none",
        "{'prefered_provider':'x'}|/prefered_provider|did you mean preferred_provider",
        "{'retry_attempts':1.5}|/retry_attempts|a whole number from 0 to 99",
        "{'min_success_rate':'high'}|/min_success_rate|a number from 0 to 100",
        "{'fallback_enabled':1}|/fallback_enabled|true or false",
        "{'policy':'fastest'}|/policy|weighted, adjusted, cheapest",
        "{'health_weight':50}|/health_weight|100 together",
        "{'channels':{'fax':{}}}|/channels/fax|email, sms, whatsapp, telegram, number, booking",
        "{'channels':[]}|/channels|an object"
      })
  void mistakesAreNamed(String body, String pointer, String expectation) throws Exception {
    Reply reply = call("PATCH", PATH, body.replace('\'', '"'));

    assertThat(reply.status()).as(reply.text()).isEqualTo(422);
    assertThat(reply.json().getJsonArray("errors").getJsonObject(0).getString("pointer"))
        .isEqualTo(pointer);
    assertThat(reply.text()).contains(expectation);
    assertThat(inForce.get()).isNull();
  }

  @Test
  void onlyAdminsMay() throws Exception {
    for (String method : new String[] {"GET", "PATCH"}) {
      assertThat(
              calls
                  .send(
                      method, PATH, "{}", "Authorization", "Bearer " + gateway.token(Role.MANAGER))
                  .status())
          .isEqualTo(403);
    }
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("ledger.db"));
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.executeUpdate(each);
      }
    }
  }

  private Reply call(String method, String path, String body) throws Exception {
    return calls.send(method, path, body, "Authorization", "Bearer " + gateway.token(Role.ADMIN));
  }
}
