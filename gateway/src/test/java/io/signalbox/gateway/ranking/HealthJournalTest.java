package io.signalbox.gateway.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.ledger.ProviderLedger;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the table of health is told, and when. */
class HealthJournalTest {
  private static final long NOW = 1_800_000_000_000L;

  private final HealthBook book =
      new HealthBook(ConfigLoader.load(Optional.empty(), Map.of(), Map.of()).scoring(), 1);
  private final SlowLedger ledger = new SlowLedger();
  private final HealthJournal journal = new HealthJournal(ledger);

  @Test
  void theLastWordWaitsForWhatIsBeingWrittenAndTellsTheRest() {
    book.update(ProviderStates.active("alpha", 1));
    sent(2);
    journal.write(book.all(), List.of(), NOW);
    sent(3);
    Future<Void> closed = journal.close(book.all(), List.of(), NOW + 1);

    assertThat(ledger.told).containsExactly("alpha 2");
    ledger.answers.remove(0).complete();
    assertThat(ledger.told).containsExactly("alpha 2", "alpha 3");
    assertThat(closed.isComplete()).isFalse();
    ledger.answers.remove(0).complete();
    assertThat(closed.succeeded()).isTrue();
  }

  @Test
  void whatCouldNotBeStoredIsToldWithTheLastWord() {
    book.update(ProviderStates.active("alpha", 1));
    sent(2);
    journal.write(book.all(), List.of(), NOW);
    sent(3);
    Future<Void> closed = journal.close(book.all(), List.of(), NOW + 1);
    ledger.answers.remove(0).fail("disk full");
    ledger.answers.remove(0).complete();

    assertThat(ledger.told).containsExactly("alpha 2", "alpha 5");
    assertThat(closed.succeeded()).isTrue();
  }

  @Test
  void whoIsThereIsToldOnceForEachChangeAndAgainIfItFailed() {
    journal.keepOnly(Set.of("alpha", "beta"), NOW);
    ledger.answers.remove(0).complete();
    journal.keepOnly(Set.of("beta", "alpha"), NOW + 1);
    journal.keepOnly(Set.of("alpha"), NOW + 2);
    ledger.answers.remove(0).fail("busy");
    journal.keepOnly(Set.of("alpha"), NOW + 3);

    assertThat(ledger.told).containsExactly("[alpha, beta]", "[alpha]", "[alpha]");
  }

  @Test
  void aStartWithoutAnyProviderIsToldToo() {
    journal.keepOnly(Set.of(), NOW);
    ledger.answers.remove(0).complete();
    journal.keepOnly(Set.of(), NOW + 1);

    assertThat(ledger.told).containsExactly("[]");
  }

  @Test
  void whoSharesTheLedgerTellsItAgainEveryMinute() {
    ledger.alone = false;
    for (int i = 0; i < 4; i++) {
      journal.keepOnly(Set.of("alpha"), NOW + i * 30_000L);
      ledger.answers.forEach(answer -> answer.tryComplete());
    }

    assertThat(ledger.told).containsExactly("[alpha]", "[alpha]");
  }

  private void sent(int times) {
    for (int i = 0; i < times; i++) {
      book.observe(new Observed("alpha", Channel.SMS, OutcomeKind.SENT, null, 20, NOW));
    }
  }

  /** Answers when the test says so. */
  private static final class SlowLedger implements ProviderLedger {
    final List<String> told = new ArrayList<>();
    boolean alone = true;
    final List<Promise<Void>> answers = new ArrayList<>();

    @Override
    public Future<Set<String>> drained() {
      return Future.succeededFuture(Set.of());
    }

    @Override
    public Future<Void> drain(String provider, boolean drained, String actor, long nowMillis) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> recordHealth(List<HealthRow> rows) {
      rows.forEach(row -> told.add(row.provider() + " " + row.successes()));
      return answer();
    }

    @Override
    public Future<Boolean> recordAbsent(Set<String> present, long nowMillis) {
      told.add(present.stream().sorted().toList().toString());
      return answer().map(done -> alone);
    }

    private Future<Void> answer() {
      Promise<Void> promise = Promise.promise();
      answers.add(promise);
      return promise.future();
    }
  }
}
