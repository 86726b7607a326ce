package io.signalbox.gateway.degradation;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.LedgerStats;
import org.junit.jupiter.api.Test;

class LedgerWatchTest {
  private final LedgerWatch watch = new LedgerWatch();

  private void look(long millis, long commits, long failed, int waiting) {
    watch.look(new LedgerStats(commits, 0, failed, waiting, 0, 7_000_000, 0), millis);
  }

  @Test
  void aFailedCommitCountsUntilOneSucceeds() {
    look(0, 5, 0, 0);
    assertThat(watch.trouble(0)).isEmpty();
    look(250, 5, 1, 0);
    assertThat(watch.trouble(250)).isEqualTo("commits fail");
    look(500, 6, 1, 0);
    assertThat(watch.trouble(500)).isEmpty();
  }

  @Test
  void aFailedCommitCountsForTenSecondsIfNobodyTriesAgain() {
    look(0, 5, 0, 0);
    look(1_000, 5, 1, 0);
    look(11_000, 5, 1, 0);
    assertThat(watch.trouble(11_000)).isEqualTo("commits fail");
    assertThat(watch.trouble(11_001)).isEmpty();
  }

  @Test
  void failuresOfLongAgoAreNotNews() {
    look(0, 5, 3, 0);
    assertThat(watch.trouble(0)).isEmpty();
  }

  @Test
  void changesThatWaitWithoutAnyCommitAreStuck() {
    look(0, 5, 0, 0);
    look(1_000, 6, 0, 9);
    assertThat(watch.commitMillis()).isEqualTo(7);
    look(31_000, 6, 0, 9);
    assertThat(watch.commitMillis()).isEqualTo(30_000);
    assertThat(watch.trouble(31_000)).isEmpty();
    look(31_001, 6, 0, 9);
    assertThat(watch.trouble(31_001)).isEqualTo("changes wait and nothing is committed");
    look(31_250, 7, 0, 9);
    assertThat(watch.trouble(31_250)).isEmpty();
  }

  @Test
  void anIdleLedgerIsNotSlow() {
    look(0, 5, 0, 0);
    look(90_000, 5, 0, 0);
    assertThat(watch.commitMillis()).isZero();
    assertThat(watch.trouble(90_000)).isEmpty();
  }
}
