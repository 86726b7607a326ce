package io.signalbox.deploy;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/** Waits until notifications stand where they are expected to end. */
final class Settling {
  private static final int THREADS = 16;

  private Settling() {}

  /** The timelines of all, once each meets the condition. */
  static List<Timeline> awaitAll(
      ApiClient api, Collection<String> ids, Duration limit, Predicate<Timeline> settled) {
    Map<String, Timeline> latest = new ConcurrentHashMap<>();
    try {
      poll(api, ids, limit, settled, latest);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(report(latest.values(), settled), e);
    }
    return List.copyOf(latest.values());
  }

  private static void poll(
      ApiClient api,
      Collection<String> ids,
      Duration limit,
      Predicate<Timeline> settled,
      Map<String, Timeline> latest) {
    await(ids.size() + " notifications settled")
        .atMost(limit)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              List<String> open =
                  ids.stream().filter(id -> !isSettled(latest.get(id), settled)).toList();
              Parallel.map(THREADS, open, api::timeline)
                  .forEach(timeline -> latest.put(timeline.id(), timeline));
              return open.stream().allMatch(id -> isSettled(latest.get(id), settled));
            });
  }

  private static boolean isSettled(Timeline timeline, Predicate<Timeline> settled) {
    return timeline != null && settled.test(timeline);
  }

  /** How many stand in which state. */
  static Map<String, Long> states(Collection<Timeline> timelines) {
    return timelines.stream()
        .collect(Collectors.groupingBy(Timeline::state, TreeMap::new, Collectors.counting()));
  }

  private static String report(Collection<Timeline> timelines, Predicate<Timeline> settled) {
    String example =
        timelines.stream().filter(settled.negate()).map(Timeline::toString).findFirst().orElse("");
    return "not settled in time: " + states(timelines) + ", such as " + example;
  }
}
