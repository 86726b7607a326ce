package io.signalbox.scoring.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenBucketTest {

  @Test
  void letsABurstThroughAndThenTheRate() {
    TokenBucket bucket = new TokenBucket(10, 3, 0);

    assertThat(taken(bucket, 0)).isEqualTo(3);
    assertThat(taken(bucket, 99)).isZero();
    assertThat(taken(bucket, 100)).isEqualTo(1);
    assertThat(taken(bucket, 300)).isEqualTo(2);
  }

  @Test
  void neverHoldsMoreThanItsBurst() {
    TokenBucket bucket = new TokenBucket(10, 3, 0);

    assertThat(taken(bucket, 1_000_000)).isEqualTo(3);
  }

  @Test
  void lessThanOneInASecondIsPossible() {
    TokenBucket bucket = TokenBucket.ofSecond(0.5, 0);

    assertThat(taken(bucket, 0)).isEqualTo(1);
    assertThat(taken(bucket, 1_999)).isZero();
    assertThat(taken(bucket, 2_000)).isEqualTo(1);
  }

  @Test
  void timeThatGoesBackGivesNothing() {
    TokenBucket bucket = new TokenBucket(10, 1, 1_000);
    assertThat(bucket.take(1_000)).isTrue();

    assertThat(bucket.hasToken(0)).isFalse();
    assertThat(bucket.hasToken(1_050)).isFalse();
    assertThat(bucket.hasToken(1_100)).isTrue();
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThatThrownBy(() -> new TokenBucket(0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenBucket(Double.NaN, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenBucket(1, 0.5, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static int taken(TokenBucket bucket, long nowMillis) {
    int taken = 0;
    while (bucket.take(nowMillis)) {
      taken++;
    }
    return taken;
  }
}
