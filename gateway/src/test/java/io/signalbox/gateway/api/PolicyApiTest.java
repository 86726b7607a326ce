package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.policy.Policies;
import io.signalbox.gateway.policy.SamplePolicies;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyApiTest {
  private static final String MAIL =
      "{\"notification_type\":\"t\",\"channel\":\"email\",\"recipient_email\":\"a@example.com\","
          + "\"message\":\"m\",\"policy\":\"%s\"}";

  private static final String SEND = "/api/v1/notifications/send";
  private static final String JSON = "content-type";
  private static final String TYPE = "application/json";

  @TempDir private Path dir;

  private static Calls.Reply list(Calls calls, String token) throws Exception {
    return calls.send("GET", "/api/v1/policies", "", "authorization", "Bearer " + token);
  }

  @Test
  void anUnknownPolicyIsRefusedWithTheKnownOnes() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      gateway.policies().replace(new Policies(List.of(SamplePolicies.policy("otp", Map.of()))));
      Calls calls = new Calls(gateway.url());
      String token = "Bearer " + gateway.token(Role.SENDER);

      Calls.Reply refused =
          calls.send("POST", SEND, MAIL.replace("%s", "bulk"), "authorization", token, JSON, TYPE);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.json().getJsonArray("errors").getJsonObject(0))
          .isEqualTo(
              new JsonObject().put("pointer", "/policy").put("detail", "must be one of otp"));

      assertThat(
              calls
                  .send("POST", SEND, MAIL.replace("%s", "otp"), "authorization", token, JSON, TYPE)
                  .status())
          .isEqualTo(202);
    }
  }

  @Test
  void listsWhatIsInForce() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      gateway
          .policies()
          .replace(
              new Policies(List.of(SamplePolicies.policy("otp", Map.of("attempt_timeout", "5s")))));
      Calls calls = new Calls(gateway.url());

      JsonObject all = list(calls, gateway.token(Role.MANAGER)).json();

      JsonObject otp = all.getJsonArray("policies").getJsonObject(0);
      assertThat(otp.getString("file")).isEqualTo("otp.yaml");
      assertThat(otp.getJsonObject("effective").getJsonObject("attempt_timeout"))
          .isEqualTo(new JsonObject().put("value", "5s").put("source", "policy otp"));
      assertThat(all.getJsonObject("default").getJsonObject("max_rounds"))
          .isEqualTo(new JsonObject().put("value", "3").put("source", "configuration"));
      assertThat(all.getJsonArray("refused")).isEmpty();
      assertThat(all.getJsonArray("warnings")).isEmpty();
      assertThat(list(calls, gateway.token(Role.SENDER)).status()).isEqualTo(403);
    }
  }

  @Test
  void warnsOfWhatNobodyServes() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      gateway
          .policies()
          .replace(
              new Policies(
                  List.of(
                      SamplePolicies.policy(
                          "otp", Map.of("provider", "twillio", "fallback_channels", "sms")))));

      JsonObject all = list(new Calls(gateway.url()), gateway.token(Role.VIEWER)).json();

      assertThat(all.getJsonArray("warnings"))
          .containsExactly(
              new JsonObject()
                  .put("policy", "otp")
                  .put("key", "provider")
                  .put("value", "twillio")
                  .put("problem", "there is no provider of that id here"),
              new JsonObject()
                  .put("policy", "otp")
                  .put("key", "fallback_channels")
                  .put("value", "sms")
                  .put("problem", "no provider here serves that channel"));
    }
  }
}
