package io.signalbox.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0,PT0S",
    "30,PT30S",
    "' 30 ',PT30S",
    "999999999999999999,PT1H",
    "'Thu, 01 Jan 2026 00:00:20 GMT',PT20S",
    "'Wed, 31 Dec 2025 23:59:00 GMT',PT0S",
    "'Fri, 01 Jan 2027 00:00:00 GMT',PT1H"
  })
  void readsSecondsAndDatesWithinBounds(String header, Duration expected) {
    assertThat(RetryAfter.parse(header, NOW)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1.5", "9999999999999999999999", "Thu, 99 Jan 2026"})
  void takesNothingElse(String header) {
    assertThat(RetryAfter.parse(header, NOW)).isEmpty();
  }

  @Test
  void missingHeaderSaysNothing() {
    assertThat(RetryAfter.parse(null, NOW)).isEmpty();
    assertThat(RetryAfter.parseEpochSecond(null, NOW)).isEmpty();
  }

  @Test
  void readsAnEpochSecondWithinBounds() {
    assertThat(RetryAfter.parseEpochSecond("1767225610", NOW)).contains(Duration.ofSeconds(10));
    assertThat(RetryAfter.parseEpochSecond("1", NOW)).contains(Duration.ZERO);
    assertThat(RetryAfter.parseEpochSecond("999999999999", NOW)).contains(RetryAfter.MAX);
    assertThat(RetryAfter.parseEpochSecond("x", NOW)).isEmpty();
  }
}
