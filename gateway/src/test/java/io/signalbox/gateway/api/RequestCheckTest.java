package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.security.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the document does not allow is refused before a route is asked. */
class RequestCheckTest {
  private static final String DEAD_LETTERS = "/api/v1/dead-letters";
  private static final String API_KEYS = "/api/v1/api-keys";

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

  @Test
  void parametersAreCheckedByTheirSchemas() throws Exception {
    refused("GET", DEAD_LETTERS + "?limit=0", 422, "limit must be a whole number from 1 to 1000");
    refused("GET", DEAD_LETTERS + "?limit=1&limit=2", 422, "limit must be there once");
    refused("GET", DEAD_LETTERS + "?chanel=sms", 422, "did you mean channel?");
    refused("GET", DEAD_LETTERS + "?channel=fax", 422, "one of email, sms, whatsapp, telegram");
    refused("GET", DEAD_LETTERS + "?after=x", 422, "after must be an id");
    refused("GET", "/api/v1/preferences?x=1", 422, "x is not a known parameter");
    refused("DELETE", API_KEYS + "/NO", 404, "there is nothing of that id");
  }

  @Test
  void allMistakesOfABodyAreNamedWithWhatWouldBeRight() throws Exception {
    Reply reply =
        call(
            "POST",
            API_KEYS,
            "{\"name\":\"\",\"roles\":[\"king\"],\"rols\":1}",
            "application/json");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().getString("type")).isEqualTo("/problems/invalid-fields");
    assertThat(reply.text())
        .contains(
            "\"/name\",\"detail\":\"must be a text of 1 to 100 characters\"",
            "\"/roles/0\",\"detail\":\"must be one of admin, manager, sender, viewer\"",
            "\"/rols\",\"detail\":\"is not a known field; did you mean roles?\"");
    assertThat(call("POST", API_KEYS, "", "application/json").text())
        .contains(
            "\"/roles\",\"detail\":\"is needed: a list of at least 1 entries, no two alike\"");
  }

  @Test
  void aNumberBeyondAllNumbersIsAMistakeToo() throws Exception {
    for (String number : new String[] {"1e999999999", "-1e999999999", "1".repeat(900), "2.0"}) {
      Reply reply =
          call("POST", DEAD_LETTERS + "/replay", "{\"limit\":" + number + "}", "application/json");
      assertThat(reply.status()).as(number).isEqualTo(422);
      assertThat(reply.text()).contains("/limit", "a whole number from 1 to 100000");
    }
  }

  @Test
  void mediaTypesAreCheckedInBothDirections() throws Exception {
    Reply form = call("POST", API_KEYS, "a=b", "application/x-www-form-urlencoded");
    assertThat(form.status()).isEqualTo(415);
    assertThat(call("POST", API_KEYS, "{", "application/json").status()).isEqualTo(400);
    assertThat(call("POST", API_KEYS, "[]", "application/json").status()).isEqualTo(400);
    assertThat(accept("text/html").status()).isEqualTo(406);
    assertThat(accept("text/html, application/*;q=0.5").status()).isEqualTo(200);
    assertThat(accept("application/json;q=0, */*;q=0").status()).isEqualTo(406);
    assertThat(accept("*/*").status()).isEqualTo(200);
  }

  @Test
  void callsThatTakeTheirBodyThemselvesAreHeldToTheDocumentToo() throws Exception {
    for (String path : List.of("send", "batch", "explain")) {
      String at = "/api/v1/notifications/" + path;
      refused("POST", at + "?dry_run=true", 422, "dry_run is not a known parameter");
      Reply html = calls.send("POST", at, "{}", "authorization", admin(), "accept", "text/html");
      assertThat(html.status()).as(at).isEqualTo(406);
    }
    Reply twice =
        calls.send(
            "POST",
            "/api/v1/notifications/send",
            "{}",
            "authorization",
            admin(),
            "content-type",
            "application/json",
            "idempotency-key",
            "a",
            "idempotency-key",
            "b");
    assertThat(twice.status()).isEqualTo(400);
    assertThat(twice.json().getString("detail")).contains("Idempotency-Key must be there once");
  }

  @Test
  void aBodyIsAsLongAsTheCallTakes() throws Exception {
    String filler = " ".repeat(64 << 10);
    String suppressions = "/api/v1/suppressions";
    String one = "{\"channel\":\"email\",\"recipient\":\"a@example.org\"}";
    assertThat(call("POST", suppressions, one + filler, "application/json").status())
        .isEqualTo(200);
    for (String path : List.of(API_KEYS, DEAD_LETTERS + "/replay", suppressions + "/search")) {
      Reply large = call("POST", path, "{}" + filler, "application/json");
      assertThat(large.status()).as(path).isEqualTo(413);
    }
    String cancel = "/api/v1/notifications/0190a1b2-0000-7000-8000-000000000000/cancel";
    assertThat(call("POST", cancel, "{}", "application/json").status()).isEqualTo(404);
    assertThat(call("POST", cancel, "{}" + filler, "application/json").status()).isEqualTo(413);
  }

  @Test
  void aPathSaysWhichMethodsItHas() throws Exception {
    Reply put = calls.send("PUT", API_KEYS, "");
    assertThat(put.status()).isEqualTo(405);
    assertThat(put.header("allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
    Reply options = calls.send("OPTIONS", "/api/v1/callbacks/x", "");
    assertThat(options.status()).isEqualTo(204);
    assertThat(options.header("allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH");
    assertThat(calls.send("OPTIONS", "/no/such", "").status()).isEqualTo(404);
    Reply head = call("HEAD", API_KEYS, "", "application/json");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    assertThat(head.header("content-length")).isNotEqualTo("0");
  }

  private void refused(String method, String path, int status, String detail) throws Exception {
    Reply reply = call(method, path, "", "application/json");
    assertThat(reply.status()).as(path).isEqualTo(status);
    assertThat(reply.json().getString("detail")).contains(detail);
  }

  private Reply accept(String accept) throws Exception {
    return calls.send("GET", API_KEYS, "", "authorization", admin(), "accept", accept);
  }

  private Reply call(String method, String path, String body, String type) throws Exception {
    return calls.send(method, path, body, "authorization", admin(), "content-type", type);
  }

  private String admin() {
    return "Bearer " + gateway.token(Role.ADMIN);
  }
}
