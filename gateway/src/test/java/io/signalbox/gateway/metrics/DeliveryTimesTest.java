package io.signalbox.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.LaneKind;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryTimesTest {
  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";
  private static final Lane LANE = new Lane(Channel.SMS, Priority.URGENT, LaneKind.of(false, 0));

  private final PrometheusMeterRegistry registry = MetricsSetup.registry();
  private final GatewayMeters meters = new GatewayMeters(registry);
  private final NotificationId id = new NotificationIds(Clock.systemUTC(), 0).next();
  private final TraceContext trace = TraceContext.of(id);

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void countsFromTheAcceptanceByChannelAndPriority() {
    meters.times().sent(LANE, id, trace, id.timestampMillis() + 40);
    meters.times().delivered(LANE, id, trace, id.timestampMillis() + 2_000);

    String labels = "{channel=\"sms\",priority=\"urgent\"";
    assertThat(registry.scrape())
        .contains("signalbox_accept_to_sent_seconds_bucket" + labels + ",le=\"0.05\"} 1")
        .contains("signalbox_accept_to_sent_seconds_bucket" + labels + ",le=\"0.025\"} 0")
        .contains("signalbox_accept_to_deliver_seconds_bucket" + labels + ",le=\"2.5\"} 1")
        .contains("signalbox_accept_to_deliver_seconds_sum" + labels + "} 2.0");
  }

  @Test
  void anExemplarNamesTheNotificationAndItsTrace() {
    meters.times().delivered(LANE, id, trace, id.timestampMillis() + 2_000);

    assertThat(registry.scrape(OPEN_METRICS))
        .containsPattern(
            "signalbox_accept_to_deliver_seconds_bucket\\{channel=\"sms\",priority=\"urgent\","
                + "le=\"2.5\"} 1 # \\{notification_id=\""
                + id
                + "\",trace_id=\""
                + trace.traceId()
                + "\"} 2.0");
    assertThat(registry.scrape()).doesNotContain(id.toString());
  }

  @Test
  void onlyBucketsHaveExemplarsAsPrometheusWantsIt() {
    meters.times().delivered(LANE, id, trace, id.timestampMillis() + 2_000);

    assertThat(registry.scrape(OPEN_METRICS).lines().filter(line -> line.contains("# {")))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("signalbox_accept_to_deliver_seconds_bucket{"));
  }

  @Test
  void aClockThatWasSetBackMakesNoNegativeTime() {
    meters.times().sent(LANE, id, trace, id.timestampMillis() - 5_000);

    assertThat(registry.scrape())
        .contains("signalbox_accept_to_sent_seconds_sum{channel=\"sms\",priority=\"urgent\"} 0.0");
  }
}
