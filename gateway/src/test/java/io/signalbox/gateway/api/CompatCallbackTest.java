package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.compat.hooks.Verifiers;
import io.signalbox.gateway.compat.hooks.Verifiers.Hook;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.security.Role;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An application that uses Twilio's API hears of its messages as it is used to, at the address that
 * stands in the request, although another provider delivers them.
 */
@Timeout(120)
class CompatCallbackTest extends BaseCompatCallbackTest {

  @Test
  void twiliosApplicationsHearByFormsThatTheirTokenVerifies() throws Exception {
    Reply created = twilio(address("/cb?order=7"));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    AttemptId attempt = sent(ofSid(created));
    told(1);
    receipt(attempt, ReceiptStatus.DELIVERED, ReasonClass.NONE);

    assertThat(told(2)).allMatch(hook -> Verifiers.twilio(hook, gateway.key()));
    assertThat(told)
        .extracting(hook -> Verifiers.form(hook.body()))
        .allSatisfy(
            form ->
                assertThat(form)
                    .containsEntry("MessageSid", created.json().getString("sid"))
                    .containsEntry("AccountSid", ACCOUNT)
                    .containsEntry("From", "+14155550000")
                    .containsEntry("To", TO))
        .extracting(form -> form.get("MessageStatus"))
        .containsExactly("sent", "delivered");
    assertThat(told.get(0).url()).isEqualTo(address("/cb?order=7"));
    assertThat(endpoints())
        .singleElement()
        .satisfies(
            endpoint -> {
              assertThat(endpoint.getString("format")).isEqualTo("twilio");
              assertThat(gateway.key()).startsWith("sbx_" + endpoint.getString("api_key"));
              assertThat(endpoint.containsKey("url")).isFalse();
              assertThat(endpoint.encode()).doesNotContain(gateway.key());
            });
  }

  @Test
  void whoIsCalledBackHearsWhatIsToldToWhoFetches() throws Exception {
    Evidence why = Evidence.answered(400, null, null);
    Outcome refused = new Outcome.Rejected(ReasonClass.INVALID_CONTENT, why);
    assertEnd("failed", 30_008, id -> tried(id, refused, NotificationState.FAILED));
    Outcome later = new Outcome.Transient(why);
    assertEnd("failed", 30_036, id -> tried(id, later, NotificationState.EXPIRED));
    assertEnd(
        "undelivered",
        30_005,
        id -> receipt(sent(id), ReceiptStatus.BOUNCED, ReasonClass.INVALID_RECIPIENT));
  }

  private void assertEnd(String status, int code, ThrowingConsumer<NotificationId> how)
      throws Exception {
    Reply created = twilio(address("/cb"));
    how.accept(ofSid(created));
    String sid = created.json().getString("sid");
    String of = MESSAGES.replace(".json", "/" + sid + ".json");
    JsonObject fetched = gateway.send("GET", of, "", "authorization", basic(ACCOUNT)).json();
    assertThat(fetched.getString("status")).isEqualTo(status);
    assertThat(fetched.getInteger("error_code")).isEqualTo(code);
    Map<String, String> end =
        Map.of("MessageSid", sid, "MessageStatus", status, "ErrorCode", Integer.toString(code));
    await(status + code).atMost(Duration.ofSeconds(30)).until(() -> wasTold(end));
  }

  private boolean wasTold(Map<String, String> fields) {
    return told.stream()
        .map(hook -> Verifiers.form(hook.body()))
        .anyMatch(form -> form.entrySet().containsAll(fields.entrySet()));
  }

  @Test
  void aMessageWithoutAnAddressAsksForNothing() throws Exception {
    Reply created = twilio(Map.of("To", TO, "From", "+14155550000", "Body", "Hi"));
    assertThat(created.status()).isEqualTo(201);
    assertThat(endpoints()).isEmpty();
    Reply named = twilio(address("/cb"));
    String endpoint = endpoints().get(0).getString("id");
    sent(ofSid(created));
    sent(ofSid(named));

    assertThat(Verifiers.form(told(1).get(0).body()).get("MessageSid"))
        .isEqualTo(named.json().getString("sid"));
    assertThat(
            gateway
                .send(
                    "GET",
                    "/api/v1/callbacks/" + endpoint + "/deliveries",
                    "",
                    "authorization",
                    "Bearer " + gateway.gateway().token(Role.MANAGER))
                .json()
                .getJsonArray("deliveries"))
        .hasSize(1);
  }

  @Test
  void anAddressThatCannotBeCalledIsRefusedInTheApisOwnWords() throws Exception {
    Reply inside = twilio("http://10.0.0.1/cb");
    assertThat(inside.status()).isEqualTo(400);
    assertThat(inside.json().getInteger("code")).isEqualTo(21_609);
    assertThat(endpoints()).isEmpty();
  }

  @Test
  void forWhatIsRefusedNoEndpointIsMade() throws Exception {
    Map<String, String> fields =
        Map.of(
            "To", "nobody", "From", "+14155550000", "Body", "Hi", "StatusCallback", address("/"));
    Reply refused = twilio(fields);
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    Map<String, String> tooLong = new HashMap<>(fields);
    tooLong.put("To", TO);
    tooLong.put("Body", "x".repeat(1_601));
    assertThat(twilio(tooLong).status()).isEqualTo(400);
    assertThat(endpoints()).isEmpty();
  }

  @Test
  void nothingIsToldOfWhatWasErased() throws Exception {
    Reply created = twilio(address("/cb"));
    AttemptId attempt = sent(ofSid(created));
    told(1);
    long later = clock.millis() + 60_000;
    Who who = new Who("default", "boss", "::1", "c");
    done(ledger().erasures().order(TO, who, later));
    while (done(ledger().erasures().eraseSome(later + 2_000))) {
      // A page in each call.
    }
    receipt(attempt, ReceiptStatus.DELIVERED, ReasonClass.NONE);
    sent(ofSid(twilio(address("/next"))));

    assertThat(told(2)).extracting(Hook::url).containsExactly(address("/cb"), address("/next"));
  }
}
