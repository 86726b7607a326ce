package io.signalbox.deploy.resilience;

import java.util.List;
import java.util.OptionalLong;

/** The shares that providers had in the attempts of a run, in windows of a 60th of it. */
final class Traffic {
  private static final double LEFT = 0.1;
  private static final double BACK = 0.5;
  private static final int LEAST_ATTEMPTS = 5;
  private static final int WINDOWS = 60;
  private static final int STEPS = 10;

  private final Plan plan;
  private final List<Outage> outages;
  private final List<Attempt> attempts;
  private final long startedAt;
  private final long width;
  private final long step;

  Traffic(Plan plan, List<Outage> outages, List<Attempt> attempts, long startedAt) {
    this.plan = plan;
    this.outages = List.copyOf(outages);
    this.attempts = List.copyOf(attempts);
    this.startedAt = startedAt;
    this.width = plan.duration().toMillis() / WINDOWS;
    this.step = Math.max(1, width / STEPS);
  }

  /** How many were begun at a provider while it failed. */
  long attemptsAtFailing() {
    return attempts.stream()
        .filter(
            attempt ->
                outages.stream()
                    .anyMatch(
                        outage ->
                            outage.plugins().contains(attempt.provider())
                                && outage.covers(attempt.beganAtMillis() - startedAt)))
        .count();
  }

  /**
   * How long after its begin whom the outage befell was left: from then on until its end fewer than
   * one in ten attempts went there.
   */
  OptionalLong left(Outage outage) {
    if (plan.scenario().isTotal()) {
      return OptionalLong.empty();
    }
    for (long at = outage.beginMillis(); at + width <= outage.endMillis(); at += step) {
      double rest = share(outage.plugins(), at, outage.endMillis() - at);
      if (rest >= 0 && rest < LEFT && share(outage.plugins(), at, width) < LEFT) {
        return OptionalLong.of(at - outage.beginMillis());
      }
    }
    return OptionalLong.empty();
  }

  /**
   * How long after its end they had half of their former share again; after a total outage, until
   * half as many mails were sent as fell due.
   */
  OptionalLong recovered(Outage outage) {
    long last = plan.duration().toMillis();
    double before = share(outage.plugins(), 0, outages.get(0).beginMillis());
    for (long at = outage.endMillis(); at + width <= last; at += step) {
      if (plan.scenario().isTotal()
          ? sentIn(at) >= BACK * plan.perSecond() * width / 1000
          : share(outage.plugins(), at, width) >= BACK * before) {
        return OptionalLong.of(at - outage.endMillis());
      }
    }
    return OptionalLong.empty();
  }

  /** -1 if there is too little to tell. */
  private double share(List<String> providers, long from, long length) {
    int all = 0;
    int theirs = 0;
    for (Attempt attempt : attempts) {
      long at = attempt.beganAtMillis() - startedAt;
      if (at >= from && at < from + length) {
        all++;
        if (providers.contains(attempt.provider())) {
          theirs++;
        }
      }
    }
    return all < LEAST_ATTEMPTS ? -1 : (double) theirs / all;
  }

  private long sentIn(long from) {
    return attempts.stream()
        .filter(Attempt::sent)
        .map(attempt -> attempt.beganAtMillis() - startedAt)
        .filter(at -> at >= from && at < from + width)
        .count();
  }
}
