package io.signalbox.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.signalbox.gateway.model.NotificationState;
import org.junit.jupiter.api.Test;

class GatewayMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final GatewayMeters meters = new GatewayMeters(registry);

  private double finished(NotificationState state) {
    return registry
        .get("signalbox.notifications.finished")
        .tag("state", state.wireName())
        .functionCounter()
        .count();
  }

  @Test
  void whatMovesOnStandsOnlyWhereItIsNow() {
    meters.work().finished(NotificationState.SENT, 3);
    meters.work().moved(NotificationState.SENT, NotificationState.DELIVERED);
    meters.work().moved(NotificationState.SENT, NotificationState.FAILED);
    meters.work().moved(NotificationState.PROCESSING, NotificationState.DELIVERED);

    assertThat(meters.work().standingIn(NotificationState.SENT)).isEqualTo(1);
    assertThat(meters.work().standingIn(NotificationState.DELIVERED)).isEqualTo(2);
    assertThat(meters.work().standingIn(NotificationState.FAILED)).isEqualTo(1);
    assertThat(finished(NotificationState.SENT)).isEqualTo(3);
    assertThat(finished(NotificationState.DELIVERED)).isEqualTo(2);
    assertThat(finished(NotificationState.FAILED)).isEqualTo(1);
  }

  @Test
  void deadLettersThatArePutBackStandNowhereUntilTheyEndAgain() {
    meters.work().finished(NotificationState.DEAD_LETTER, 3);
    meters.work().moved(NotificationState.DEAD_LETTER, NotificationState.QUEUED, 2);
    meters.work().finished(NotificationState.SENT);

    assertThat(meters.work().standingIn(NotificationState.DEAD_LETTER)).isEqualTo(1);
    assertThat(meters.work().standingIn(NotificationState.SENT)).isEqualTo(1);
    assertThat(finished(NotificationState.DEAD_LETTER)).isEqualTo(3);
  }

  @Test
  void openStatesAreNoEnds() {
    meters.work().moved(NotificationState.DEAD_LETTER, NotificationState.QUEUED);

    assertThat(meters.work().standingIn(NotificationState.DEAD_LETTER)).isEqualTo(-1);
    assertThat(meters.work().standingIn(NotificationState.QUEUED)).isZero();
  }
}
