package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.compat.DialectIds;
import io.signalbox.gateway.compat.hooks.Verifiers;
import io.signalbox.gateway.compat.hooks.Verifiers.Hook;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same for an application that uses Vonage's APIs. */
@Timeout(120)
class VonageCallbackTest extends BaseCompatCallbackTest {

  @Test
  void vonagesApplicationsHearByReceiptsAndBySignedStatuses() throws Exception {
    Reply sms =
        vonage(
            "/sms/json",
            new JsonObject()
                .put("from", "AcmeInc")
                .put("to", "14155552345")
                .put("text", "Hi")
                .put("client-ref", "m1")
                .put("callback", address("/dlr")));
    JsonObject part = sms.json().getJsonArray("messages").getJsonObject(0);
    assertThat(part.getString("status")).as(sms.text()).isEqualTo("0");
    sent(DialectIds.ofHex(part.getString("message-id")).orElseThrow());
    JsonObject receipt = new JsonObject(told(1).get(0).body());
    assertThat(receipt.getString("messageId")).isEqualTo(part.getString("message-id"));
    assertThat(receipt.getString("status")).isEqualTo("accepted");
    assertThat(receipt.getString("client-ref")).isEqualTo("m1");
    assertThat(receipt.getString("msisdn")).isEqualTo("14155552345");
    assertThat(receipt.getString("to")).isEqualTo("AcmeInc");

    Reply message =
        vonage(
            "/v1/messages",
            new JsonObject()
                .put("message_type", "text")
                .put("channel", "sms")
                .put("from", "AcmeInc")
                .put("to", "14155552345")
                .put("text", "Hi")
                .put("client_ref", "m2")
                .put("webhook_url", address("/status")));
    assertThat(message.status()).as(message.text()).isEqualTo(202);
    String id = message.json().getString("message_uuid");
    AttemptId attempt = sent(NotificationId.parse(id).orElseThrow());
    receipt(attempt, ReceiptStatus.BOUNCED, ReasonClass.HARD_BOUNCE);
    List<Hook> statuses = told(3).subList(1, 3);
    assertThat(statuses).allMatch(hook -> Verifiers.vonageMessages(hook, gateway.key(), true));
    assertThat(statuses)
        .extracting(hook -> new JsonObject(hook.body()).getString("status"))
        .containsExactlyInAnyOrder("submitted", "rejected");
  }
}
