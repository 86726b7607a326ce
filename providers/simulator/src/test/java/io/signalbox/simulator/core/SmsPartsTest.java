package io.signalbox.simulator.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmsPartsTest {

  @Test
  void countsSeptetsOrUtf16Units() {
    assertThat(SmsParts.count("")).isEqualTo(1);
    assertThat(SmsParts.count("x".repeat(160))).isEqualTo(1);
    assertThat(SmsParts.count("x".repeat(161))).isEqualTo(2);
    assertThat(SmsParts.count("x".repeat(307))).isEqualTo(3);
    assertThat(SmsParts.count("€".repeat(81))).isEqualTo(2);
    assertThat(SmsParts.count("я".repeat(70))).isEqualTo(1);
    assertThat(SmsParts.count("я".repeat(71))).isEqualTo(2);
  }
}
