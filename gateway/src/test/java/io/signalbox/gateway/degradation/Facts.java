package io.signalbox.gateway.degradation;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.Backlog;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.LaneKind;
import io.signalbox.gateway.spool.SpoolStatus;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Facts for tests: all is well unless said otherwise. */
final class Facts {
  static final long NOW = 1_800_000_000_000L;
  static final GatewayConfig CONFIG = config(Map.of());
  static final GatewayFacts WELL =
      new GatewayFacts("", 3, 10L << 30, 0, false, false, SpoolStatus.NONE, "");
  static final ProviderFacts GOOD = new ProviderFacts("good", true, null, false);
  static final ProviderFacts SPARE = new ProviderFacts("spare", true, null, false);
  static final ProviderFacts OPEN = new ProviderFacts("open", false, "breaker_open", false);
  static final ProviderFacts DRAINED = new ProviderFacts("drained", false, "draining", false);
  static final ProviderFacts TRIAL = new ProviderFacts("trial", true, "breaker_half_open", false);
  static final ProviderFacts FAILING =
      new ProviderFacts("failing", true, "4 of 10 attempts failed", true);

  private Facts() {}

  static GatewayConfig config(Map<String, String> settings) {
    return ConfigLoader.load(Optional.empty(), Map.of(), settings);
  }

  static ChannelFacts channel(Channel channel, ProviderFacts... providers) {
    return new ChannelFacts(channel, List.of(providers), 0, 0, 0, List.of(), NOW);
  }

  static ChannelFacts attempts(int attempts, int failures, int fallbacks) {
    return new ChannelFacts(
        Channel.EMAIL, List.of(GOOD), attempts, failures, fallbacks, List.of(), NOW);
  }

  static ChannelFacts waiting(Priority priority, LaneKind kind, long ageMillis) {
    Lane lane = new Lane(Channel.EMAIL, priority, kind);
    return new ChannelFacts(
        Channel.EMAIL,
        List.of(GOOD),
        0,
        0,
        0,
        List.of(new Backlog(lane, 7, 0, NOW - ageMillis)),
        NOW);
  }
}
