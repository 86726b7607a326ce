package io.signalbox.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.callback.CallbackAnswer.Answered;
import io.signalbox.gateway.callback.CallbackAnswer.Unanswered;
import io.signalbox.gateway.callback.CallbackAnswer.Unsent;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostPatienceTest {
  private static final String PLACE = "https://example.org";
  private static final long NOW = 1_000_000;

  private final HostPatience patience = new HostPatience();

  @BeforeEach
  void isSilent() {
    for (int i = 0; i < 3; i++) {
      assertThat(patience.mayAsk(PLACE, NOW)).isTrue();
      patience.ended(PLACE, new Unanswered("timeout"), NOW);
    }
  }

  @Test
  void oneAtATimeAsksASilentPlace() {
    assertThat(patience.mayAsk(PLACE, NOW)).isTrue();
    assertThat(patience.mayAsk(PLACE, NOW)).isFalse();
    patience.ended(PLACE, new Unanswered("timeout"), NOW);
    assertThat(patience.mayAsk(PLACE, NOW)).isTrue();
    assertThat(patience.mayAsk(PLACE, NOW)).isFalse();
  }

  @Test
  void anAnswerEndsTheSilence() {
    assertThat(patience.mayAsk(PLACE, NOW)).isTrue();
    patience.ended(PLACE, new Answered(500, Duration.ZERO), NOW);
    assertThat(patience.mayAsk(PLACE, NOW)).isTrue();
    assertThat(patience.mayAsk(PLACE, NOW)).isTrue();
  }

  @Test
  void whatNeverAskedGivesTheTurnBackAndSaysNothingOfThePlace() {
    assertThat(patience.mayAsk(PLACE, NOW)).isTrue();
    patience.ended(PLACE, null, NOW);
    assertThat(patience.mayAsk(PLACE, NOW)).isTrue();
    patience.ended(PLACE, new Unsent(), NOW);
    assertThat(patience.mayAsk(PLACE, NOW)).isTrue();
    assertThat(patience.mayAsk(PLACE, NOW)).isFalse();
  }
}
