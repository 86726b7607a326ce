package io.signalbox.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Messages are accepted one a second and delivered as each test says. */
class DeliveryRecordTest {
  private static final long BEGIN = 1_800_000_000_000L;
  private static final long SECOND = 1_000;

  private final DeliveryRecord record = new DeliveryRecord(5 * SECOND, 900 * SECOND);

  @Test
  void saysNothingOfAProviderThatReportsNoDeliveries() {
    for (int i = 0; i < 500; i++) {
      record.accepted(at(i));
    }
    assertThat(record.snapshot(at(100_000))).isEqualTo(DeliverySnapshot.UNKNOWN);
    assertThat(DeliverySnapshot.UNKNOWN.factor()).isEqualTo(1);
  }

  @Test
  void saysNothingBeforeTwentyDeliveries() {
    delivered(0, 19, SECOND);
    assertThat(record.snapshot(at(1_000))).isEqualTo(DeliverySnapshot.UNKNOWN);
    delivered(19, 1, SECOND);
    assertThat(record.snapshot(at(1_000)).judged()).isEqualTo(20);
  }

  @Test
  void lateBeginsAtTheProvidersOwnNinetyFifthPercentile() {
    delivered(0, 95, 8 * SECOND);
    delivered(95, 5, 60 * SECOND);
    // The first slot of the curve that holds 8 s ends at 100 ms x 1.25^20.
    DeliverySnapshot snapshot = record.snapshot(at(1_000));
    assertThat(snapshot.lateAfterMillis()).isEqualTo(8_674);
    assertThat(snapshot.medianMillis()).isEqualTo(8_674);
    // 95 in time and 5 late, which count half.
    assertThat(snapshot.share()).isEqualTo(0.975, within(1e-9));
    assertThat(snapshot.factor()).isEqualTo(1);
  }

  @Test
  void nothingIsLateBeforeTheLeastNorInTimeAfterTheMost() {
    delivered(0, 50, 200);
    assertThat(record.snapshot(at(100)).lateAfterMillis()).isEqualTo(5_000);
    DeliveryRecord slow = new DeliveryRecord(SECOND, 30 * SECOND);
    for (int i = 0; i < 50; i++) {
      slow.accepted(at(i));
      slow.delivered(at(i), at(i + 3_600));
    }
    assertThat(slow.snapshot(at(10_000)).lateAfterMillis()).isEqualTo(30_000);
  }

  @Test
  void aProviderThatAcceptsAndDeliversNothingAnyMoreLosesItsWholeFactor() {
    delivered(0, 200, SECOND);
    assertThat(record.snapshot(at(206)).share()).isEqualTo(1);
    for (int i = 200; i < 400; i++) {
      record.accepted(at(i));
    }
    // At second 306 those up to second 300 are older than 5 s; the newest 200 of them are judged.
    assertThat(record.snapshot(at(306)).share()).isEqualTo(99 / 200.0, within(1e-9));
    assertThat(record.snapshot(at(306)).factor()).isEqualTo(99 / 190.0, within(1e-9));
    assertThat(record.snapshot(at(406)).factor()).isZero();
  }

  @Test
  void aSuddenSlownessCostsHalfAndIsNotLearnedAtOnce() {
    delivered(0, 400, SECOND);
    delivered(400, 100, 60 * SECOND);
    delivered(500, 100, 60 * SECOND);
    DeliverySnapshot snapshot = record.snapshot(at(800));
    assertThat(snapshot.lateAfterMillis()).isEqualTo(5_000);
    assertThat(snapshot.share()).isEqualTo(0.5, within(1e-9));
    assertThat(snapshot.factor()).isEqualTo(0.5 / 0.95, within(1e-9));
  }

  @Test
  void recoversAsDeliveriesComeAgain() {
    delivered(0, 100, SECOND);
    for (int i = 100; i < 300; i++) {
      record.accepted(at(i));
    }
    assertThat(record.snapshot(at(310)).factor()).isZero();
    delivered(300, 200, SECOND);
    assertThat(record.snapshot(at(510)).factor()).isEqualTo(1);
  }

  @Test
  void whatTheRecipientIsToBlameForIsLeftOut() {
    delivered(0, 80, SECOND);
    for (int i = 80; i < 100; i++) {
      record.accepted(at(i));
      record.excused(at(i));
    }
    DeliverySnapshot snapshot = record.snapshot(at(200));
    assertThat(snapshot.judged()).isEqualTo(80);
    assertThat(snapshot.share()).isEqualTo(1);
  }

  @Test
  void whatIsNotOldEnoughCountsNeitherWay() {
    delivered(0, 100, SECOND);
    for (int i = 100; i < 105; i++) {
      record.accepted(at(i));
    }
    assertThat(record.snapshot(at(105)).share()).isEqualTo(1);
  }

  @Test
  void receiptsFindTheirSecondAlsoWhenClocksDifferALittle() {
    for (int i = 0; i < 40; i++) {
      record.accepted(at(10 * i));
      record.delivered(at(10 * i) - 1_500, at(10 * i + 1));
    }
    assertThat(record.snapshot(at(1_000)).share()).isEqualTo(1);
    record.delivered(at(100_000), at(100_001));
    assertThat(record.snapshot(at(200_000)).judged()).isEqualTo(40);
  }

  @Test
  void aReceiptThatComesBeforeItsMessageIsKnownCounts() {
    for (int i = 0; i < 40; i++) {
      // One of our own in the second before, of which we hear later.
      record.accepted(at(10 * i));
      record.delivered(at(10 * i + 1), at(10 * i + 2));
      record.accepted(at(10 * i + 1), 1);
      record.delivered(at(10 * i), at(10 * i + 3));
      record.delivered(at(10 * i + 5), at(10 * i + 6));
      record.accepted(at(10 * i + 5), 1);
    }
    assertThat(record.snapshot(at(1_000)).judged()).isEqualTo(120);
    assertThat(record.snapshot(at(1_000)).share()).isEqualTo(1);
  }

  @Test
  void theFactorMultipliesTheSuccessRateOfEveryPolicy() {
    DeliverySnapshot half = new DeliverySnapshot(200, 0.475, 5_000, 1_000);
    HealthSnapshot health = Candidates.health(100, 0, 1_000).with(half);
    assertThat(health.effectiveSuccessRate()).isEqualTo(0.5, within(1e-9));
    // 0.7 x 50 + 0.3 x 80
    assertThat(HealthScore.of(health, ScoreParameters.DEFAULT)).isEqualTo(59, within(1e-9));
    assertThat(ProviderStatus.of(health, 0.4, false, false)).isEqualTo(ProviderStatus.DEGRADED);
    Candidate candidate = Candidate.of("a", health, 1, 0, 10);
    // 0.4 x 59 + 0.3 x 100 + 0.2 x 80 + 0.1 x 100
    assertThat(Candidates.score(new WeightedPolicy(), candidate)).isEqualTo(79.6);
    // 50, and 10 for less than 2 s
    assertThat(Candidates.score(new AdjustedPolicy(), candidate)).isEqualTo(60);
    // under min_success_rate: half of the success rate
    assertThat(Candidates.score(new CheapestPolicy(), candidate)).isEqualTo(25);
  }

  @Test
  void aProviderThatReportsOnlyWhatWasOpenedIsNotJudged() {
    for (int i = 0; i < 500; i++) {
      record.accepted(at(i));
      if (i % 5 == 0) {
        record.seen(at(i));
      }
    }
    assertThat(record.snapshot(at(100_000))).isEqualTo(DeliverySnapshot.UNKNOWN);
  }

  @Test
  void whatWasOpenedCountsAsDeliveredOfOneThatReportsDeliveries() {
    delivered(0, 100, SECOND);
    for (int i = 100; i < 200; i++) {
      record.accepted(at(i));
      record.seen(at(i));
    }
    assertThat(record.snapshot(at(300)).share()).isEqualTo(1);
  }

  @Test
  void judgesAlsoWhenOnlyAnHourIsLate() {
    DeliveryRecord slow = new DeliveryRecord(SECOND, 3_600 * SECOND);
    for (int i = 0; i < 10_000; i++) {
      slow.accepted(at(i));
      if (i < 5_000) {
        slow.delivered(at(i), at(i + 3_590));
      }
    }
    // What was accepted after second 5,000 is overdue at second 8,700.
    assertThat(slow.snapshot(at(8_700)).lateAfterMillis()).isEqualTo(3_600_000);
    assertThat(slow.snapshot(at(8_600)).share()).isEqualTo(1);
    assertThat(slow.snapshot(at(9_200)).share()).isZero();
    assertThat(slow.snapshot(at(9_200)).judged()).isGreaterThanOrEqualTo(200);
  }

  @Test
  void whatNobodyListenedForIsLetGoAndTheRestCounts() {
    delivered(0, 100, SECOND);
    for (int i = 100; i < 200; i++) {
      record.accepted(at(i));
    }
    assertThat(record.misses(at(100), at(104))).isFalse();
    assertThat(record.misses(at(100), at(110))).isTrue();

    record.unheard(at(100), at(199));
    assertThat(record.misses(at(100), at(300))).isFalse();
    // A receipt that comes after all is of a message that does not count any more.
    record.delivered(at(150), at(151));
    assertThat(record.snapshot(at(300)).judged()).isEqualTo(100);
    assertThat(record.snapshot(at(300)).share()).isEqualTo(1);
  }

  @Test
  void refusesLimitsThatCannotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DeliveryRecord(0, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> new DeliveryRecord(5, 4));
  }

  private void delivered(int from, int count, long tookMillis) {
    for (int i = from; i < from + count; i++) {
      record.accepted(at(i));
      record.delivered(at(i), at(i) + tookMillis);
    }
  }

  private static long at(int second) {
    return BEGIN + second * SECOND;
  }
}
