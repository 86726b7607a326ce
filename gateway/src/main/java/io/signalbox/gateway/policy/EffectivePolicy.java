package io.signalbox.gateway.policy;

import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.OnUnknown;
import io.signalbox.spi.intake.SendNotification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides about one notification, with nothing left open. Times are milliseconds.
 *
 * @param name the policy that counts its duplicates: the one it names, else that of its type, else
 *     that of its channel, else {@link #DEFAULT_NAME}
 * @param onUnknown what follows an unknown outcome
 * @param unknownFailoverAfterMillis how long {@code failover} waits for a receipt
 * @param unknownWaitMillis how long {@code wait} waits for a receipt
 * @param confirmWithinMillis fail over if no receipt says delivered in this time; 0 for never
 * @param fallbackChannels channels to try after its own, in order
 * @param provider the only provider to use; null for a free choice
 * @param maxAttempts how many attempts it may take, throttled ones not counted
 * @param maxRounds how many rounds over all candidates
 * @param attemptTimeoutMillis how long one attempt may take; 0 for the provider's own timeout
 * @param channelTimeoutMillis how long one channel may be tried; 0 for no limit
 * @param notificationTimeoutMillis how long all of it may take; 0 for no limit
 * @param windowMillis no further round begins later than this after the acceptance
 * @param retryBaseMillis longest wait before the second round
 * @param retryMaxMillis longest wait between rounds
 * @param duplicateBudget share of the policy's notifications that may be sent twice, 0 to 1; null
 *     for no limit
 * @param failoverOnRejected whether a refusal for good is tried at the next provider
 * @param halfOpenTrials whether it may be the trial of a half-open provider
 * @param sources where each value comes from
 */
public record EffectivePolicy(
    String name,
    OnUnknown onUnknown,
    long unknownFailoverAfterMillis,
    long unknownWaitMillis,
    long confirmWithinMillis,
    List<Channel> fallbackChannels,
    @Nullable String provider,
    int maxAttempts,
    int maxRounds,
    long attemptTimeoutMillis,
    long channelTimeoutMillis,
    long notificationTimeoutMillis,
    long windowMillis,
    long retryBaseMillis,
    long retryMaxMillis,
    @Nullable Double duplicateBudget,
    boolean failoverOnRejected,
    boolean halfOpenTrials,
    PolicySources sources) {

  /** The name where no policy applies. */
  public static final String DEFAULT_NAME = "default";

  /** Copies the list. */
  public EffectivePolicy {
    fallbackChannels = List.copyOf(fallbackChannels);
  }

  /** Those of the fallback channels that a notification has an address and a text for. */
  public List<Channel> fallbackChannelsOf(SendNotification notification) {
    for (Channel channel : fallbackChannels) {
      if (!canCarry(channel, notification)) {
        return fallbackChannels.stream().filter(each -> canCarry(each, notification)).toList();
      }
    }
    return fallbackChannels;
  }

  private static boolean canCarry(Channel channel, SendNotification notification) {
    return notification.recipientFor(channel) != null
        && (channel == Channel.EMAIL || notification.content().message() != null);
  }
}
