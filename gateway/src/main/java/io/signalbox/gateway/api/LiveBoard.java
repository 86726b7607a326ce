package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ScoringMessages.Load;
import io.signalbox.gateway.console.FlowHistory;
import io.signalbox.gateway.console.ProviderHistory;
import io.signalbox.gateway.metrics.AttemptTotals;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is going on now, made once a second for all who listen. It reads what is in memory and asks
 * nobody, so it goes on while the ledger is away. One for each HTTP API. Thread-safe.
 */
final class LiveBoard {
  /** More streams at a time are refused. */
  static final int MOST_STREAMS = 100;

  /** More of one caller are refused, so that nobody takes them all. */
  static final int MOST_OF_ONE = 10;

  private static final long EVERY_MILLIS = 1_000;

  /** Looks that are kept for who begins to listen: two minutes. */
  private static final int KEPT = 120;

  private static final double HUNDREDTHS = 100;

  private final ApiServices services;
  private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
  private final FlowHistory flow = new FlowHistory(KEPT);
  private final Map<String, ProviderHistory> providers = new HashMap<>();
  private volatile Map<String, Integer> load = Map.of();
  private volatile @Nullable MessageConsumer<Load> loads;
  private volatile long timer = -1;
  private boolean closed;

  /** What there is to see; each is an event of its own on a stream. */
  enum Section {
    HEALTH("health"),
    FLOW("flow"),
    PROVIDERS("providers");

    private final String wireName;

    Section(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }
  }

  LiveBoard(ApiServices services) {
    this.services = services;
  }

  /** Begins to look. */
  void start(Vertx vertx) {
    loads = services.bus().listen(Addresses.LOAD, Load.class, news -> load = news.inFlight());
    timer = vertx.setPeriodic(EVERY_MILLIS, tick -> tick());
  }

  /** Looks no more, and ends all streams. */
  Future<Void> close(Vertx vertx) {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
    }
    synchronized (this) {
      closed = true;
    }
    streams.forEach(LiveStream::end);
    MessageConsumer<Load> listening = loads;
    return listening == null ? Future.succeededFuture() : listening.unregister();
  }

  /** Looks once, and tells all who listen. */
  void tick() {
    look();
    if (streams.isEmpty()) {
      return;
    }
    Map<Section, String> events = new EnumMap<>(Section.class);
    for (Section section : Section.values()) {
      if (streams.stream().anyMatch(stream -> stream.shows(section))) {
        events.put(section, section(section).encode());
      }
    }
    streams.forEach(stream -> stream.offer(events));
  }

  /**
   * Adds one who listens.
   *
   * @throws GatewayException if there are too many, of all or of the same caller, or the API stops
   */
  synchronized void add(LiveStream stream) {
    if (closed) {
      throw new GatewayException(503, "the gateway stops");
    }
    long own = streams.stream().filter(each -> each.reader().equals(stream.reader())).count();
    if (own >= MOST_OF_ONE) {
      throw new GatewayException(
          503, "this caller has " + MOST_OF_ONE + " streams of events open, which is the most");
    }
    if (streams.size() >= MOST_STREAMS) {
      throw new GatewayException(503, "too many listen to events at a time; try again soon");
    }
    streams.add(stream);
  }

  /** Tells one no more. */
  void remove(LiveStream stream) {
    streams.remove(stream);
  }

  /** How many listen. */
  int listening() {
    return streams.size();
  }

  /** A section as it stands now. */
  synchronized JsonObject section(Section section) {
    return switch (section) {
      case HEALTH -> PipelineHealthJson.write(services);
      case FLOW -> flow();
      case PROVIDERS ->
          new JsonObject().put("providers", ProviderListJson.write(services)).put("live", live());
    };
  }

  private synchronized void look() {
    long now = services.clock().millis();
    GatewayMeters meters = services.meters();
    flow.look(now, totals(meters));
    Set<String> ids = new TreeSet<>();
    for (ProviderState state : services.providers().all()) {
      ids.add(state.provider());
    }
    providers.keySet().retainAll(ids);
    for (String id : ids) {
      AttemptTotals so = meters.attempts().totals(id);
      providers
          .computeIfAbsent(id, unknown -> new ProviderHistory(KEPT))
          .look(now, new ProviderHistory.Totals(so.attempts(), so.failures(), so.tookMillis()));
    }
  }

  private static FlowHistory.Totals totals(GatewayMeters meters) {
    return new FlowHistory.Totals(
        meters.intake().accepted(),
        meters.work().cameInto(NotificationState.SENT),
        meters.work().cameInto(NotificationState.DELIVERED),
        meters.work().cameInto(NotificationState.FAILED)
            + meters.work().cameInto(NotificationState.EXPIRED)
            + meters.work().cameInto(NotificationState.DEAD_LETTER));
  }

  private JsonObject flow() {
    FlowHistory.Totals totals = totals(services.meters());
    return new JsonObject()
        .put("since_start", counts(totals))
        .put("per_second", rates(flow.newest()));
  }

  private static JsonObject counts(FlowHistory.Totals totals) {
    return new JsonObject()
        .put("accepted", totals.accepted())
        .put("sent", totals.sent())
        .put("delivered", totals.delivered())
        .put("failed", totals.failed());
  }

  private static JsonObject rates(FlowHistory.Rates rates) {
    return new JsonObject()
        .put("at", TimelineJson.time(rates.atMillis()))
        .put("accepted", rounded(rates.accepted()))
        .put("sent", rounded(rates.sent()))
        .put("delivered", rounded(rates.delivered()))
        .put("failed", rounded(rates.failed()));
  }

  /** What each provider does now, by id. */
  private JsonObject live() {
    JsonObject all = new JsonObject();
    providers.forEach(
        (id, history) -> {
          JsonObject receipts = new JsonObject();
          for (ReceiptStatus status : ReceiptStatus.values()) {
            long count = services.meters().receipts().receipts(id, status);
            if (count > 0) {
              receipts.put(status.wireName(), count);
            }
          }
          all.put(
              id,
              second(history.newest())
                  .put("in_flight", load.getOrDefault(id, 0))
                  .put("attempts_since_start", services.meters().attempts().totals(id).attempts())
                  .put("receipts", receipts));
        });
    return all;
  }

  private static JsonObject second(ProviderHistory.Second second) {
    return new JsonObject()
        .put("at", TimelineJson.time(second.atMillis()))
        .put("attempts", rounded(second.attempts()))
        .put("failures", rounded(second.failures()))
        .put("mean_ms", rounded(second.meanMillis()));
  }

  /** What was seen before, for the charts of one who begins to listen. */
  synchronized JsonObject history(Set<Section> shown) {
    JsonObject json = new JsonObject();
    if (shown.contains(Section.FLOW)) {
      json.put("flow", new JsonArray(flow.all().stream().map(LiveBoard::rates).toList()));
    }
    if (shown.contains(Section.PROVIDERS)) {
      JsonObject byProvider = new JsonObject();
      providers.forEach(
          (id, history) -> {
            List<JsonObject> seconds = history.all().stream().map(LiveBoard::second).toList();
            byProvider.put(id, new JsonArray(seconds));
          });
      json.put("providers", byProvider);
    }
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * HUNDREDTHS) / HUNDREDTHS;
  }
}
