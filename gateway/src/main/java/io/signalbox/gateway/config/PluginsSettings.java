package io.signalbox.gateway.config;

import io.signalbox.loader.check.PluginTrust;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The plugins folder.
 *
 * @param dir jars and provider files
 * @param trust which jars may run
 * @param checkTimeout how long a provider's self-check may take
 * @param retryInterval when a replacement whose self-check failed is tried again; doubles
 * @param drainTimeout how long a replaced or removed provider may end what it has begun
 * @param canary the trial of a replacement
 * @param changes how plugins are changed over HTTP
 * @param literalSecrets whether secrets may stand in provider files themselves
 * @param blockedAfter how long a provider's thread may be busy before it counts as blocked
 * @param blockedLimit how long it may be blocked before the provider is stopped
 * @param unloadProof how long collections of unloaded classes are waited for; zero never asks
 */
public record PluginsSettings(
    Path dir,
    PluginTrust trust,
    Duration checkTimeout,
    Duration retryInterval,
    Duration drainTimeout,
    Canary canary,
    PluginChanges changes,
    boolean literalSecrets,
    Duration blockedAfter,
    Duration blockedLimit,
    Duration unloadProof) {

  /**
   * The trial of a replacement.
   *
   * @param share of the provider's attempts that it gets, 0 to 0.5; 0 for no trial
   * @param duration how long it lasts at least
   * @param minAttempts how many attempts it has at least
   */
  public record Canary(double share, Duration duration, int minAttempts) {}
}
