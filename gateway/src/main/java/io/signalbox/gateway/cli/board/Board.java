package io.signalbox.gateway.cli.board;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway tells of itself.
 *
 * @param url where it is
 * @param readiness why it takes requests or not: {@code up} if it does
 * @param ready whether requests should be sent there
 * @param running whether what waits is worked on
 * @param mode its degradation mode
 * @param modeSince since when, as the API says it
 * @param reasons why, in sentences
 * @param waiting notifications that wait
 * @param oldestDueMillis how long the oldest of them is due
 * @param lanes where they wait
 * @param flow what goes on; empty if the token may not see it
 * @param providers the worst first; empty if the token may not see them
 * @param dependencies what it works with
 */
public record Board(
    String url,
    String readiness,
    boolean ready,
    boolean running,
    String mode,
    String modeSince,
    List<String> reasons,
    long waiting,
    long oldestDueMillis,
    List<LaneLine> lanes,
    Optional<Flow> flow,
    Optional<List<ProviderLine>> providers,
    List<Dependency> dependencies) {

  /** Copies the lists. */
  public Board {
    reasons = List.copyOf(reasons);
    lanes = List.copyOf(lanes);
    providers = providers.map(List::copyOf);
    dependencies = List.copyOf(dependencies);
  }

  /** What waits in the lanes of one channel and priority. */
  record LaneLine(String name, long due, long later, long oldestDueMillis) {}

  /** What goes on, in a second and since the start. */
  public record Flow(
      double accepted,
      double sent,
      double delivered,
      double failed,
      long acceptedEver,
      long deliveredEver,
      long failedEver) {}

  /** Something that the gateway works with, and how it is. */
  public record Dependency(String name, String status, String detail) {

    /** Whether somebody should look. */
    public boolean isTrouble() {
      return "down".equals(status) || "degraded".equals(status);
    }
  }

  /**
   * Reads what the API says.
   *
   * @param readiness of {@code /health/ready}
   * @param events of {@code /api/v1/events}, asked once
   * @param detailed of {@code /health/detailed}; empty if not asked
   */
  public static Board of(String url, JsonObject readiness, JsonObject events, JsonObject detailed) {
    JsonObject health = events.getJsonObject("health", new JsonObject());
    boolean ready = "ready".equals(readiness.getString("status"));
    return new Board(
        url,
        ready ? "up" : notReady(readiness),
        ready,
        !"impaired".equals(health.getString("pipeline_status")),
        health.getString("degradation_mode", ""),
        health.getString("since", ""),
        each(health.getJsonArray("reasons"), Board::reason),
        health.getLong("waiting", 0L),
        health.getLong("oldest_due_ms", 0L),
        lanes(health.getJsonArray("lanes")),
        Optional.ofNullable(events.getJsonObject("flow")).map(Board::flow),
        Optional.ofNullable(events.getJsonObject("providers")).map(Board::providers),
        dependencies(detailed.getJsonObject("checks", new JsonObject())));
  }

  private static String notReady(JsonObject readiness) {
    String reasons =
        readiness.getJsonArray("reasons", new JsonArray()).stream()
            .map(reason -> Words.plain(String.valueOf(reason)))
            .collect(Collectors.joining(", "));
    return reasons.isEmpty() ? "not ready" : reasons;
  }

  private static String reason(JsonObject reason) {
    String text = reason.getString("text", "");
    return text.isEmpty()
        ? Words.plain(reason.getString("cause", "")) + ": " + reason.getString("detail", "")
        : text;
  }

  private static List<LaneLine> lanes(JsonArray all) {
    List<LaneLine> merged = new ArrayList<>();
    for (LaneLine lane : each(all, Board::lane)) {
      LaneLine last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && last.name().equals(lane.name())) {
        merged.set(merged.size() - 1, together(last, lane));
      } else {
        merged.add(lane);
      }
    }
    merged.sort(Comparator.comparingLong(LaneLine::oldestDueMillis).reversed());
    return merged;
  }

  private static LaneLine lane(JsonObject lane) {
    return new LaneLine(
        lane.getString("channel") + ' ' + lane.getString("priority"),
        lane.getLong("due", 0L),
        lane.getLong("later", 0L),
        lane.getLong("oldest_due_ms", 0L));
  }

  private static LaneLine together(LaneLine one, LaneLine other) {
    return new LaneLine(
        one.name(),
        one.due() + other.due(),
        one.later() + other.later(),
        Math.max(one.oldestDueMillis(), other.oldestDueMillis()));
  }

  private static Flow flow(JsonObject flow) {
    JsonObject now = flow.getJsonObject("per_second", new JsonObject());
    JsonObject ever = flow.getJsonObject("since_start", new JsonObject());
    return new Flow(
        now.getDouble("accepted", 0.0),
        now.getDouble("sent", 0.0),
        now.getDouble("delivered", 0.0),
        now.getDouble("failed", 0.0),
        ever.getLong("accepted", 0L),
        ever.getLong("delivered", 0L),
        ever.getLong("failed", 0L));
  }

  private static List<ProviderLine> providers(JsonObject section) {
    JsonObject live = section.getJsonObject("live", new JsonObject());
    List<ProviderLine> all =
        new ArrayList<>(
            each(
                section.getJsonArray("providers"),
                provider ->
                    ProviderLine.of(
                        provider, live.getJsonObject(provider.getString("id"), new JsonObject()))));
    all.sort(Comparator.comparing(ProviderLine::level).thenComparing(ProviderLine::id));
    return all;
  }

  private static List<Dependency> dependencies(JsonObject checks) {
    List<Dependency> found = new ArrayList<>();
    for (String name : checks.fieldNames()) {
      if (checks.getValue(name) instanceof JsonObject check) {
        found.add(
            new Dependency(name, check.getString("status", ""), check.getString("detail", "")));
      }
    }
    return found;
  }

  private static <T> List<T> each(@Nullable JsonArray list, Function<JsonObject, T> read) {
    List<T> all = new ArrayList<>();
    for (Object one : list == null ? new JsonArray() : list) {
      if (one instanceof JsonObject json) {
        all.add(read.apply(json));
      }
    }
    return all;
  }

  /** The providers that somebody should look at. */
  public List<ProviderLine> troubled() {
    return providers.orElse(List.of()).stream().filter(each -> each.level().isTrouble()).toList();
  }
}
