package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.security.Role;
import io.signalbox.gateway.trail.LogLevels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class AccessLogApiTest {
  @TempDir private Path dir;
  private final Logger log = (Logger) LoggerFactory.getLogger(LogLevels.ACCESS);
  private final Level before = log.getLevel();
  private final List<Map<String, Object>> lines = new CopyOnWriteArrayList<>();
  private final Gathered gathered = new Gathered();
  private TestGateway gateway;
  private Calls calls;
  private String admin;

  private final class Gathered extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      lines.add(
          event.getKeyValuePairs().stream()
              .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value)));
    }
  }

  @BeforeEach
  void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of("http.trusted_proxies", "127.0.0.0/8"));
    calls = new Calls(gateway.url());
    admin = "Bearer " + gateway.token(Role.ADMIN);
    gathered.start();
    log.addAppender(gathered);
    log.setAdditive(false);
    log.setLevel(Level.INFO);
  }

  @AfterEach
  void stop() throws Exception {
    log.setLevel(before);
    log.detachAppender(gathered);
    log.setAdditive(true);
    gateway.close();
  }

  @Test
  void aLineTellsWhoCalledWhatAndNeverThePath() throws Exception {
    Reply reply =
        calls.send(
            "DELETE",
            "/api/v1/recipients/email/planted%40example.com?x=planted",
            "",
            "authorization",
            admin,
            "x-forwarded-for",
            "192.0.2.7");
    Map<String, Object> line = only();
    assertThat(line)
        .containsEntry("method", "DELETE")
        .containsEntry("route", "/api/v1/recipients/{channel}/{recipient}")
        .containsEntry("status", reply.status())
        .containsEntry("tenant", "default")
        .containsEntry("caller", "test")
        .containsEntry("remote", "192.0.2.7")
        .containsEntry("correlation_id", reply.header("x-correlation-id"));
    assertThat((double) line.get("duration_ms")).isPositive();
    assertThat((long) line.get("bytes")).isPositive();
    assertThat(line.toString()).doesNotContain("planted");
  }

  @Test
  void whatNobodyIsKnownForOrLeadsNowhereHasALineToo() throws Exception {
    calls.send("GET", "/planted-path", "");
    assertThat(only())
        .containsEntry("route", "(none)")
        .containsEntry("status", 404)
        .doesNotContainKeys("tenant", "caller");
  }

  @Test
  void nothingIsWrittenWhereItIsOff() throws Exception {
    log.setLevel(Level.OFF);
    calls.send("GET", "/health", "");
    log.setLevel(Level.INFO);
    calls.send("GET", "/health/live", "");
    assertThat(only()).containsEntry("route", "/health/live");
  }

  private Map<String, Object> only() {
    await().atMost(Duration.ofSeconds(20)).until(() -> !lines.isEmpty());
    assertThat(lines).hasSize(1);
    return lines.get(0);
  }
}
