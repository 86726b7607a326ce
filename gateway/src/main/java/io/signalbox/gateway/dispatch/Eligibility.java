package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.ProviderAbilities;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.gateway.preferences.ChannelPreferences;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.scoring.Exclusions;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.scoring.Ranking;
import io.signalbox.spi.Channel;
import io.signalbox.spi.MailOptions;
import io.signalbox.spi.OutcomeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says why a provider cannot take a notification on a channel now: what its policy, the operator,
 * its own history, what it asks for and the board have against it. Changes nothing.
 * Thread-confined.
 */
final class Eligibility {
  /** The reason against one that was tried in this round. */
  static final String ALREADY_TRIED = "already_tried";

  private static final String NOT_PINNED = "not_the_pinned_provider";
  private static final String FALLBACK_DISABLED = "fallback_disabled";
  private static final String REFUSED_BEFORE = "refused_before";

  private final ProviderBoard board;
  private final DrillRules drills;
  private Preferences preferences;

  Eligibility(ProviderBoard board, DrillRules drills, Preferences preferences) {
    this.board = board;
    this.drills = drills;
    this.preferences = preferences;
  }

  void preferences(Preferences newest) {
    this.preferences = newest;
  }

  /** What speaks against each provider of a ranking. */
  Exclusions against(
      WorkItem item, EffectivePolicy policy, Channel channel, Ranking ranking, long nowMillis) {
    String only = onlyProvider(item, channel, ranking);
    return provider -> reasonAgainst(provider, only, item, policy, channel, nowMillis);
  }

  /** Whether a provider is out of the question for that reason, however well it works. */
  static boolean isBarred(String reason) {
    return reason.equals(NOT_PINNED)
        || reason.equals(FALLBACK_DISABLED)
        || reason.equals(DrillRules.NOT_IN_DRILL)
        || ProviderAbilities.isLack(reason)
        || reason.equals(REFUSED_BEFORE);
  }

  /** Whether the reason is that it has refused the notification for good. */
  static boolean isRefusal(String reason) {
    return reason.equals(REFUSED_BEFORE);
  }

  /**
   * The one provider that may be used where an operator has disabled the fallback to others: the
   * preferred one, else the one that had the first attempt of this round, else the one with most of
   * the traffic. Null where all may be used.
   */
  private @Nullable String onlyProvider(WorkItem item, Channel channel, Ranking ranking) {
    ChannelPreferences preferred = preferences.of(channel);
    if (preferred.fallbackEnabled() || ranking.candidates().isEmpty()) {
      return null;
    }
    String wanted = preferred.preferredProvider();
    if (wanted != null && ranking.find(wanted) != null) {
      return wanted;
    }
    for (PastAttempt past : item.attempts()) {
      if (past.round() == item.round()
          && past.channel() == channel
          && ranking.find(past.provider()) != null) {
        return past.provider();
      }
    }
    return most(item.notification().mail(), channel, ranking.candidates()).provider();
  }

  /** The one with most of the traffic of those that can do what is asked, if any can. */
  private RankedCandidate most(
      @Nullable MailOptions asked, Channel channel, List<RankedCandidate> candidates) {
    RankedCandidate most = candidates.get(0);
    boolean able = lack(most.provider(), asked, channel) == null;
    for (RankedCandidate candidate : candidates) {
      boolean also = lack(candidate.provider(), asked, channel) == null;
      if (also == able ? candidate.share() > most.share() : also) {
        most = candidate;
        able = also;
      }
    }
    return most;
  }

  private @Nullable String lack(String provider, @Nullable MailOptions asked, Channel channel) {
    BoardEntry entry = asked == null ? null : board.find(provider);
    return entry == null ? null : lack(entry, asked, channel);
  }

  /** What it cannot do of what is asked, which nearly always is nothing. */
  private static @Nullable String lack(
      BoardEntry entry, @Nullable MailOptions asked, Channel channel) {
    return asked == null || channel != Channel.EMAIL ? null : entry.state().abilities().lack(asked);
  }

  private @Nullable String reasonAgainst(
      String provider,
      @Nullable String only,
      WorkItem item,
      EffectivePolicy policy,
      Channel channel,
      long nowMillis) {
    String pinned = policy.provider();
    if (pinned != null && !pinned.equals(provider)) {
      return NOT_PINNED;
    }
    if (pinned == null && only != null && !only.equals(provider)) {
      return FALLBACK_DISABLED;
    }
    String tried = triedBefore(provider, item, channel);
    if (tried != null) {
      return tried;
    }
    BoardEntry entry = board.find(provider);
    if (entry == null || !entry.state().channels().contains(channel)) {
      return "gone";
    }
    String lack = lack(entry, item.notification().mail(), channel);
    if (lack != null) {
      return lack;
    }
    if (!drills.isIdle()) {
      if (drills.bars(provider, item.notification(), nowMillis)) {
        return DrillRules.NOT_IN_DRILL;
      }
      if (pinned == null && drills.withholds(provider, item.id(), nowMillis)) {
        return DrillRules.WITHHELD;
      }
    }
    return entry.reasonAgainst(nowMillis);
  }

  /** In one round each is tried once; one that refused for good is never tried again. */
  private static @Nullable String triedBefore(String provider, WorkItem item, Channel channel) {
    String tried = null;
    for (PastAttempt past : item.attempts()) {
      if (past.channel() != channel || !past.provider().equals(provider)) {
        continue;
      }
      if (past.outcome() == OutcomeKind.REJECTED && past.round() != PastAttempt.BEFORE_REPLAY) {
        return REFUSED_BEFORE;
      }
      if (past.round() == item.round() && past.outcome() != OutcomeKind.THROTTLED) {
        tried = ALREADY_TRIED;
      }
    }
    return tried;
  }
}
