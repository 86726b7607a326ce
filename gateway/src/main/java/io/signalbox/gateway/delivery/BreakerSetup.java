package io.signalbox.gateway.delivery;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.loader.ProviderDefinition;
import io.signalbox.scoring.breaker.BreakerLinter;
import io.signalbox.scoring.breaker.BreakerSettings;
import io.signalbox.scoring.breaker.BreakerTraffic;
import java.util.List;

/** The numbers of a provider's breaker, from the configuration and the provider's file. */
public final class BreakerSetup {
  private BreakerSetup() {}

  /** What the breaker decides by. */
  static BreakerSettings settings(GatewayConfig config, ProviderDefinition definition) {
    GatewayConfig.Breaker settings = config.breaker();
    return new BreakerSettings(
        settings.failureThreshold(),
        BreakerSettings.DEFAULT.minimumFailureRate(),
        settings.failureRate(),
        settings.minimumCalls(),
        settings.window().toMillis(),
        settings.recoveryTimeout().toMillis(),
        settings.maxRecoveryTimeout().toMillis(),
        settings.successesToClose(),
        settings.halfOpenTrials(),
        definition.timeout().toMillis() + BreakerSettings.DEFAULT.trialTimeoutMillis());
  }

  /** What cannot work in it, a sentence each that begins with the key. */
  public static List<String> warnings(GatewayConfig config, ProviderDefinition definition) {
    BreakerTraffic traffic =
        new BreakerTraffic(
            definition.limits().maxPerSecond(),
            definition.limits().burst(),
            definition.limits().maxConcurrent(),
            definition.timeout().toMillis(),
            config.dispatch().window().toMillis());
    return BreakerLinter.lint(settings(config, definition), traffic).stream()
        .map(finding -> finding.key() + " " + finding.text())
        .toList();
  }
}
