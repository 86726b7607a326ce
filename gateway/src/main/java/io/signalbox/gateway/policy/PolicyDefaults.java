package io.signalbox.gateway.policy;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.preferences.ChannelPreferences;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.OnUnknown;
import io.signalbox.spi.intake.Priority;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What counts where no routing policy says anything: the configuration, and the priority. */
public final class PolicyDefaults {
  private static final PolicySources NOBODY = new PolicySources(Set.of(), Map.of());

  private final GatewayConfig.Dispatch dispatch;
  private final GatewayConfig.Unknown unknown;
  private final @Nullable Preferences preferences;

  /** Makes the defaults of a configuration. */
  public PolicyDefaults(GatewayConfig.Dispatch dispatch, GatewayConfig.Unknown unknown) {
    this(dispatch, unknown, null);
  }

  private PolicyDefaults(
      GatewayConfig.Dispatch dispatch,
      GatewayConfig.Unknown unknown,
      @Nullable Preferences preferences) {
    this.dispatch = dispatch;
    this.unknown = unknown;
    this.preferences = preferences;
  }

  /** The same defaults with what operators prefer: rounds, and the wait between them. */
  PolicyDefaults with(Preferences newest) {
    return new PolicyDefaults(dispatch, unknown, newest);
  }

  /**
   * The policy of a notification to which none applies.
   *
   * @param channel null for what the configuration says, whatever operators prefer
   */
  EffectivePolicy of(@Nullable Channel channel, Priority priority) {
    ChannelPreferences preferred =
        preferences == null || channel == null ? null : preferences.of(channel);
    long retryBase =
        preferred == null ? dispatch.retryBase().toMillis() : preferred.retryBaseMillis();
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
        preferred == null ? dispatch.maxRounds() : preferred.maxRounds(),
        0,
        0,
        0,
        dispatch.window().toMillis(),
        retryBase,
        Math.max(retryBase, dispatch.retryMax().toMillis()),
        null,
        false,
        !urgent,
        NOBODY);
  }
}
