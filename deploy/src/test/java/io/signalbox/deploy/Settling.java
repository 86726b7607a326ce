package io.signalbox.deploy;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/** Waits until notifications stand where they are expected to end. */
final class Settling {
  private static final int THREADS = 16;
  private static final int AT_ONCE = 200;

  private Settling() {}

  /**
   * The timelines of all, once each meets the condition.
   *
   * @param limit how long there may be none that begins to meet it; all of them take as long as the
   *     machine needs
   */
  static List<Timeline> awaitAll(
      ApiClient api, Collection<String> ids, Duration limit, Predicate<Timeline> settled) {
    Map<String, Timeline> latest = new ConcurrentHashMap<>();
    Queue<String> open = new ArrayDeque<>(new LinkedHashSet<>(ids));
    try {
      while (!open.isEmpty()) {
        await(open.size() + " of " + ids.size() + " notifications settled")
            .atMost(limit)
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(200))
            .until(() -> anySettles(api, open, settled, latest));
      }
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(report(latest.values(), settled), e);
    }
    return List.copyOf(latest.values());
  }

  /** Looks at some of the open ones, and puts those that stay open behind the others. */
  private static boolean anySettles(
      ApiClient api,
      Queue<String> open,
      Predicate<Timeline> settled,
      Map<String, Timeline> latest) {
    List<String> some = new ArrayList<>();
    while (some.size() < AT_ONCE && !open.isEmpty()) {
      some.add(open.remove());
    }
    List<Timeline> seen = Parallel.map(THREADS, some, api::timeline);
    seen.forEach(timeline -> latest.put(timeline.id(), timeline));
    List<String> still = seen.stream().filter(settled.negate()).map(Timeline::id).toList();
    open.addAll(still);
    return still.size() < some.size();
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
