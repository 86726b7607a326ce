package io.signalbox.gateway.compat.vonage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectField;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.compat.Requests;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VonageCallsTest {
  private static final Map<String, String> PATH = Map.of();
  private static final String FORM = "from=AcmeInc&to=447700900000&text=Hi";
  private final VonageDialect dialect = new VonageDialect();
  private final SmsCall sms = new SmsCall();
  private final MessagesCall messages = new MessagesCall();

  @Test
  void aFormAndJsonAreTheSameSms() {
    AskedNotification form =
        only(sms, Requests.form(PATH, FORM + "&ttl=20999&status-report-req=true&callback=u"));
    AskedNotification json =
        only(
            sms,
            Requests.json(
                PATH,
                "{\"from\":\"AcmeInc\",\"to\":447700900000,\"text\":\"Hi\",\"ttl\":20999,"
                    + "\"status-report-req\":true,\"callback\":\"u\"}"));
    assertThat(json.notification()).isEqualTo(form.notification());
    assertThat(json.memo()).isEqualTo(form.memo());
    assertThat(form.notification())
        .isEqualTo(
            new JsonObject()
                .put("notification_type", "vonage")
                .put("channel", "sms")
                .put("recipient_phone", "+447700900000")
                .put("message", "Hi")
                .put("ttl_seconds", 20L));
    assertThat(form.memo().callbackUrl()).isEqualTo("u");
    assertThat(
            only(sms, Requests.form(PATH, FORM + "&callback=u&status-report-req=0"))
                .memo()
                .callbackUrl())
        .isNull();
  }

  @Test
  void aMessageSaysItsChannel() {
    AskedNotification asked =
        only(
            messages,
            Requests.json(
                PATH,
                "{\"message_type\":\"text\",\"channel\":\"whatsapp\",\"to\":\"447700900000\","
                    + "\"from\":\"4477\",\"text\":\"Hi\",\"client_ref\":\"m1\",\"ttl\":90,"
                    + "\"sms\":{\"encoding_type\":\"auto\"}}"));
    assertThat(asked.notification().getString("channel")).isEqualTo("whatsapp");
    assertThat(asked.notification().getLong("ttl_seconds")).isEqualTo(90);
    assertThat(asked.memo().custom()).isEqualTo(Map.of("client_ref", "m1"));
    assertThat(asked.field("/recipient_phone")).isEqualTo("to");
  }

  @Test
  void eachRefusedFieldIsRefusedByItsName() {
    for (DialectField field : VonageFields.ALL) {
      if (field.treatment() == DialectField.Treatment.REFUSED) {
        boolean ofSms = field.call().endsWith("json");
        DialectRequest request =
            ofSms
                ? Requests.form(PATH, FORM + "&" + field.name() + "=x")
                : Requests.json(PATH, nested(field.name()).encode());
        assertThatThrownBy(() -> (ofSms ? sms : messages).read(request))
            .isInstanceOf(RefusedException.class)
            .hasMessageStartingWith(field.name() + " cannot be carried");
      }
    }
  }

  private static JsonObject nested(String name) {
    JsonObject body =
        new JsonObject()
            .put("message_type", "text")
            .put("channel", "sms")
            .put("to", "447700900000")
            .put("from", "4477")
            .put("text", "Hi");
    int dot = name.indexOf('.');
    return dot < 0
        ? body.put(name, new JsonObject().put("x", "y"))
        : body.put(name.substring(0, dot), new JsonObject().put(name.substring(dot + 1), "y"));
  }

  @ParameterizedTest
  @CsvSource({
    "400, PLAIN, 6",
    "401, NO_CREDENTIAL, 4",
    "403, PLAIN, 11",
    "413, PLAIN, 12",
    "415, PLAIN, 6",
    "429, PLAIN, 1",
    "429, QUOTA, 9",
    "500, PLAIN, 5",
    "503, PLAIN, 5",
  })
  void refusalsOfAnSmsHaveAStatusOfVonages(int status, Refusal.Kind kind, String told) {
    DialectAnswer answer = sms.refuse(new Refusal(status, kind, "why", List.of(), 0)).orElseThrow();
    assertThat(answer.status()).isEqualTo(200);
    JsonObject message = answer.body().toJsonObject().getJsonArray("messages").getJsonObject(0);
    assertThat(message.getString("status")).isEqualTo(told);
    assertThat(message.getString("error-text")).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "400, #invalid-json", "401, #unauthorized", "403, #forbidden", "404, #not-found",
    "413, #1090", "429, #1000", "500, #1030", "503, #1030",
  })
  void refusalsOfAMessageAreProblems(int status, String type) {
    DialectAnswer answer = dialect.refuse(new Refusal(status, "why"));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().toJsonObject().getString("type")).endsWith(type);
    assertThat(answer.body().toJsonObject().getString("detail")).isEqualTo("why");
  }

  @Test
  void aCredentialIsFoundWhereverItStands() {
    assertThat(dialect.credential(Requests.with(PATH, "authorization", "Basic YTpzYng=")))
        .contains("sbx");
    assertThat(dialect.credential(Requests.with(PATH, "authorization", "Bearer sbx_1")))
        .contains("sbx_1");
    assertThat(dialect.credential(Requests.query(PATH, "api_key", "a", "api_secret", "s")))
        .contains("s");
    assertThat(dialect.credential(Requests.query(PATH))).isEmpty();
    assertThat(dialect.credentialInBody(Requests.form(PATH, "api_secret=s"))).contains("s");
    assertThat(dialect.credentialInBody(Requests.json(PATH, "{\"api_secret\":\"s\"}")))
        .contains("s");
    assertThat(dialect.credentialInBody(Requests.json(PATH, "{}"))).isEmpty();
    // A token of the gateway's own kind is no application's.
    String own = "Bearer e30.e30.c2ln";
    assertThat(dialect.credential(Requests.with(PATH, "authorization", own)))
        .contains("e30.e30.c2ln");
  }

  private static AskedNotification only(DialectCall.Sending call, DialectRequest request) {
    List<AskedNotification> all = call.read(request).notifications();
    assertThat(all).hasSize(1);
    return all.get(0);
  }
}
