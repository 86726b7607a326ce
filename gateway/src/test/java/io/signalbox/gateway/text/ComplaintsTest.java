package io.signalbox.gateway.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
  private long millis = 1_700_000_000_000L;
  private final Complaints complaints = new Complaints(() -> millis);

  @Test
  void eachCauseIsNamedOnceAMinuteAndThenWithHowOftenItCame() {
    assertThat(complaints.count("a")).isEqualTo(1);
    for (int i = 0; i < 1_000; i++) {
      assertThat(complaints.count("a")).isZero();
    }
    assertThat(complaints.count("b")).isEqualTo(1);
    millis += 60_000;
    assertThat(complaints.count("a")).isEqualTo(1_001);
    assertThat(complaints.count("a")).isZero();
    assertThat(complaints.count("b")).isEqualTo(1);
  }

  @Test
  void causesOfLongAgoMakeRoomForOthers() {
    for (int i = 0; i < 100; i++) {
      complaints.count("old " + i);
      complaints.count("old " + i);
    }
    millis += 3_600_000;
    assertThat(complaints.count("new")).isEqualTo(1);
    assertThat(complaints.count("newer")).isEqualTo(1);
    assertThat(complaints.count("new")).isZero();
  }

  @Test
  void aClockThatIsSetBackSilencesNothing() {
    complaints.count("a");
    millis -= 3_600_000;
    assertThat(complaints.count("a")).isEqualTo(1);
  }

  @Test
  void manyCausesAtATimeAreOne() {
    List<String> named = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      if (complaints.count("cause " + i) > 0) {
        named.add("cause " + i);
      }
    }
    assertThat(named).hasSize(65);
  }
}
