package io.signalbox.gateway.offers;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.OfferLedger.OfferSync;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SyncPlanTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final Duration INTERVAL = Duration.ofHours(6);
  private static final long SHORTEST = INTERVAL.toMillis() / 10 * 9;
  private static final long LONGEST = INTERVAL.toMillis() / 10 * 11;

  @Test
  void whoWasNeverAskedIsDueAndThenAtTheIntervalMoreOrLess() {
    Set<Long> times = new TreeSet<>();
    for (int seed = 0; seed < 20; seed++) {
      SyncPlan plan = plan(seed);
      assertThat(plan.due(Set.of("a"), NOW)).contains("a");
      plan.done("a", NOW);
      assertThat(plan.due(Set.of("a"), NOW + SHORTEST - 1)).isEmpty();
      assertThat(plan.due(Set.of("a"), NOW + LONGEST)).contains("a");
      times.add(firstDue(plan));
    }
    assertThat(times).as("they spread").hasSizeGreaterThan(10);
  }

  @Test
  void aRestartAsksNobodyAgainBeforeItsTime() {
    SyncPlan plan = plan(1, new OfferSync("a", NOW, 3, true));
    assertThat(plan.due(Set.of("a"), NOW + SHORTEST - 1)).isEmpty();
    assertThat(plan.due(Set.of("a", "b"), NOW)).contains("b");
    assertThat(plan.due(Set.of("a"), NOW + LONGEST)).contains("a");
  }

  @Test
  void aFailureIsTriedAgainSoonerAndWhoWaitedLongestGoesFirst() {
    SyncPlan plan = plan(1);
    plan.failed("a", NOW);
    plan.done("b", NOW - LONGEST - Duration.ofHours(1).toMillis());
    long after = SyncPlan.AFTER_FAILURE.toMillis();
    assertThat(plan.due(Set.of("a"), NOW + after / 10 * 9 - 1)).isEmpty();
    assertThat(plan.due(Set.of("a"), NOW + after / 10 * 11)).contains("a");
    assertThat(plan.due(Set.of("a", "b"), NOW + after / 10 * 11)).contains("b");
  }

  @Test
  void whoHasBeenGoneForAWeekIsForgotten() {
    long week = SyncPlan.KEPT_WITHOUT_PROVIDER.toMillis();
    SyncPlan plan = plan(1, new OfferSync("a", NOW, 3, true), new OfferSync("b", NOW, 3, true));
    assertThat(plan.gone(Set.of("a"), NOW + week)).isEmpty();
    assertThat(plan.gone(Set.of("a"), NOW + week + 1)).contains("b");
    plan.forget("b");
    assertThat(plan.gone(Set.of("a"), NOW + week + 1)).isEmpty();
  }

  private static long firstDue(SyncPlan plan) {
    long early = NOW + SHORTEST - 1;
    long late = NOW + LONGEST;
    while (late - early > 1) {
      long middle = (early + late) / 2;
      if (plan.due(Set.of("a"), middle).isPresent()) {
        late = middle;
      } else {
        early = middle;
      }
    }
    return late;
  }

  private static SyncPlan plan(long seed, OfferSync... past) {
    return new SyncPlan(List.of(past), INTERVAL, new Random(seed));
  }
}
