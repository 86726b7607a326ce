package io.signalbox.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.LedgerStats;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WriteWatchTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private long now;
  private long commits;
  private long refusedSince;
  private boolean refuses;
  private boolean busy;
  private int probes;

  private final WriteWatch watch = new WriteWatch(this::stats, this::probe, () -> now);

  private LedgerStats stats() {
    long refused = refusedSince == 0 ? 0 : now - refusedSince + 1;
    return new LedgerStats(commits, 0, 0, 0, 0, 0, refused);
  }

  private Future<Void> probe() {
    probes++;
    if (busy) {
      return Future.failedFuture(LedgerUnavailableException.busy("too many wait"));
    }
    if (refuses) {
      refusedSince = refusedSince == 0 ? now : refusedSince;
      return Future.failedFuture(
          new LedgerUnavailableException("attempt to write a readonly file"));
    }
    commits++;
    refusedSince = 0;
    return Future.succeededFuture();
  }

  private CheckReport lookAfter(long nanos) {
    now += nanos;
    return watch.look().result();
  }

  @Test
  void asksNothingWhileOthersWrite() {
    for (int i = 0; i < 20; i++) {
      commits++;
      assertThat(lookAfter(SECOND).status()).isEqualTo(CheckStatus.UP);
    }
    assertThat(probes).isZero();
  }

  @Test
  void asksNowAndThenWhereNobodyWrites() {
    for (int i = 0; i < 20; i++) {
      assertThat(lookAfter(SECOND).status()).isEqualTo(CheckStatus.UP);
    }
    assertThat(probes).isBetween(2, 4);
  }

  @Test
  void noticesARefusalWithoutAnybodyElseAndThatItIsOver() {
    lookAfter(SECOND);
    refuses = true;

    CheckReport report = lookAfter(WriteWatch.QUIET.toNanos());

    assertThat(report.status()).isEqualTo(CheckStatus.DOWN);
    assertThat(report.detail()).isEqualTo("changes are refused: attempt to write a readonly file");
    assertThat(report.figures().getLong(WriteWatch.REFUSED)).isEqualTo(1);
    report = lookAfter(3 * SECOND);
    assertThat(report.figures().getLong(WriteWatch.REFUSED))
        .isEqualTo(TimeUnit.SECONDS.toMillis(3));

    refuses = false;

    assertThat(lookAfter(SECOND).status()).isEqualTo(CheckStatus.UP);
    int asked = probes;
    lookAfter(SECOND);
    assertThat(probes).isEqualTo(asked);
  }

  @Test
  void whatOthersWereRefusedIsAskedForAtOnce() {
    commits++;
    lookAfter(SECOND);
    refusedSince = now;

    assertThat(lookAfter(SECOND).status()).isEqualTo(CheckStatus.UP);
    assertThat(probes).isEqualTo(1);
  }

  @Test
  void moreThanItCanDoIsNoRefusal() {
    lookAfter(SECOND);
    busy = true;

    assertThat(lookAfter(WriteWatch.QUIET.toNanos()).status()).isEqualTo(CheckStatus.UP);
  }
}
