package io.signalbox.gateway.preferences;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.PreferenceKey;
import io.signalbox.gateway.ledger.PreferenceSet;
import io.signalbox.scoring.ScoreParameters;
import io.signalbox.scoring.ScorePolicy;
import io.signalbox.scoring.ScoreWeights;
import io.signalbox.scoring.SelectionStrategy;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one channel, with nothing left open.
 *
 * @param preferredProvider the provider that goes first while it is usable, or null
 * @param fallbackEnabled whether another provider may be used than the preferred one, or the first
 * @param maxRounds how many rounds over all candidates; where no routing policy says otherwise
 * @param retryBaseMillis longest wait before the second round; likewise
 * @param policy how providers are scored
 * @param strategy how traffic follows the scores
 * @param parameters the numbers of the score
 */
public record ChannelPreferences(
    @Nullable String preferredProvider,
    boolean fallbackEnabled,
    int maxRounds,
    long retryBaseMillis,
    ScorePolicy policy,
    SelectionStrategy strategy,
    ScoreParameters parameters) {
  private static final double PERCENT = 100;

  /**
   * What is preferred, over the configuration.
   *
   * @param usualPolicy the name of the score policy where none is preferred
   */
  static ChannelPreferences of(
      PreferenceSet preferred,
      String usualPolicy,
      GatewayConfig.Scoring scoring,
      GatewayConfig.Dispatch dispatch) {
    String policy = preferred.text(PreferenceKey.POLICY);
    String strategy = preferred.text(PreferenceKey.STRATEGY);
    return new ChannelPreferences(
        preferred.text(PreferenceKey.PREFERRED_PROVIDER),
        preferred.flag(PreferenceKey.FALLBACK_ENABLED, true),
        1 + (int) preferred.whole(PreferenceKey.RETRY_ATTEMPTS, dispatch.maxRounds() - 1L),
        preferred.whole(PreferenceKey.RETRY_DELAY_MS, dispatch.retryBase().toMillis()),
        ScorePolicy.named(policy == null ? usualPolicy : policy),
        SelectionStrategy.valueOf(
            (strategy == null ? scoring.strategy() : strategy).toUpperCase(Locale.ROOT)),
        parameters(preferred, scoring));
  }

  private static ScoreParameters parameters(
      PreferenceSet preferred, GatewayConfig.Scoring scoring) {
    return new ScoreParameters(
        preferred.whole(PreferenceKey.MAX_RESPONSE_TIME_MS, scoring.maxResponseTime().toMillis()),
        preferred.number(PreferenceKey.MIN_SUCCESS_RATE, PERCENT * scoring.minSuccessRate())
            / PERCENT,
        preferred.number(
                PreferenceKey.HEALTH_SUCCESS_SHARE,
                PERCENT * ScoreParameters.DEFAULT.healthSuccessShare())
            / PERCENT,
        weights(preferred));
  }

  private static ScoreWeights weights(PreferenceSet preferred) {
    if (preferred.get(PreferenceKey.HEALTH_WEIGHT) == null || preferred.weightsProblem() != null) {
      return ScoreWeights.DEFAULT;
    }
    return new ScoreWeights(
        preferred.number(PreferenceKey.HEALTH_WEIGHT, 0) / PERCENT,
        preferred.number(PreferenceKey.PRIORITY_WEIGHT, 0) / PERCENT,
        preferred.number(PreferenceKey.RESPONSE_WEIGHT, 0) / PERCENT,
        preferred.number(PreferenceKey.LOAD_WEIGHT, 0) / PERCENT);
  }
}
