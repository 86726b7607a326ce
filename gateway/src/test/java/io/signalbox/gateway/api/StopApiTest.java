package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.security.Role;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of connections when the API stops. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StopApiTest {
  private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String BODY =
      new JsonObject()
          .put("notification_type", "stop")
          .put("channel", "email")
          .put("recipient_email", "a@example.com")
          .put("title", "t")
          .put("message", "m")
          .encode();

  @TempDir private Path dir;
  private TestGateway gateway;

  private void start(String drainTimeout) throws Exception {
    gateway = TestGateway.start(dir, Map.of("http.drain_timeout", drainTimeout));
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void aRequestUnderWayIsAnsweredAndIdleConnectionsEndAtOnce() throws Exception {
    start("60s");
    try (RawConnection busy = new RawConnection(gateway.url());
        RawConnection idle = new RawConnection(gateway.url());
        RawConnection silent = new RawConnection(gateway.url());
        RawConnection stream = new RawConnection(gateway.url())) {
      busy.write(head("POST /api/v1/notifications/send", Role.SENDER));
      busy.write("Content-Type: application/json\r\nExpect: 100-continue\r\n");
      busy.write("Content-Length: " + BODY.length() + "\r\n\r\n");
      busy.readUntil("100 Continue");
      idle.write(LIVE);
      idle.readUntil("alive\"}");
      stream.write(head("GET /api/v1/events", Role.ADMIN) + "Accept: text/event-stream\r\n\r\n");
      stream.readUntil("event: providers");

      Future<Void> stopped = gateway.http().stop();

      assertThat(idle.readToEnd()).isEmpty();
      assertThat(silent.readToEnd()).isEmpty();
      // The end of a chunked answer, not an answer that was cut off.
      assertThat(stream.readToEnd()).endsWith("\r\n0\r\n\r\n");
      assertThat(stopped.isComplete()).isFalse();
      busy.write(BODY);
      assertThat(RawConnection.statuses(busy.readToEnd())).contains(202);
      TestGateway.await(stopped);
    }
  }

  @Test
  void whoNeverEndsARequestDoesNotHoldUpAStop() throws Exception {
    start("200ms");
    try (RawConnection busy = new RawConnection(gateway.url())) {
      busy.write(head("POST /api/v1/notifications/send", Role.SENDER));
      busy.write("Content-Type: application/json\r\nExpect: 100-continue\r\n");
      busy.write("Content-Length: " + BODY.length() + "\r\n\r\n");
      busy.readUntil("100 Continue");

      TestGateway.await(gateway.http().stop());

      assertThat(RawConnection.statuses(busy.readToEnd())).isEmpty();
    }
  }

  private String head(String line, Role role) {
    return line + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + gateway.token(role) + "\r\n";
  }
}
