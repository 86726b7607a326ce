package io.signalbox.simulator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class ReceivedLogTest {

  @Test
  void keepsTheNewestAndCountsAll() {
    ReceivedLog log = new ReceivedLog(Clock.systemUTC(), 3, 1_000_000);
    for (int i = 0; i < 10; i++) {
      log.add("r", null, "id-" + i, "t", true);
    }
    assertThat(log.count()).isEqualTo(10);
    assertThat(log.firstKept()).isEqualTo(7);
    assertThat(log.page(0, 100)).hasSize(3);
    assertThat(log.page(9, 100)).hasSize(1);
    assertThat(new String(log.page(8, 1).get(0), StandardCharsets.UTF_8)).contains("id-8");
  }

  @Test
  void staysWithinItsBytes() {
    ReceivedLog log = new ReceivedLog(Clock.systemUTC(), 1000, 2000);
    for (int i = 0; i < 100; i++) {
      log.add("r", "ref", "id-" + i, "x".repeat(10_000), i % 2 == 0);
    }
    assertThat(log.page(0, 1000).size()).isBetween(1, 7);
    assertThat(log.count()).isEqualTo(100);
  }
}
