package io.signalbox.gateway.trail;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.read.ListAppender;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Through the appender of the server's own logback.xml. */
class NotificationLogTest {
  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();
  private final NotificationId id = new NotificationIds(Clock.systemUTC(), 0).next();
  private final AttemptId attempt = new AttemptId(id, 2);
  private final TraceContext trace = TraceContext.begin();
  private ConsoleAppender<ILoggingEvent> json;
  private Logger logger;
  private NotificationLog log;

  @BeforeEach
  void configure() throws Exception {
    context.setMDCAdapter(new LogbackMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(NotificationLogTest.class.getResource("/logback.xml"));
    json =
        (ConsoleAppender<ILoggingEvent>)
            context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("json");
    logger = context.getLogger("test");
    logger.setAdditive(false);
    events.start();
    logger.addAppender(events);
    log = new NotificationLog(logger);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void followsANotificationByItsIdAtDebug() {
    logger.setLevel(Level.DEBUG);
    log.accepted(id.toString(), false, trace);
    log.begun(attempt, "alpha", trace);
    log.ended(
        attempt, "alpha", new Outcome.Sent("m-1", Evidence.answered(202, null, null)), 7, trace);
    log.finished(id, NotificationState.SENT, "sent", trace);

    assertThat(lines()).hasSize(4);
    assertThat(lines())
        .allSatisfy(line -> assertThat(line.getString("notification_id")).isEqualTo(id.toString()));
    assertThat(lines())
        .allSatisfy(
            line -> {
              assertThat(line.getString("correlation_id")).isEqualTo(trace.traceId());
              assertThat(line.getString("trace_id")).isEqualTo(trace.traceId());
              assertThat(line.getString("span_id")).isEqualTo(trace.spanId());
            });
    assertThat(lines().get(1).getInteger("attempt")).isEqualTo(2);
    assertThat(lines().get(2).getString("outcome")).isEqualTo("sent");
    assertThat(lines().get(3).getString("state")).isEqualTo("sent");
  }

  @Test
  void tellsOnlyWhatAPersonMustSeeAtInfo() {
    logger.setLevel(Level.INFO);
    log.accepted(id.toString(), false, trace);
    log.begun(attempt, "alpha", trace);
    log.ended(
        attempt,
        "alpha",
        new Outcome.ProviderFault(Evidence.answered(401, "20003", "for someone@example.org")),
        7,
        trace);
    log.finished(id, NotificationState.SENT, "sent", trace);
    log.finished(id, NotificationState.HELD, "unknown_outcome", null);
    log.finished(id, NotificationState.DEAD_LETTER, "rounds_exhausted", trace);

    assertThat(lines())
        .extracting(line -> line.getString("level"))
        .containsExactly("WARN", "INFO", "INFO");
    assertThat(lines().get(0).getString("code")).isEqualTo("20003");
    assertThat(lines().get(0).encode()).doesNotContain("someone");
    assertThat(lines().get(1).getString("state")).isEqualTo("held");
    assertThat(lines().get(2).getString("notification_id")).isEqualTo(id.toString());
  }

  private List<JsonObject> lines() {
    return events.list.stream()
        .map(event -> Buffer.buffer(json.getEncoder().encode(event)).toJsonObject())
        .toList();
  }
}
