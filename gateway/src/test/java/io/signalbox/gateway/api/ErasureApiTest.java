package io.signalbox.gateway.api;

import static io.signalbox.gateway.api.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErasureApiTest {
  private static final String ORDER = "/api/v1/recipients/erase";
  private static final String ORDERS = "/api/v1/erasures";
  private static final String MAIL = "alex@example.com";

  @TempDir private Path dir;
  private TestGateway gateway;
  private Calls calls;

  @BeforeEach
  void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of());
    calls = new Calls(gateway.url());
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  private Calls.Reply call(String method, String path, String body, String tenant)
      throws Exception {
    return calls.send(
        method,
        path,
        body,
        "authorization",
        "Bearer " + gateway.token(Role.ADMIN, tenant),
        "content-type",
        "application/json");
  }

  private Calls.Reply order(String recipient) throws Exception {
    JsonObject body = new JsonObject().put("channel", "email").put("recipient", recipient);
    return call("POST", ORDER, body.encode(), "default");
  }

  private void carryOut() throws Exception {
    while (await(gateway.ledger().erasures().eraseSome(System.currentTimeMillis() + 60_000))) {
      // A page in each call.
    }
  }

  @Test
  void anOrderIsCarriedOutAndStaysAsAProof() throws Exception {
    String id =
        call(
                "POST",
                "/api/v1/notifications/send",
                "{\"notification_type\":\"greeting\",\"channel\":\"email\",\"recipient_email\":\""
                    + MAIL
                    + "\",\"title\":\"t\",\"message\":\"m\"}",
                "default")
            .json()
            .getString("id");

    Calls.Reply ordered = order(MAIL);
    assertThat(ordered.status()).isEqualTo(202);
    String place = ordered.header("location");
    assertThat(place).isEqualTo(ORDERS + "/" + ordered.json().getString("id"));
    carryOut();

    JsonObject done = call("GET", place, "", "default").json();
    assertThat(done.getString("status")).isEqualTo("done");
    assertThat(done.getString("ended_at")).isNotNull();
    assertThat(done.getInteger("notifications")).isEqualTo(1);
    assertThat(done.getInteger("cancelled")).isEqualTo(1);
    assertThat(done.fieldNames()).doesNotContain("webhooks", "receipts");
    Calls.Reply timeline = call("GET", "/api/v1/notifications/" + id, "", "default");
    assertThat(timeline.json().getString("state")).isEqualTo("cancelled");
    assertThat(timeline.json().getBoolean("contents_removed")).isTrue();
    assertThat(timeline.text()).doesNotContain(MAIL);
    String hash = done.getString("recipient_hash");
    Calls.Reply audit = call("GET", "/api/v1/audit", "", "default");
    assertThat(audit.text()).contains("recipient.erase", hash).doesNotContain(MAIL);
    assertThat(order(MAIL).json().getString("recipient_hash")).isEqualTo(hash);
  }

  @Test
  void theAnswerDoesNotTellWhetherAnybodyIsKnown() throws Exception {
    call(
        "POST",
        "/api/v1/suppressions",
        "{\"channel\":\"email\",\"recipient\":\"" + MAIL + "\"}",
        "default");
    Calls.Reply known = order(MAIL);
    Calls.Reply unknown = order("nobody@example.com");

    assertThat(known.status()).isEqualTo(unknown.status());
    assertThat(withoutNames(known.json())).isEqualTo(withoutNames(unknown.json()));
  }

  private static JsonObject withoutNames(JsonObject order) {
    JsonObject rest = order.copy();
    for (String name : new String[] {"id", "recipient_hash", "created_at"}) {
      assertThat(rest.remove(name)).isNotNull();
    }
    return rest;
  }

  @Test
  void theRecipientMayStandInThePathAndInAnyCase() throws Exception {
    JsonObject first = order("Alex@Example.COM").json();
    Calls.Reply again =
        call("DELETE", "/api/v1/recipients/email/alex%40example.com", "", "default");
    assertThat(again.status()).isEqualTo(202);
    // One that is not done is the answer.
    assertThat(again.json()).isEqualTo(first);
  }

  @Test
  void anotherTenantSeesNothingOfIt() throws Exception {
    String place = order(MAIL).header("location");
    assertThat(call("GET", place, "", "other").status()).isEqualTo(404);
    assertThat(call("GET", ORDERS, "", "other").json().getJsonArray("erasures")).isEmpty();
    assertThat(call("GET", ORDERS, "", "default").json().getJsonArray("erasures")).hasSize(1);
    JsonObject others =
        call("POST", ORDER, "{\"channel\":\"email\",\"recipient\":\"" + MAIL + "\"}", "other")
            .json();
    // A hash tells nobody that two tenants know the same recipient.
    assertThat(others.getString("recipient_hash"))
        .isNotEqualTo(call("GET", place, "", "default").json().getString("recipient_hash"));
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"channel\":\"email\",\"recipient\":\"no-address-secret\"}', /recipient",
    "'{\"channel\":\"pigeon\",\"recipient\":\"no-address-secret\"}', /channel",
    "'{\"channel\":\"number\",\"recipient\":\"no-address-secret\"}', /channel",
    "'{\"channel\":\"email\",\"recipient\":\"a@example.com\",\"more\":1}', /more",
    "'{\"channel\":\"email\"}', recipient"
  })
  void mistakesAreNamedAndNotQuoted(String body, String field) throws Exception {
    Calls.Reply reply = call("POST", ORDER, body, "default");
    assertThat(reply.status()).as(reply.text()).isEqualTo(422);
    assertThat(reply.text()).contains(field).doesNotContain("no-address-secret");
    assertThat(call("GET", ORDERS, "", "default").json().getJsonArray("erasures")).isEmpty();
  }
}
