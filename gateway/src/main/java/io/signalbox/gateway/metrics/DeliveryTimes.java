package io.signalbox.gateway.metrics;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.Labels;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long it takes from the acceptance of notifications until they are sent, and until their
 * providers say that they are delivered. An exemplar names a notification that took so long, and
 * its trace, so that the way from a chart to its timeline is one step. Thread-safe.
 */
public final class DeliveryTimes {
  private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);
  private static final String NOTIFICATION = "notification_id";
  private static final String TRACE = "trace_id";

  private final Map<Channel, Map<Priority, DistributionDataPoint>> sent;
  private final Map<Channel, Map<Priority, DistributionDataPoint>> delivered;

  DeliveryTimes(Histograms histograms) {
    this.sent =
        points(
            histograms.withExemplars(
                "signalbox_accept_to_sent_seconds",
                "From the acceptance of a notification until a provider took it; not of those with"
                    + " send_at",
                "channel",
                "priority"));
    this.delivered =
        points(
            histograms.withExemplars(
                "signalbox_accept_to_deliver_seconds",
                "From the acceptance of a notification until a receipt said delivered, with the"
                    + " time that send_at asked for",
                "channel",
                "priority"));
  }

  private static Map<Channel, Map<Priority, DistributionDataPoint>> points(Histogram histogram) {
    Map<Channel, Map<Priority, DistributionDataPoint>> all = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      if (channel.carriesMessages()) {
        Map<Priority, DistributionDataPoint> byPriority = new EnumMap<>(Priority.class);
        for (Priority priority : Priority.values()) {
          byPriority.put(priority, histogram.labelValues(channel.wireName(), priority.wireName()));
        }
        all.put(channel, byPriority);
      }
    }
    return all;
  }

  /** A provider took a notification. */
  public void sent(Lane lane, NotificationId id, TraceContext trace, long nowMillis) {
    observe(sent, lane, id, trace, nowMillis);
  }

  /** A receipt says that a notification was delivered. */
  public void delivered(Lane lane, NotificationId id, TraceContext trace, long nowMillis) {
    observe(delivered, lane, id, trace, nowMillis);
  }

  private static void observe(
      Map<Channel, Map<Priority, DistributionDataPoint>> points,
      Lane lane,
      NotificationId id,
      TraceContext trace,
      long nowMillis) {
    Map<Priority, DistributionDataPoint> byPriority = points.get(lane.channel());
    DistributionDataPoint point = byPriority == null ? null : byPriority.get(lane.priority());
    if (point != null) {
      double seconds = Math.max(0, nowMillis - id.timestampMillis()) / MILLIS;
      point.observeWithExemplar(
          seconds, Labels.of(NOTIFICATION, id.toString(), TRACE, trace.traceId()));
    }
  }
}
