package io.signalbox.gateway.replay;

import io.signalbox.gateway.config.ConfigMistake;
import io.signalbox.gateway.config.ConfigurationException;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.gateway.policy.Policies;
import io.signalbox.gateway.policy.PolicyDefaults;
import io.signalbox.gateway.policy.PolicyResolver;
import io.signalbox.gateway.policy.RoutingPolicy;
import io.signalbox.loader.ProviderDefinition;
import io.signalbox.loader.ProviderOutlines;
import io.signalbox.scoring.ScoreParameters;
import io.signalbox.scoring.ScorePolicy;
import io.signalbox.scoring.ScoreWeights;
import io.signalbox.scoring.SelectionStrategy;
import io.signalbox.scoring.breaker.BreakerSettings;
import io.signalbox.scoring.replay.Replay;
import io.signalbox.scoring.replay.ReplayPolicy;
import io.signalbox.scoring.replay.ReplayPolicy.OnUnknown;
import io.signalbox.scoring.replay.ReplayProvider;
import io.signalbox.scoring.replay.ReplayReport;
import io.signalbox.scoring.replay.ReplaySettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs what a ledger recorded through the policy of a file. */
public final class BackTest {
  private static final String NAME = "replay";
  private static final int WEIGHT = 100;
  private static final int CONCURRENT = 100;
  private static final long FOR_EVER_MILLIS = Long.MAX_VALUE / 4;

  private final GatewayConfig config;
  private final String source;
  private final ReplayFile.Content wanted;

  /**
   * Reads the file. Blocks.
   *
   * @throws ConfigurationException with all its mistakes
   */
  public BackTest(GatewayConfig config, Path file) {
    this(config, file.toString(), ReplayFile.read(file, config.scoring()));
  }

  private BackTest(GatewayConfig config, String source, ReplayFile.Content wanted) {
    this.config = config;
    this.source = source;
    this.wanted = wanted;
  }

  /**
   * Takes the text of such a file.
   *
   * @param name by which its mistakes are told
   * @throws ConfigurationException with all its mistakes
   */
  public static BackTest of(GatewayConfig config, String name, String text) {
    return new BackTest(config, name, ReplayFile.parse(name, text, config.scoring()));
  }

  /** Compares; the same past and seed give the same report. Takes a moment for a long past. */
  public ReplayReport run(RecordedPast past, long seed) {
    return Replay.run(past.notifications(), providers(past), policy(), settings(seed));
  }

  private List<ReplayProvider> providers(RecordedPast past) {
    Map<String, ProviderDefinition> files = providerFiles();
    List<ReplayProvider> providers = new ArrayList<>();
    for (RecordedPast.Known known : past.candidates()) {
      providers.add(
          provider(
              known,
              wanted.providers().getOrDefault(known.provider(), ReplayFile.Provider.AS_IT_IS),
              files.get(known.provider())));
    }
    return providers;
  }

  private static ReplayProvider provider(
      RecordedPast.Known known,
      ReplayFile.Provider supposed,
      @Nullable ProviderDefinition configured) {
    Double price = firstOf(supposed.price(), configured == null ? null : configured.price());
    Integer weight = firstOf(supposed.weight(), configured == null ? null : configured.weight());
    Integer concurrent =
        firstOf(
            supposed.maxConcurrent(),
            configured == null ? null : configured.limits().maxConcurrent());
    Integer priority = supposed.priority();
    return new ReplayProvider(
        known.provider(),
        known.channels(),
        priority == null ? known.priority() : priority,
        weight == null ? WEIGHT : weight,
        concurrent == null ? CONCURRENT : concurrent,
        price == null ? OptionalDouble.empty() : OptionalDouble.of(price));
  }

  private static <T> @Nullable T firstOf(@Nullable T wanted, @Nullable T otherwise) {
    return wanted == null ? otherwise : wanted;
  }

  /**
   * What the provider files say now, by id; those that have mistakes or are disabled say nothing.
   */
  private Map<String, ProviderDefinition> providerFiles() {
    Map<String, ProviderDefinition> found = new HashMap<>();
    if (config.sandbox().enabled()) {
      found.putAll(ProviderOutlines.read(config.sandbox().providersDir()));
    }
    found.putAll(ProviderOutlines.read(config.plugins().dir()));
    return found;
  }

  private ReplayPolicy policy() {
    ReplayFile.Scoring scoring = wanted.scoring();
    EffectivePolicy effective = effective();
    return new ReplayPolicy(
        ScorePolicy.named(scoring.policy()),
        parameters(scoring),
        SelectionStrategy.valueOf(scoring.strategy().toUpperCase(Locale.ROOT)),
        scoring.exploration(),
        effective.provider(),
        switch (effective.onUnknown()) {
          case FAILOVER, WAIT -> OnUnknown.FAILOVER;
          case STOP -> OnUnknown.STOP;
        },
        switch (effective.onUnknown()) {
          case FAILOVER -> effective.unknownFailoverAfterMillis();
          case WAIT -> effective.unknownWaitMillis();
          case STOP -> FOR_EVER_MILLIS;
        },
        effective.maxAttempts(),
        effective.maxRounds(),
        effective.retryBaseMillis(),
        effective.retryMaxMillis(),
        effective.windowMillis(),
        true);
  }

  /** The policy of the file over the configuration, for a notification of normal priority. */
  private EffectivePolicy effective() {
    RoutingPolicy routing = new RoutingPolicy(NAME, source, Set.of(), Set.of(), wanted.policy());
    return new PolicyResolver(
            new Policies(List.of(routing)), new PolicyDefaults(config.dispatch(), config.unknown()))
        .effective(routing);
  }

  private ScoreParameters parameters(ReplayFile.Scoring scoring) {
    List<Double> weights = scoring.weights();
    try {
      return new ScoreParameters(
          scoring.maxResponseTime().toMillis(),
          scoring.minSuccessRate(),
          ScoreParameters.DEFAULT.healthSuccessShare(),
          new ScoreWeights(weights.get(0), weights.get(1), weights.get(2), weights.get(3)));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          List.of(new ConfigMistake(source, "scoring.weights", String.valueOf(e.getMessage()))));
    }
  }

  private ReplaySettings settings(long seed) {
    GatewayConfig.Breaker breaker = config.breaker();
    return ReplaySettings.of(
        config.scoring().window(),
        new BreakerSettings(
            breaker.failureThreshold(),
            BreakerSettings.DEFAULT.minimumFailureRate(),
            breaker.failureRate(),
            breaker.minimumCalls(),
            breaker.window().toMillis(),
            breaker.recoveryTimeout().toMillis(),
            breaker.maxRecoveryTimeout().toMillis(),
            breaker.successesToClose(),
            breaker.halfOpenTrials(),
            BreakerSettings.DEFAULT.trialTimeoutMillis()),
        config.scoring().publishInterval().toMillis(),
        seed);
  }
}
