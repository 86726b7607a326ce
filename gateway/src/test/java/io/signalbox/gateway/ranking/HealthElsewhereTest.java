package io.signalbox.gateway.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.gateway.bus.HealthMessages.HealthElsewhere;
import io.signalbox.gateway.bus.HealthMessages.HealthNews;
import io.signalbox.gateway.bus.ProviderMessages.ProviderReset;
import io.signalbox.gateway.bus.ScoringMessages.Deliveries;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.DeliveryNews;
import io.signalbox.gateway.ledger.DeliveryNews.Verdict;
import io.signalbox.gateway.ledger.PastResult;
import io.signalbox.scoring.HealthSnapshot;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes tell each other of a provider makes the same health everywhere. */
class HealthElsewhereTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long SECOND = 1_000;
  private static final int NODES = 3;

  private final GatewayConfig config = ConfigLoader.load(Optional.empty(), Map.of(), Map.of());
  private final List<HealthBook> books =
      IntStream.range(0, NODES)
          .mapToObj(node -> new HealthBook(config.scoring(), 1_000 + node))
          .toList();

  /** Told by a node, and not yet read by the others. */
  private record Told(int from, HealthNews news) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void allNodesHaveTheSameHealthInWhateverOrderTheyHear(long seed) {
    Random random = new Random(seed);
    begin();
    List<List<Told>> toRead = new ArrayList<>();
    books.forEach(book -> toRead.add(new ArrayList<>()));
    for (int i = 0; i < 600; i++) {
      int node = random.nextInt(NODES);
      long at = NOW + i * 100L + node * 400L; // clocks that do not agree
      observe(node, random.nextInt(3) == 0 ? OutcomeKind.TRANSIENT : OutcomeKind.SENT, at, i);
      if (random.nextInt(10) == 0) {
        Told told = new Told(node, books.get(node).takeNews());
        toRead.forEach(each -> each.add(told));
        read(random.nextInt(NODES), toRead, random);
      }
      if (i == 300) {
        books.get(0).reset(new ProviderReset("a"), at);
      }
    }
    for (int node = 0; node < NODES; node++) {
      Told told = new Told(node, books.get(node).takeNews());
      toRead.forEach(each -> each.add(told));
    }
    for (int node = 0; node < NODES; node++) {
      read(node, toRead, random);
    }

    HealthSnapshot first = health(0);
    assertThat(first.attempts()).isEqualTo(config.scoring().window());
    assertThat(List.of(health(1), health(2))).as("seed %d", seed).containsOnly(first);
  }

  @Test
  void receiptsThatReachAnotherNodeThanTheSenderBlameNobody() {
    begin();
    for (int i = 0; i < 100; i++) {
      long at = NOW + i * SECOND;
      observe(0, OutcomeKind.SENT, at, 20);
      // Node 1 hears before it knows of the message.
      books.get(1).hear(new Deliveries(List.of(delivered(at, at + 300))));
    }
    exchange();
    for (int node = 0; node < NODES; node++) {
      assertThat(deliveredShare(node, NOW + 200 * SECOND)).as("node %d", node).isEqualTo(1);
    }
  }

  @Test
  void whoIsCutOffDoesNotJudgeWhatItCannotHear() {
    begin();
    for (int i = 0; i < 100; i++) {
      long at = NOW + i * SECOND;
      observe(0, OutcomeKind.SENT, at, 20);
      books.get(1).hear(new Deliveries(List.of(delivered(at, at + 300))));
    }
    exchange();
    books.get(0).connected(false, NOW + 100 * SECOND);
    for (int i = 100; i < 200; i++) {
      observe(0, OutcomeKind.SENT, NOW + i * SECOND, 20);
      if (i % 4 == 0) {
        // A few come here, so that it is not deaf.
        books.get(0).hear(new Deliveries(List.of(delivered(NOW + i * SECOND, NOW + i * SECOND))));
      }
    }
    assertThat(deliveredShare(0, NOW + 300 * SECOND)).isEqualTo(1);
    books.get(0).connected(true, NOW + 300 * SECOND);
    assertThat(deliveredShare(0, NOW + 300 * SECOND)).isEqualTo(1);

    for (int i = 300; i < 600; i++) {
      long at = NOW + i * SECOND;
      observe(0, OutcomeKind.SENT, at, 20);
      if (i % 2 == 0) {
        books.get(0).hear(new Deliveries(List.of(delivered(at, at + 300))));
      }
    }
    assertThat(deliveredShare(0, NOW + 700 * SECOND)).isEqualTo(0.5, within(0.02));
  }

  @Test
  void onlyItsOwnAttemptsAreCountedForTheTableOfHealth() {
    begin();
    observe(0, OutcomeKind.SENT, NOW, 20);
    observe(1, OutcomeKind.TRANSIENT, NOW, 20);
    observe(1, OutcomeKind.TRANSIENT, NOW + 1, 20);
    exchange();

    ProviderHealth first = books.get(0).all().iterator().next();
    assertThat(first.snapshot().attempts()).isEqualTo(3);
    assertThat(first.counts()).isEqualTo(new ProviderHealth.Counts(1, 0));
  }

  @Test
  void whatTheLedgerToldAtTheStartIsNotCountedAgain() {
    HealthBook restarted = new HealthBook(config.scoring(), 77);
    begin();
    List<PastResult> ledger = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      observe(0, OutcomeKind.SENT, NOW + i, 20);
      if (i < 40) {
        ledger.add(new PastResult("a", Channel.SMS, OutcomeKind.SENT, 20, NOW + i, null));
      }
    }
    restarted.remember(ledger, List.of());
    restarted.update(ProviderStates.active("a", 1));
    restarted.elsewhere(new HealthElsewhere(books.get(0).takeNews().slices()));

    assertThat(restarted.all().iterator().next().snapshot()).isEqualTo(health(0));
  }

  private void begin() {
    for (HealthBook book : books) {
      book.update(ProviderStates.active("a", 1));
      book.share();
    }
  }

  private void exchange() {
    for (int from = 0; from < NODES; from++) {
      HealthElsewhere news = new HealthElsewhere(books.get(from).takeNews().slices());
      for (int to = 0; to < NODES; to++) {
        if (to != from) {
          books.get(to).elsewhere(news);
        }
      }
    }
  }

  private void read(int node, List<List<Told>> toRead, Random random) {
    List<Told> all = toRead.get(node);
    Collections.shuffle(all, random);
    for (Told told : all) {
      if (told.from() != node) {
        books.get(node).elsewhere(new HealthElsewhere(told.news().slices()));
      }
    }
    all.clear();
  }

  private void observe(int node, OutcomeKind outcome, long at, long tookMillis) {
    books.get(node).observe(new Observed("a", Channel.SMS, outcome, null, tookMillis, at));
  }

  private HealthSnapshot health(int node) {
    return books.get(node).all().iterator().next().snapshot();
  }

  private double deliveredShare(int node, long nowMillis) {
    return books.get(node).candidates(Channel.SMS, nowMillis).get(0).health().delivery().share();
  }

  private static DeliveryNews delivered(long acceptedAt, long deliveredAt) {
    return new DeliveryNews(
        "a", Channel.SMS, acceptedAt, Verdict.DELIVERED, deliveredAt, deliveredAt, false);
  }
}
