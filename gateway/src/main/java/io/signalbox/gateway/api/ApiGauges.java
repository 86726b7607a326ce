package io.signalbox.gateway.api;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.signalbox.gateway.health.CheckStatus;
import io.signalbox.gateway.health.Checked;
import io.signalbox.gateway.health.WorkSample;
import io.signalbox.gateway.ledger.Backlog;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.LaneKind;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/** Gauges of backlog, health and degradation. Rows are brought up to date by {@link #refresh}. */
final class ApiGauges {
  private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);

  private final ApiServices services;
  private final ProviderGauges providers;
  private final MultiGauge backlog;
  private final MultiGauge ages;
  private final MultiGauge channelModes;
  private final MultiGauge checks;

  ApiGauges(ApiServices services) {
    this.services = services;
    this.providers = new ProviderGauges(services);
    this.backlog = rows("signalbox_backlog", "Notifications that wait, due or not, by lane");
    this.ages =
        rows(
            "signalbox_backlog_age_seconds",
            "For how long the oldest notification of a lane has been due");
    this.channelModes =
        rows("signalbox_channel_degradation_mode", "0 normal, 1 partial, 2 degraded");
    this.checks =
        rows("signalbox_check_status", "Health checks of parts in use: 0 up, 1 degraded, 2 down");
    gauges();
  }

  private MultiGauge rows(String name, String description) {
    return MultiGauge.builder(name).description(description).register(services.registry());
  }

  private void gauges() {
    gauge("database_health", "Whether the ledger's store answers: 1 if it does", this::database);
    gauge(
        "signalbox_ready",
        "Whether requests should be sent here: 1 if so",
        () -> services.health().readiness().well() ? 1 : 0);
    gauge(
        "signalbox_backlog_oldest_seconds",
        "For how long the oldest notification of all lanes has been due",
        () -> sample().oldestDueMillis() / MILLIS);
    gauge(
        "signalbox_unknowns_open",
        "Notifications with an attempt of unknown outcome that wait for a receipt or a time",
        () -> sample().unknowns());
    gauge(
        "signalbox_since_last_settle_seconds",
        "Since an attempt was last seen to end; 0 if none has since the start",
        this::sinceLastSettle);
    gauge(
        "signalbox_webhook_bodies_unprocessed",
        "Stored webhooks of which not all receipts took effect",
        () -> sample().webhooks().unprocessed());
    gauge(
        "signalbox_webhook_bodies_set_aside",
        "Stored webhooks whose receipts the ledger refused",
        () -> sample().webhooks().setAside());
    gauge(
        "signalbox_webhook_bodies_oldest_seconds",
        "For how long the oldest stored webhook has waited for its effect",
        () -> sample().oldestWebhookMillis() / MILLIS);
    gauge(
        "signalbox_free_disk_bytes",
        "Free space in the data directory",
        () -> sample().freeDiskBytes());
    gauge(
        "signalbox_pressure",
        "How near the gateway is to taking no more, 0 to 1",
        () -> services.pressure().now());
    gauge(
        "signalbox_event_loop_lag_seconds",
        "How late the latest event loop is, over about a second",
        () -> services.pressure().loopLagMillis() / MILLIS);
    gauge(
        "degradation_mode",
        "0 normal, 1 partial, 2 degraded, 3 critical",
        () -> services.degradation().status().mode().level());
  }

  private void gauge(String name, String description, DoubleSupplier value) {
    Gauge.builder(name, value::getAsDouble).description(description).register(services.registry());
  }

  private WorkSample sample() {
    return services.monitor().sample();
  }

  private double database() {
    CheckStatus status = services.health().checks().latest("database").report().status();
    return status == CheckStatus.DOWN ? 0 : 1;
  }

  private double sinceLastSettle() {
    long at = services.monitor().consumption().settledAtMillis();
    return at == 0 ? 0 : Math.max(0, services.clock().millis() - at) / MILLIS;
  }

  /** Called before a scrape. */
  void refresh() {
    providers.refresh();
    channelModes.register(
        services.degradation().status().channels().entrySet().stream()
            .map(
                channel ->
                    MultiGauge.Row.of(
                        Tags.of("channel", channel.getKey().wireName()),
                        channel.getValue().mode().level()))
            .toList(),
        true);
    WorkSample sample = sample();
    backlog.register(lanes(sample, lane -> lane.due() + lane.later()), true);
    ages.register(lanes(sample, lane -> sample.oldestDueMillis(lane) / MILLIS), true);
    checks.register(statuses(services.health().checks().latest()), true);
  }

  /** The lanes that have something, and those of single fresh notifications always. */
  private static List<MultiGauge.Row<?>> lanes(WorkSample sample, ToDoubleFunction<Backlog> value) {
    Map<String, Double> values = new TreeMap<>();
    for (Channel channel : Channel.values()) {
      for (Priority priority : Priority.values()) {
        if (channel.carriesMessages()) {
          values.put(name(new Lane(channel, priority, LaneKind.of(false, 0))), 0.0);
        }
      }
    }
    for (Backlog lane : sample.lanes()) {
      values.put(name(lane.lane()), value.applyAsDouble(lane));
    }
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    values.forEach((lane, now) -> rows.add(MultiGauge.Row.of(Tags.of("lane", lane), now)));
    return rows;
  }

  private static List<MultiGauge.Row<?>> statuses(Map<String, Checked> latest) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    latest.forEach(
        (name, checked) -> {
          CheckStatus status = checked.report().status();
          if (status != CheckStatus.UNUSED) {
            int level = status == CheckStatus.DOWN ? 2 : status == CheckStatus.DEGRADED ? 1 : 0;
            rows.add(MultiGauge.Row.of(Tags.of("check", name), level));
          }
        });
    return rows;
  }

  private static String name(Lane lane) {
    return lane.channel().wireName()
        + ":"
        + lane.priority().wireName()
        + (lane.kind().batch() ? ":batch" : "")
        + (lane.kind().retry() ? ":retry" : "");
  }
}
