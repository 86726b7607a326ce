package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.trail.MoveMeter;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;

/** Counts what dispatch does. Called on the dispatcher's context; must return at once. */
public interface DispatchMeter extends MoveMeter {

  /** An attempt began although an earlier one may have reached the recipient. */
  void possibleDuplicate(String provider);

  /** A notification was not sent again, because its policy's duplicate budget is spent. */
  void duplicateBudgetSpent(String policy);

  /** The share of a policy's notifications that was sent twice in the last hour. */
  void duplicateShare(String policy, double share);

  /**
   * Another provider is tried, because no receipt has confirmed what was sent.
   *
   * @param provider who had sent it
   */
  void confirmationFailover(String provider);

  /** An outcome led to another provider at once. */
  void failover(String fromProvider, String toProvider, OutcomeKind outcome);

  /**
   * An attempt began on a fallback channel.
   *
   * @param suppressed whether the recipient is on the asked channel's suppression list
   */
  void fallbackChannel(Channel asked, Channel used, boolean suppressed);

  /** An attempt did not begin, because its recipient is on the channel's suppression list. */
  void suppressed(Channel channel, SuppressionReason reason);

  /** The work on a notification ended, as far as it depends on us. */
  void finished(NotificationState state);

  /**
   * Work was found that nobody did, and is done again.
   *
   * @param kind attempt, notification or kept_aside
   */
  void stalled(String kind, int count);

  /** A provider took a notification that was to go at once, for the first time. */
  void sent(Lane lane, NotificationId id, TraceContext trace);

  /** A notification was put off to another round. */
  void retry(Channel channel);
}
