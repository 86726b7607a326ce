package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are read to see whose they are take no room from those of callers. */
class CompatStrangersApiTest {
  private static final String SMS = "/compat/vonage/sms/json";
  private static final String MESSAGES = "/compat/vonage/v1/messages";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String TEXT = "from=A&to=447700900000&text=Hi";

  /** More than all strangers may hold. */
  private static final int MANY = 20;

  @TempDir private Path dir;

  @Test
  void strangersHaveLittleRoomAndTakeNoneOfOthers() throws Exception {
    try (DialectGateway gateway = new DialectGateway(dir, Map.of("webhooks.body_timeout", "10m"))) {
      List<RawConnection> strangers = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        strangers.add(begun(gateway, SMS));
      }
      String large = "from=" + "x".repeat(60_000);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertStatus(post(gateway, large), "5"));
      assertStatus(gateway.send("POST", SMS, TEXT, basic(gateway)), "0");
      for (RawConnection each : strangers) {
        each.close();
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertStatus(post(gateway, large), "4"));
    }
  }

  @Test
  void nobodyWaitsLongForAStranger() throws Exception {
    try (DialectGateway gateway = new DialectGateway(dir, Map.of("webhooks.body_timeout", "1s"));
        RawConnection slow = begun(gateway, SMS)) {
      assertThat(slow.readToEnd()).isEmpty();
    }
  }

  @Test
  void whereNoSecretCanBeInABodyNoBodyIsWaitedFor() throws Exception {
    try (DialectGateway gateway = new DialectGateway(dir, Map.of("webhooks.body_timeout", "10m"));
        RawConnection slow = begun(gateway, MESSAGES)) {
      assertThat(slow.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 401 ");
    }
  }

  /** A request whose body never comes to its end. */
  private static RawConnection begun(DialectGateway gateway, String path) throws Exception {
    RawConnection connection = new RawConnection(gateway.gateway().url());
    connection.write(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: a\r\nContent-Type: "
            + FORM
            + "\r\nContent-Length: 65536\r\n\r\n"
            + "x".repeat(60_000));
    return connection;
  }

  private static Reply post(DialectGateway gateway, String body) throws Exception {
    return gateway.send("POST", SMS, body, "content-type", FORM);
  }

  private static String[] basic(DialectGateway gateway) {
    String user = "a:" + gateway.key();
    return new String[] {
      "authorization",
      "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)),
      "content-type",
      FORM
    };
  }

  private static void assertStatus(Reply reply, String status) {
    assertThat(reply.json().getJsonArray("messages").getJsonObject(0).getString("status"))
        .as(reply.text())
        .isEqualTo(status);
  }
}
