package io.signalbox.provider.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ConfigProblem;
import io.signalbox.spi.ConfigReader;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookConfigTest {
  @Test
  void readsLeastConfiguration() {
    WebhookConfig config = read(new JsonObject().put("url", "https://api.acme.example/send"));

    assertThat(config.request().method().name()).isEqualTo("POST");
    assertThat(config.request().body()).isInstanceOf(BodyTemplate.None.class);
    assertThat(config.maxCharacters()).isZero();
    assertThat(config.checkUrl()).isNull();
    assertThat(config.receiver()).isNull();
  }

  @Test
  void showsNoSecret() {
    WebhookConfig config =
        read(
            new JsonObject(
                """
                {
                  "url": "https://api.acme.example/hush/send",
                  "bearer_token": "hush",
                  "headers": {"X-Key": "hush"},
                  "json": {"key": "hush"}
                }
                """));
    assertThat(config.toString()).doesNotContain("hush");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|config.url|is required",
        "{'url':'acme.example'}|config.url|https://",
        "{'url':'https://{{tags.host}}/x'}|config.url|only in its path",
        "{'url':'https://a.example:port/'}|config.url|https://",
        "{'url':'https://a.example/{{to}}'}|config.url|{{to}}",
        "{'url':'https://a.example/{{recipient:number}}'}|config.url|:number",
        "{'method':'DELETE'}|config.method|POST, PUT, PATCH, GET",
        "{'method':'GET','json':{}}|config.method|no body",
        "{'json':{},'form':{'a':'b'}}|config.form|beside json",
        "{'json':'x'}|config.json|block",
        "{'json':{'a':{'b':['{{nope}}']}}}|config.json.a.b[0]|{{nope}}",
        "{'json':{'{{title}}':'x'}}|config.json.{{title}}|not in names",
        "{'json':{'a':'{{ title'}}|config.json.a|begins no placeholder",
        "{'json':{'a':'x {{tags}}'}}|config.json.a|nothing but",
        "{'json':{'a':'x {{title:number}}'}}|config.json.a|nothing but",
        "{'form':{'a':'{{tags}}'}}|config.form.a|{{tags}}",
        "{'form':{'a':'{{title:number}}'}}|config.form.a|:number",
        "{'headers':{'X A':'b'}}|config.headers.X A|name that a header",
        "{'headers':{'Host':'b'}}|config.headers.Host|by the client",
        "{'headers':{'X':'gr\u00f6\u00dfe'}}|config.headers.X|ASCII",
        "{'headers':{'X':'{{title}}'}}|config.headers.X|{{attempt_id}}",
        "{'bearer_token':'x','basic':{'user':'u','password':'p'}}|config.basic|bearer_token",
        "{'basic':{'user':'u'}}|config.basic.password|required",
        "{'basic':{'user':'u:v','password':'p'}}|config.basic.user|colon",
        "{'max_characters':0}|config.max_characters|from 1",
        "{'check_url':'nowhere'}|config.check_url|http://",
        "{'success':{'statuses':['2xx']}}|config.success.statuses|100 to 599",
        "{'success':{'exists':'id'}}|config.success.exists|JSON pointer",
        "{'success':{'equals':{'ok':true}}}|config.success.equals.ok|JSON pointer",
        "{'success':{'message_id':'/a~2'}}|config.success.message_id|JSON pointer",
        "{'success':{'message_id':'/a','message_id_header':'X'}}"
            + "|config.success.message_id_header|beside",
        "{'success':{'id':'/a'}}|config.success.id|not a known key",
        "{'errors':{'outcomes':{'a':1}}}|config.errors.outcomes[0].outcome|required",
        "{'errors':{'outcomes':[{'outcome':'rejected'}]}}"
            + "|config.errors.outcomes[0].status|unless code",
        "{'errors':{'outcomes':[{'status':400,'outcome':'sent'}]}}"
            + "|config.errors.outcomes[0].outcome|transient, throttled",
        "{'errors':{'outcomes':[{'status':400,'outcome':'unknown','reason':'spam'}]}}"
            + "|config.errors.outcomes[0].reason|rejected only",
        "{'errors':{'outcomes':[{'status':400,'outcome':'rejected','reason':'bad'}]}}"
            + "|config.errors.outcomes[0].reason|hard_bounce",
        "{'errors':{'outcomes':[{'code':'E','outcome':'unknown'}]}}"
            + "|config.errors.outcomes[0].code|errors.code",
        "{'errors':{'outcomes':[{'status':400,'outcome':'unknown'},"
            + "{'status':400,'outcome':'transient'}]}}"
            + "|config.errors.outcomes[1].outcome|only one",
        "{'webhook':{'signature':{'type':'none','secret':'s'}}}"
            + "|config.webhook.signature.type|hmac, token, standard_webhooks",
        "{'webhook':{'signature':{'type':'token','header':'X'}}}"
            + "|config.webhook.signature.secret|required",
        "{'webhook':{'signature':{'type':'hmac','secret':'s'}}}"
            + "|config.webhook.signature.header|required",
        "{'webhook':{'signature':{'type':'hmac','secret':'s','header':'X','algorithm':'crc'}}}"
            + "|config.webhook.signature.algorithm|sha256",
        "{'webhook':{'signature':{'type':'standard_webhooks','secret':'%'}}}"
            + "|config.webhook.signature.secret|whsec_",
        "{'webhook':{'status':'state'}}|config.webhook.status|JSON pointer",
        "{'webhook':{}}|config.webhook.status|required",
        "{'webhook':{}}|config.webhook.message_id|unless attempt_id",
        "{'webhook':{}}|config.webhook.statuses|required",
        "{'webhook':{'statuses':{'OK':'good'}}}|config.webhook.statuses.OK|delivered",
        "{'webhook':{'reasons':{'404':'gone'}}}|config.webhook.reasons.404|hard_bounce",
        "{'surplus':1}|config.surplus|not a known key"
      })
  void tellsWhatIsWrongAndWhatWouldBeRight(String json, String key, String expected) {
    JsonObject config = new JsonObject(json.replace('\'', '"'));
    if (!json.equals("{}") && !config.containsKey("url")) {
      config.put("url", "https://a.example/x");
    }

    ConfigException failure = catchThrowableOfType(ConfigException.class, () -> read(config));

    assertThat(failure).as("%s is refused", json).isNotNull();
    assertThat(failure.problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.key()).isEqualTo(key);
              assertThat(problem.expected()).contains(expected);
            });
  }

  @Test
  void tellsAllMistakesAtOnce() {
    JsonObject bad =
        new JsonObject(
            """
            {
              "method": "FETCH",
              "headers": {"X": "{{nope}}"},
              "json": {"a": "{{nope}}", "b": [{"c": "{{"}]},
              "errors": {"outcomes": [{"status": 999}]}
            }
            """);

    ConfigException failure = catchThrowableOfType(ConfigException.class, () -> read(bad));

    assertThat(failure.problems())
        .extracting(ConfigProblem::key)
        .contains(
            "config.url",
            "config.method",
            "config.headers.X",
            "config.json.a",
            "config.json.b[0].c",
            "config.errors.outcomes[0].status",
            "config.errors.outcomes[0].outcome");
  }

  @ParameterizedTest
  @CsvSource({
    "X-Auth,hush,true",
    "X-Acme-Auth-Value,hush,true",
    "X-Key,hush,true",
    "Key,hush,true",
    "Idempotency-Key,{{idempotency_key}},false",
    "X-Keyboard,de,false"
  })
  void aHeaderThatSignsInHoldsASecret(String name, String value, boolean secret) {
    JsonObject json =
        new JsonObject()
            .put("url", "https://a.example/x")
            .put("headers", new JsonObject().put(name, value));
    String key = "config.headers." + name;

    ConfigException failure =
        catchThrowableOfType(
            ConfigException.class,
            () -> WebhookConfig.read(new ConfigReader(json, "config.", Set.of(key))));

    if (secret) {
      assertThat(failure.problems()).extracting(ConfigProblem::key).containsExactly(key);
    } else {
      assertThat(failure).isNull();
    }
  }

  private static WebhookConfig read(JsonObject json) {
    return WebhookConfig.read(new ConfigReader(json, "config."));
  }
}
