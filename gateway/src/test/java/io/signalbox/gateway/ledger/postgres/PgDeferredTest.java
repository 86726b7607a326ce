package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is sent, and in which order it takes effect, {@code PostgresContractTest} shows. */
class PgDeferredTest {
  private static final PgText BEGIN = PgText.of("UPDATE a SET b = 1 WHERE id = ?");
  private static final PgText END = PgText.of("UPDATE a SET b = 2 WHERE id = ?");
  private static final PgText ELSEWHERE = PgText.of("UPDATE c SET b = 2 WHERE id = ?");

  private final PgDeferred deferred = new PgDeferred();

  @Test
  void equalChangesOfDifferentKeysAreOneStatement() {
    for (long key = 0; key < 20; key += 2) {
      add(BEGIN, key);
      add(END, key + 1);
    }

    assertThat(deferred.statements()).isEqualTo(2);
  }

  @Test
  void changesOfOneKeyKeepTheirOrder() {
    add(BEGIN, 1L);
    add(END, 1L);
    add(BEGIN, 1L);
    assertThat(deferred.statements()).isEqualTo(3);

    add(END, 2L);
    assertThat(deferred.statements()).isEqualTo(3);
    add(END, 1L);
    assertThat(deferred.statements()).isEqualTo(4);
  }

  @Test
  void nothingGoesBeforeWhatMayConcernEveryKey() {
    add(BEGIN, 1L);
    add(END, null);
    add(BEGIN, 2L);
    assertThat(deferred.statements()).isEqualTo(3);

    add(END, null);
    assertThat(deferred.statements()).isEqualTo(4);
  }

  @Test
  void tablesDoNotSeeEachOther() {
    add(BEGIN, null);
    add(ELSEWHERE, null);
    add(BEGIN, null);

    assertThat(deferred.statements()).isEqualTo(2);
  }

  private void add(PgText text, @Nullable Long key) {
    deferred.add(text, new @Nullable Object[] {key}, new PgKinds(1), key);
  }
}
