package io.signalbox.deploy.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/** Turns what was observed in a run into its figures. */
final class Analysis {
  /** After this a mail is late: a reader of a sign-in code has asked for another by then. */
  static final Duration IN_TIME = Duration.ofSeconds(10);

  private final Plan plan;
  private final Mailer mailer;
  private final Load load;
  private final long startedAt;
  private final List<Outage> outages;

  /**
   * Of a run that is over.
   *
   * @param outages as they came, in the order of their ends
   * @param startedAt when the first mail was due, in milliseconds since 1970
   */
  Analysis(Plan plan, List<Outage> outages, Mailer mailer, Load load, long startedAt) {
    this.plan = plan;
    this.outages = List.copyOf(outages);
    this.mailer = mailer;
    this.load = load;
    this.startedAt = startedAt;
  }

  Result result(Arrivals arrivals, boolean drained) {
    List<Attempt> attempts = mailer.attempts();
    List<Integer> accepted = List.copyOf(load.acceptedAt().keySet());
    List<Integer> delivered = accepted.stream().filter(arrivals.firstAt()::containsKey).toList();
    long duplicated = delivered.stream().filter(n -> arrivals.times().get(n) > 1).count();
    Traffic traffic = new Traffic(plan, outages, attempts, startedAt);
    return new Result(
        plan,
        mailer.name(),
        accepted.size(),
        load.refused(),
        drained,
        delivered.size(),
        delivered.stream().filter(n -> waited(n, arrivals) <= IN_TIME.toMillis()).count(),
        accepted.size() - delivered.size(),
        duplicated,
        unexplained(delivered, arrivals, attempts),
        attempts.size(),
        traffic.attemptsAtFailing(),
        longest(outages, outage -> detected(outage, traffic)),
        longest(outages, traffic::recovered),
        handOver(delivered, arrivals, at -> outages.isEmpty() || at < outages.get(0).beginMillis()),
        handOver(delivered, arrivals, at -> outages.stream().anyMatch(o -> o.covers(at))),
        mailer.states());
  }

  private long waited(int number, Arrivals arrivals) {
    return arrivals.firstAt().get(number) - load.dueAt().get(number);
  }

  /** Arrivals beyond the first, beyond those that the system knew it might cause. */
  private Long unexplained(List<Integer> delivered, Arrivals arrivals, List<Attempt> attempts) {
    if (!mailer.marksDuplicates()) {
      return null;
    }
    Map<Integer, Integer> marked = new HashMap<>();
    attempts.stream()
        .filter(Attempt::possibleDuplicate)
        .forEach(attempt -> marked.merge(attempt.number(), 1, Integer::sum));
    return delivered.stream()
        .filter(n -> arrivals.times().get(n) - 1 > marked.getOrDefault(n, 0))
        .count();
  }

  /** By what comes first: its share of the traffic falls, or its breaker opens. */
  private OptionalLong detected(Outage outage, Traffic traffic) {
    OptionalLong opened =
        mailer.breakersOpenedAt(outage.plugins()).stream()
            .mapToLong(at -> at - startedAt)
            .filter(outage::covers)
            .map(at -> at - outage.beginMillis())
            .min();
    OptionalLong left = traffic.left(outage);
    if (opened.isEmpty()) {
      return left;
    }
    return left.isEmpty()
        ? opened
        : OptionalLong.of(Math.min(opened.getAsLong(), left.getAsLong()));
  }

  private interface Measure {
    OptionalLong of(Outage outage);
  }

  /** Of all outages; null if it was never seen. */
  private static Long longest(List<Outage> outages, Measure measure) {
    Long longest = null;
    for (Outage outage : outages) {
      OptionalLong one = measure.of(outage);
      if (one.isPresent() && (longest == null || one.getAsLong() > longest)) {
        longest = one.getAsLong();
      }
    }
    return longest;
  }

  private Quantiles handOver(List<Integer> delivered, Arrivals arrivals, LongPredicate dueIn) {
    List<Long> waits = new ArrayList<>();
    for (int number : delivered) {
      if (dueIn.test(load.dueAt().get(number) - startedAt)) {
        waits.add(waited(number, arrivals));
      }
    }
    return Quantiles.of(waits);
  }
}
