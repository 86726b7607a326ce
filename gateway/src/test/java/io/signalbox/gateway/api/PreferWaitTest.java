package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreferWaitTest {
  @Test
  void readsWhatIsPreferredAndLeavesTheRestAlone() {
    assertThat(PreferWait.of(List.of())).isEqualTo(PreferWait.LONGEST);
    assertThat(PreferWait.of(List.of("wait=5"))).isEqualTo(Duration.ofSeconds(5));
    assertThat(PreferWait.of(List.of("respond-async, Wait=\"10\"; x=1")))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(PreferWait.of(List.of("return=minimal", "wait=0"))).isEqualTo(Duration.ZERO);
    assertThat(PreferWait.of(List.of("respond-async"))).isEqualTo(Duration.ZERO);
    for (String odd :
        List.of("wait=", "wait=-1", "wait=99999999999", "wait=1.5", "handling=lenient")) {
      assertThat(PreferWait.of(List.of(odd))).as(odd).isEqualTo(PreferWait.LONGEST);
    }
  }
}
