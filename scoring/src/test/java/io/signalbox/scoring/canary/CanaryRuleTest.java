package io.signalbox.scoring.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CanaryRuleTest {
  private static final CanaryRule RULE = new CanaryRule(60_000, 50);

  private static CanaryVerdict judge(
      int attempts, int bad, int canaryAttempts, int canaryBad, int seconds) {
    return RULE.judge(
        new Tally(attempts, bad), new Tally(canaryAttempts, canaryBad), seconds * 1_000L);
  }

  /** Fisher's own table: a lady tells three of four cups. */
  @Test
  void theChanceIsThatOfFishersTable() {
    assertThat(CanaryRule.chanceIfAlike(new Tally(4, 1), new Tally(4, 3)))
        .isCloseTo(17.0 / 70, within(1e-12));
    assertThat(CanaryRule.chanceIfAlike(new Tally(4, 0), new Tally(4, 4)))
        .isCloseTo(1.0 / 70, within(1e-12));
    assertThat(CanaryRule.chanceIfAlike(Tally.NONE, new Tally(9, 9))).isEqualTo(1);
    assertThat(CanaryRule.chanceIfAlike(new Tally(9, 9), Tally.NONE)).isEqualTo(1);
  }

  /** 200 of 1000 against 100 of 1000, whose normal approximation is 6.3 standard deviations. */
  @Test
  void largeCountsNeitherOverflowNorVanish() {
    assertThat(CanaryRule.chanceIfAlike(new Tally(1_000, 100), new Tally(1_000, 200)))
        .isBetween(1e-11, 1e-9);
    assertThat(CanaryRule.chanceIfAlike(new Tally(900_000, 9_000), new Tally(100_000, 1_000)))
        .isBetween(0.45, 0.56);
  }

  @Test
  void aCanaryThatFailsIsRolledBackAtOnce() {
    assertThat(judge(30, 0, 3, 3, 2)).isEqualTo(CanaryVerdict.ROLL_BACK);
    assertThat(judge(300, 3, 30, 30, 2)).isEqualTo(CanaryVerdict.ROLL_BACK);
  }

  @Test
  void oneFailureIsNoProof() {
    assertThat(judge(9, 0, 1, 1, 1)).isEqualTo(CanaryVerdict.GO_ON);
    assertThat(judge(450, 0, 50, 1, 60)).isEqualTo(CanaryVerdict.PROMOTE);
  }

  @Test
  void whereEverythingFailsTheCanaryIsNoWorse() {
    assertThat(judge(450, 450, 50, 50, 60)).isEqualTo(CanaryVerdict.PROMOTE);
  }

  @Test
  void aGoodCanaryIsPromotedWhenItsTimeIsOverAndItHadEnoughAttempts() {
    assertThat(judge(450, 2, 50, 0, 59)).isEqualTo(CanaryVerdict.GO_ON);
    assertThat(judge(440, 2, 49, 0, 60)).isEqualTo(CanaryVerdict.GO_ON);
    assertThat(judge(450, 2, 50, 0, 60)).isEqualTo(CanaryVerdict.PROMOTE);
    assertThat(judge(5, 0, 1, 0, 600)).isEqualTo(CanaryVerdict.PROMOTE);
  }

  @Test
  void aSlowlyWorseOneIsFoundAtTheEnd() {
    assertThat(judge(450, 9, 50, 6, 59)).isEqualTo(CanaryVerdict.GO_ON);
    assertThat(judge(450, 9, 50, 6, 60)).isEqualTo(CanaryVerdict.ROLL_BACK);
  }

  /** 400 trials of a version that is as good as the one before, looked at each second. */
  @Test
  void oneThatIsAlikeIsSeldomRolledBack() {
    SplittableRandom random = new SplittableRandom(20_261_122);
    int rolledBack = 0;
    for (int trial = 0; trial < 400; trial++) {
      long[] counts = new long[4];
      CanaryVerdict verdict = CanaryVerdict.GO_ON;
      for (int second = 1; verdict == CanaryVerdict.GO_ON; second++) {
        for (int i = 0; i < 20; i++) {
          int side = random.nextInt(10) == 0 ? 2 : 0;
          counts[side]++;
          counts[side + 1] += random.nextInt(20) == 0 ? 1 : 0;
        }
        verdict =
            RULE.judge(
                new Tally(counts[0], counts[1]), new Tally(counts[2], counts[3]), second * 1_000L);
      }
      rolledBack += verdict == CanaryVerdict.ROLL_BACK ? 1 : 0;
    }
    assertThat(rolledBack).isLessThan(16);
  }
}
