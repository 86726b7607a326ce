package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LoggerApiTest {
  private static final String LOGGERS = "/api/v1/loggers";
  private static final String NAME = "test.of.levels";

  @TempDir private static Path dir;
  private static TestGateway gateway;
  private static Calls calls;
  private static String admin;

  @BeforeAll
  static void start() throws Exception {
    LoggerFactory.getLogger(NAME);
    gateway = TestGateway.start(dir, Map.of());
    calls = new Calls(gateway.url());
    admin = "Bearer " + gateway.token(Role.ADMIN);
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  @Test
  void aLoggerTellsMoreForAWhileAndIsPutBack() throws Exception {
    Reply set = put(NAME, "{\"level\":\"debug\",\"for\":\"10m\"}");
    assertThat(set.status()).as(set.text()).isEqualTo(200);
    assertThat(set.json().getString("level")).isEqualTo("debug");
    assertThat(set.json().getString("until")).isNotBlank();
    assertThat(level()).isEqualTo(Level.DEBUG);
    assertThat(call("GET", LOGGERS, "").json().getJsonArray("loggers"))
        .anySatisfy(each -> assertThat(((JsonObject) each).getString("name")).isEqualTo(NAME));

    Reply reset = call("DELETE", LOGGERS + "/" + NAME, "");
    assertThat(reset.status()).isEqualTo(200);
    assertThat(reset.json().getBoolean("changed")).isFalse();
    assertThat(level()).isNull();
    assertThat(call("GET", "/api/v1/audit?action=logger.set", "").text())
        .contains(NAME, "\\\"level\\\":\\\"debug\\\"");
  }

  @Test
  void mistakesAreNamed() throws Exception {
    assertThat(put("nobody.logs.so", "{\"level\":\"debug\"}").status()).isEqualTo(404);
    assertThat(put(NAME, "{\"level\":\"loud\"}").status()).isEqualTo(422);
    assertThat(put(NAME, "{}").status()).isEqualTo(422);
    assertThat(put(NAME, "{\"level\":\"info\",\"for\":\"soon\"}").status()).isEqualTo(422);
    assertThat(put(NAME, "{\"level\":\"info\",\"for\":\"900d\"}").text()).contains("1s to 7d");
    assertThat(level()).isNull();
  }

  @Test
  void onlyTheOperatorsAdminsMayChangeThem() throws Exception {
    String manager = "Bearer " + gateway.token(Role.MANAGER);
    String stranger = "Bearer " + gateway.token(Role.ADMIN, "acme");
    for (String token : new String[] {manager, stranger}) {
      Reply refused =
          calls.send(
              "PUT",
              LOGGERS + "/" + NAME,
              "{\"level\":\"debug\"}",
              "authorization",
              token,
              "content-type",
              "application/json");
      assertThat(refused.status()).isEqualTo(403);
    }
    assertThat(level()).isNull();
  }

  private static Level level() {
    return ((Logger) LoggerFactory.getLogger(NAME)).getLevel();
  }

  private static Reply put(String name, String body) throws Exception {
    return call("PUT", LOGGERS + "/" + name, body);
  }

  private static Reply call(String method, String path, String body) throws Exception {
    return body.isEmpty()
        ? calls.send(method, path, body, "authorization", admin)
        : calls.send(
            method, path, body, "authorization", admin, "content-type", "application/json");
  }
}
