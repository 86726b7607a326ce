package io.signalbox.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import org.junit.jupiter.api.Test;

class MeterBridgeTest {
  private final GatewayMeters meters = new GatewayMeters(new SimpleMeterRegistry());

  private void ended(String provider, Channel channel, long tookMillis) {
    MeterBridge.count(
        meters.attempts(), new Observed(provider, channel, OutcomeKind.SENT, null, tookMillis, 1));
  }

  @Test
  void callsOfOperationsAreNoProgressOfNotificationsAndNotTheirTime() {
    ended("mail", Channel.EMAIL, 10);
    ended("numbers", Channel.NUMBER, 3_000);
    ended("calendar", Channel.BOOKING, 2_000);

    assertThat(meters.attempts().ended()).isEqualTo(1);
    assertThat(meters.attempts().meanMillis()).isEqualTo(10);
    assertThat(meters.attempts().totals("numbers").attempts()).isEqualTo(1);
    assertThat(meters.attempts().totals("calendar").tookMillis()).isEqualTo(2_000);
  }
}
