package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.ledger.Decision;
import io.signalbox.gateway.ledger.Decision.Excluded;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.scoring.Choice;
import io.signalbox.scoring.Exclusion;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.scoring.Selection;
import io.signalbox.scoring.SelectionStrategy;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the provider of the next attempt from the newest rankings and the board.
 *
 * <p>In one round each provider is tried at most once. A half-open provider that waits for its
 * trial gets the next notification that is not urgent; otherwise the strategy chooses.
 * Thread-confined.
 */
final class ProviderChooser {
  private static final String HALF_OPEN_TRIAL = "half_open_trial";

  private final ProviderBoard board;
  private final Map<Channel, Selection> selections = new EnumMap<>(Channel.class);
  private Map<Channel, ChannelRanking> rankings = Map.of();

  ProviderChooser(
      ProviderBoard board, SelectionStrategy strategy, double exploration, RandomGenerator random) {
    this.board = board;
    for (Channel channel : Channel.values()) {
      selections.put(channel, new Selection(strategy, exploration, random));
    }
  }

  void rankings(Map<Channel, ChannelRanking> newest) {
    this.rankings = newest;
  }

  /**
   * What can be done for the notification now: its own channel first, then its fallback channels.
   */
  Plan plan(WorkItem item, long nowMillis) {
    SendNotification notification = item.notification();
    Plan first = plan(item, notification.channel(), nowMillis);
    if (!(first instanceof Plan.NobodyLeft nobody)) {
      return first;
    }
    long availableAt = nobody.availableAtMillis();
    for (Channel fallback : notification.fallbackChannels()) {
      Plan plan = plan(item, fallback, nowMillis);
      if (!(plan instanceof Plan.NobodyLeft none)) {
        return plan;
      }
      availableAt = Math.min(availableAt, none.availableAtMillis());
    }
    return new Plan.NobodyLeft(availableAt, nobody.reason());
  }

  private Plan plan(WorkItem item, Channel channel, long nowMillis) {
    Recipient recipient = item.notification().recipientFor(channel);
    SuppressionReason suppressed = item.suppressed().get(channel);
    if (suppressed != null) {
      return new Plan.NobodyLeft(Long.MAX_VALUE, suppressed.failure());
    }
    ChannelRanking ranking = rankings.get(channel);
    if (recipient == null || ranking == null) {
      return new Plan.NobodyLeft(Long.MAX_VALUE, "no_provider");
    }
    BoardEntry trial = trialCandidate(item, channel, ranking, nowMillis);
    if (trial != null) {
      return attempt(trial, channel, recipient, ranking, HALF_OPEN_TRIAL, List.of());
    }
    Choice choice =
        selection(channel)
            .choose(
                ranking.ranking(),
                provider -> reasonAgainst(provider, item, channel, nowMillis),
                item.attempts().isEmpty() && item.notification().provider() == null);
    BoardEntry chosen = choice.provider() == null ? null : board.find(choice.provider());
    if (chosen != null) {
      String rule = choice.rule().name().toLowerCase(Locale.ROOT);
      return attempt(chosen, channel, recipient, ranking, rule, choice.exclusions());
    }
    BoardEntry busy = soonestFree(choice.exclusions());
    if (busy != null) {
      return new Plan.WaitForPermit(busy);
    }
    return new Plan.NobodyLeft(
        board.earliestAvailableMillis(channel, nowMillis), summary(choice.exclusions()));
  }

  /** Of the providers that are only busy, the one that gave a permit back last; null if none is. */
  private @Nullable BoardEntry soonestFree(List<Exclusion> exclusions) {
    BoardEntry soonest = null;
    for (Exclusion exclusion : exclusions) {
      boolean onlyBusy = BoardEntry.isWorthWaiting(exclusion.reason());
      BoardEntry entry = onlyBusy ? board.find(exclusion.provider()) : null;
      if (entry != null
          && (soonest == null || entry.lastFreedAtMillis() > soonest.lastFreedAtMillis())) {
        soonest = entry;
      }
    }
    return soonest;
  }

  private Selection selection(Channel channel) {
    Selection selection = selections.get(channel);
    if (selection == null) {
      throw new IllegalStateException("no selection for " + channel);
    }
    return selection;
  }

  private @Nullable BoardEntry trialCandidate(
      WorkItem item, Channel channel, ChannelRanking ranking, long nowMillis) {
    if (item.notification().priority() == Priority.URGENT) {
      return null;
    }
    for (RankedCandidate candidate : ranking.ranking().candidates()) {
      BoardEntry entry = board.find(candidate.provider());
      if (entry != null
          && entry.wantsTrial(nowMillis)
          && reasonAgainst(candidate.provider(), item, channel, nowMillis) == null) {
        return entry;
      }
    }
    return null;
  }

  private @Nullable String reasonAgainst(
      String provider, WorkItem item, Channel channel, long nowMillis) {
    String pinned = item.notification().provider();
    if (pinned != null && !pinned.equals(provider)) {
      return "not_the_pinned_provider";
    }
    for (PastAttempt past : item.attempts()) {
      if (past.round() == item.round()
          && past.channel() == channel
          && past.provider().equals(provider)) {
        return "already_tried";
      }
    }
    BoardEntry entry = board.find(provider);
    if (entry == null || !entry.state().channels().contains(channel)) {
      return "gone";
    }
    return entry.reasonAgainst(nowMillis);
  }

  private static Plan.Try attempt(
      BoardEntry entry,
      Channel channel,
      Recipient recipient,
      ChannelRanking ranking,
      String rule,
      List<Exclusion> exclusions) {
    List<Excluded> excluded = new ArrayList<>(exclusions.size());
    for (Exclusion exclusion : exclusions) {
      excluded.add(new Excluded(exclusion.provider(), exclusion.reason()));
    }
    return new Plan.Try(
        entry, channel, recipient, new Decision(ranking.snapshot(), rule, excluded));
  }

  private static String summary(List<Exclusion> exclusions) {
    if (exclusions.isEmpty()) {
      return "no_provider";
    }
    StringBuilder text = new StringBuilder();
    for (Exclusion exclusion : exclusions) {
      if (!text.isEmpty()) {
        text.append(", ");
      }
      text.append(exclusion.provider()).append(": ").append(exclusion.reason());
    }
    return text.toString();
  }
}
