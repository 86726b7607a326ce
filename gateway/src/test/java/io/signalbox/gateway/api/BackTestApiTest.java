package io.signalbox.gateway.api;

import static io.signalbox.gateway.api.Planted.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.policy.Policies;
import io.signalbox.gateway.policy.RoutingPolicy;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drafts of policies: what the folder would refuse, and what they would have made of the past. */
class BackTestApiTest {
  private static final String PATH = "/api/v1/policies/back-test";

  @TempDir private Path dir;
  private Planted planted;

  @BeforeEach
  void start() throws Exception {
    planted = new Planted(dir);
    planted
        .gateway
        .policies()
        .replace(
            new Policies(
                List.of(
                    new RoutingPolicy(
                        "otp",
                        "otp.yaml",
                        Set.of("login"),
                        Set.of(Channel.SMS),
                        Map.of("max_attempts", "2")))));
  }

  @AfterEach
  void stop() throws Exception {
    planted.close();
  }

  @Test
  void aDraftIsRunOverTheOwnPastAndNobodyElses() throws Exception {
    JsonObject draft =
        draft("mail", "max_attempts: 1").put("suppose", "scoring: {policy: cheapest}");
    Calls.Reply own = ask(draft, planted.owner);
    assertThat(own.status()).as(own.text()).isEqualTo(200);
    assertThat(own.json().getString("file")).isEqualTo("mail.yaml");
    assertThat(own.json().getJsonObject("effective").getJsonObject("max_attempts"))
        .isEqualTo(new JsonObject().put("value", "1").put("source", "policy mail"));
    JsonObject report = own.json().getJsonObject("back_test");
    assertThat(report.getInteger("notifications")).isOne();
    assertThat(report.getJsonObject("recorded").getInteger("attempts")).isOne();
    assertThat(report.getJsonObject("difference").fieldNames())
        .containsExactlyInAnyOrder("success_share", "latency_ms", "cost", "duplicates");
    assertThat(ask(draft, planted.stranger).json().getJsonObject("back_test"))
        .isEqualTo(new JsonObject().put("notifications", 0));
  }

  @Test
  void allMistakesAreToldWhereTheyAre() throws Exception {
    assertThat(mistakes(draft("mail", "max_attemps: 3\non_unknown: perhaps")))
        .containsExactly(
            "/policy: max_attemps is not a known key; did you mean max_attempts?",
            "/policy: on_unknown must be failover, wait or stop");
    assertThat(mistakes(draft("default", "")).get(0)).startsWith("/policy: must have another name");
    // What is supposed of scoring is no part of the file.
    assertThat(mistakes(draft("mail", "scoring: {policy: cheapest}")).get(0))
        .startsWith("/policy: scoring is not a known key");
    assertThat(mistakes(draft("mail", "").put("suppose", "scoring: {policy: best}")))
        .containsExactly("/suppose: scoring.policy must be one of weighted, adjusted, cheapest");
    String login = "applies_to: {types: [login]}";
    assertThat(mistakes(draft("mail", login)).get(0))
        .startsWith("/policy: must not claim the type login");
    // A draft of the policy that has it takes its place.
    assertThat(ask(draft("otp", login), planted.owner).status()).isEqualTo(200);
    assertThat(ask(draft("mail", "").put("from", "2999-01-01T00:00:00Z"), planted.owner).status())
        .isEqualTo(422);
  }

  private List<String> mistakes(JsonObject draft) throws Exception {
    Calls.Reply reply = ask(draft, planted.owner);
    assertThat(reply.status()).as(reply.text()).isEqualTo(422);
    return reply.json().getJsonArray("errors").stream()
        .map(JsonObject.class::cast)
        .map(error -> error.getString("pointer") + ": " + error.getString("detail"))
        .toList();
  }

  private Calls.Reply ask(JsonObject draft, String caller) throws Exception {
    return planted.calls.send("POST", PATH, draft.encode(), headers(caller));
  }

  private static JsonObject draft(String name, String policy) {
    return new JsonObject().put("name", name).put("policy", policy);
  }
}
