package io.signalbox.gateway.policy;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.spi.intake.OnUnknown;
import io.signalbox.spi.intake.Priority;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What counts where no routing policy says anything: the configuration, and the priority. */
public final class PolicyDefaults {
  private static final PolicySources NOBODY = new PolicySources(Set.of(), Map.of());

  private final GatewayConfig.Dispatch dispatch;
  private final GatewayConfig.Unknown unknown;

  /** Makes the defaults of a configuration. */
  public PolicyDefaults(GatewayConfig.Dispatch dispatch, GatewayConfig.Unknown unknown) {
    this.dispatch = dispatch;
    this.unknown = unknown;
  }

  /** The policy of a notification to which none applies. */
  EffectivePolicy of(Priority priority) {
    boolean urgent = priority == Priority.URGENT;
    return new EffectivePolicy(
        EffectivePolicy.DEFAULT_NAME,
        urgent ? OnUnknown.FAILOVER : OnUnknown.WAIT,
        unknown.failoverAfter().toMillis(),
        unknown.waitFor().toMillis(),
        0,
        List.of(),
        null,
        dispatch.maxAttempts(),
        dispatch.maxRounds(),
        0,
        0,
        0,
        dispatch.window().toMillis(),
        dispatch.retryBase().toMillis(),
        dispatch.retryMax().toMillis(),
        null,
        false,
        !urgent,
        NOBODY);
  }
}
