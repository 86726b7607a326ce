package io.signalbox.gateway.policy;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.spi.intake.Priority;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Policies for tests. */
public final class SamplePolicies {
  private SamplePolicies() {}

  /** The defaults of the default configuration. */
  public static PolicyDefaults defaults() {
    GatewayConfig config = ConfigLoader.load(Optional.empty(), Map.of(), Map.of());
    return new PolicyDefaults(config.dispatch(), config.unknown());
  }

  /** A policy that applies only where it is named. */
  public static RoutingPolicy policy(String name, Map<String, String> values) {
    return new RoutingPolicy(name, name + ".yaml", Set.of(), Set.of(), values);
  }

  /** What applies to mail of normal priority under a policy of these values. */
  public static EffectivePolicy effective(Map<String, String> values) {
    return effective(Priority.NORMAL, values);
  }

  /** What applies to mail under a policy of these values. */
  public static EffectivePolicy effective(Priority priority, Map<String, String> values) {
    RoutingPolicy policy = policy("sample", values);
    return new PolicyResolver(new Policies(List.of(policy)), defaults())
        .effective(policy, priority);
  }
}
