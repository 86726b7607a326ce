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

/** Who changes what is configured sees whether somebody was first. */
class EtagApiTest {
  private static final String PREFERENCES = "/api/v1/preferences";

  @TempDir private Path dir;
  private TestGateway gateway;
  private Calls calls;
  private String admin;

  @BeforeEach
  void start() throws Exception {
    gateway =
        TestGateway.start(
            dir,
            Map.of("callbacks.allow_http", "true", "callbacks.allowed_networks", "192.0.2.0/24"));
    calls = new Calls(gateway.url());
    admin = "Bearer " + gateway.token(Role.ADMIN);
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void aChangeOfPreferencesThatSomebodyElseHasChangedIsRefused() throws Exception {
    changedByOneOfTwo(PREFERENCES, "{\"retry_attempts\":1}", "{\"retry_attempts\":2}");
  }

  @Test
  void aChangeOfACallbackThatSomebodyElseHasChangedIsRefused() throws Exception {
    String one =
        call("POST", "/api/v1/callbacks", "{\"url\":\"http://192.0.2.1/a\"}").header("location");
    changedByOneOfTwo(one, "{\"description\":\"a\"}", "{\"description\":\"b\"}");
  }

  @Test
  void anEndpointIsNotRemovedRotatedOrEnabledThatSomebodyElseHasChanged() throws Exception {
    String one =
        call("POST", "/api/v1/callbacks", "{\"url\":\"http://192.0.2.1/a\"}").header("location");
    String old = call("GET", one, "").header("etag");
    String now = call("PATCH", one, "{\"enabled\":false}").header("etag");
    for (String tag : List.of(old, "W/" + now)) {
      assertThat(call("POST", one + "/enable", "", "if-match", tag).status()).isEqualTo(412);
      assertThat(call("POST", one + "/rotate-secret", "", "if-match", tag).status()).isEqualTo(412);
      assertThat(call("DELETE", one, "", "if-match", tag).status()).isEqualTo(412);
    }
    assertThat(call("GET", one, "").header("etag")).isEqualTo(now);
    assertThat(call("POST", one + "/rotate-secret", "", "if-match", now).status()).isEqualTo(200);
    assertThat(call("POST", one + "/enable", "", "if-match", now).header("etag")).isEqualTo(old);
    assertThat(call("DELETE", one, "", "if-match", old).status()).isEqualTo(200);
  }

  private void changedByOneOfTwo(String path, String mine, String theirs) throws Exception {
    Reply read = call("GET", path, "");
    String tag = read.header("etag");
    assertThat(tag).matches("\"[A-Za-z0-9_-]{20}\"");
    // The tag is not of all that is answered, so nobody is told to keep what he has.
    assertThat(call("GET", path, "", "if-none-match", tag).json()).isEqualTo(read.json());

    Reply theirChange = call("PATCH", path, theirs, "if-match", "\"x\", " + tag);
    assertThat(theirChange.status()).as(theirChange.text()).isEqualTo(200);
    assertThat(theirChange.header("etag")).isNotEqualTo(tag);
    Reply myChange = call("PATCH", path, mine, "if-match", tag);
    assertThat(myChange.status()).isEqualTo(412);
    assertThat(myChange.json().getString("type")).isEqualTo("/problems/precondition-failed");
    assertThat(call("GET", path, "").header("etag")).isEqualTo(theirChange.header("etag"));
    assertThat(call("PATCH", path, mine, "if-match", theirChange.header("etag")).status())
        .isEqualTo(200);
    // A merge patch needs none.
    assertThat(call("PATCH", path, theirs).status()).isEqualTo(200);
  }

  private Reply call(String method, String path, String body, String... headers) throws Exception {
    String[] all = new String[headers.length + 2];
    all[0] = "authorization";
    all[1] = admin;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return calls.send(method, path, body, all);
  }
}
