package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.ledger.Decision;
import io.signalbox.gateway.ledger.Decision.Excluded;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.gateway.preferences.ChannelPreferences;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.scoring.Choice;
import io.signalbox.scoring.Exclusion;
import io.signalbox.scoring.Exclusions;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.scoring.Ranking;
import io.signalbox.scoring.Selection;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Recipient;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the provider of the next attempt from the newest rankings and the board.
 *
 * <p>In one round each provider is tried at most once; one that had no capacity may be tried again
 * when it has cooled down. A half-open provider that waits for its trial gets the next notification
 * whose policy allows it; otherwise the strategy chooses. Thread-confined.
 */
final class ProviderChooser {
  private static final String HALF_OPEN_TRIAL = "half_open_trial";
  private static final String HALF_OPEN_LAST_RESORT = "half_open_last_resort";
  private static final String HALF_OPEN = "half_open";
  private static final String NOT_PINNED = "not_the_pinned_provider";
  private static final String ALREADY_TRIED = "already_tried";
  private static final String FALLBACK_DISABLED = "fallback_disabled";
  private static final String REFUSED_BEFORE = "refused_before";

  private final ProviderBoard board;
  private final DrillRules drills;
  private final Map<Channel, Selection> selections = new EnumMap<>(Channel.class);
  private Map<Channel, ChannelRanking> rankings = Map.of();
  private Preferences preferences;

  ProviderChooser(
      ProviderBoard board,
      DrillRules drills,
      Preferences preferences,
      double exploration,
      RandomGenerator random) {
    this.board = board;
    this.drills = drills;
    this.preferences = preferences;
    for (Channel channel : Channel.values()) {
      selections.put(channel, new Selection(exploration, random));
    }
  }

  void rankings(Map<Channel, ChannelRanking> newest) {
    this.rankings = newest;
  }

  void preferences(Preferences newest) {
    this.preferences = newest;
  }

  /**
   * What can be done for the notification now: its own channel first, then the fallback channels of
   * its policy.
   */
  Plan plan(WorkItem item, EffectivePolicy policy, long nowMillis) {
    Plan first = plan(item, policy, item.notification().channel(), nowMillis);
    if (!(first instanceof Plan.NobodyLeft nobody)) {
      return first;
    }
    Plan.NobodyLeft all = nobody;
    for (Channel fallback : policy.fallbackChannelsOf(item.notification())) {
      Plan plan = plan(item, policy, fallback, nowMillis);
      if (!(plan instanceof Plan.NobodyLeft none)) {
        return plan;
      }
      all = all.and(none);
    }
    return all;
  }

  private Plan plan(WorkItem item, EffectivePolicy policy, Channel channel, long nowMillis) {
    Recipient recipient = item.notification().recipientFor(channel);
    SuppressionReason suppressed = item.suppressed().get(channel);
    if (suppressed != null) {
      return Plan.NobodyLeft.never(suppressed.failure());
    }
    if (recipient == null) {
      return Plan.NobodyLeft.never("no_address");
    }
    if (Deadlines.isTooLate(item, policy, channel, nowMillis)) {
      return Plan.NobodyLeft.never("channel_deadline_over");
    }
    ChannelRanking ranking = rankings.get(channel);
    if (ranking == null) {
      return Plan.NobodyLeft.unforeseen("no_provider");
    }
    String only = onlyProvider(channel, ranking.ranking());
    Exclusions against =
        provider -> reasonAgainst(provider, only, item, policy, channel, nowMillis);
    BoardEntry steered = drills.isIdle() ? null : drills.steered(item, against, board, nowMillis);
    if (steered != null) {
      return new Plan.Try(
          steered, channel, recipient, decision(policy, ranking, DrillRules.STEERED, List.of()));
    }
    if (policy.halfOpenTrials()) {
      BoardEntry trial = trialCandidate(ranking.ranking(), against, nowMillis);
      if (trial != null) {
        return new Plan.Try(
            trial, channel, recipient, decision(policy, ranking, HALF_OPEN_TRIAL, List.of()));
      }
    }
    Exclusions open = policy.halfOpenTrials() ? against : sparingHalfOpen(against, nowMillis);
    Selection selection = selection(channel);
    Choice choice = selection.choose(ranking.ranking(), open, mayExplore(item, policy));
    if (choice.provider() == null && !drills.isIdle()) {
      // A drill costs no delivery: where nobody else can take it, nothing is withheld.
      Exclusions sparing = drills.sparing(item, open, board, nowMillis);
      choice = selection.choose(ranking.ranking(), sparing, false);
    }
    BoardEntry chosen = choice.provider() == null ? null : board.find(choice.provider());
    if (chosen != null) {
      String rule = choice.rule().name().toLowerCase(Locale.ROOT);
      return new Plan.Try(
          chosen, channel, recipient, decision(policy, ranking, rule, choice.exclusions()));
    }
    BoardEntry busy = soonestFree(choice.exclusions());
    if (busy != null) {
      return new Plan.WaitForPermit(busy);
    }
    BoardEntry lastResort = trialCandidate(ranking.ranking(), against, nowMillis);
    if (lastResort != null) {
      return new Plan.Try(
          lastResort,
          channel,
          recipient,
          decision(policy, ranking, HALF_OPEN_LAST_RESORT, choice.exclusions()));
    }
    return nobodyLeft(choice.exclusions(), nowMillis);
  }

  private Plan.NobodyLeft nobodyLeft(List<Exclusion> exclusions, long nowMillis) {
    if (isRefusedByAll(exclusions)) {
      return Plan.NobodyLeft.never(Plan.NobodyLeft.REJECTED);
    }
    long cooledAt = Long.MAX_VALUE;
    long availableAt = Long.MAX_VALUE;
    for (Exclusion exclusion : exclusions) {
      String reason = exclusion.reason();
      BoardEntry entry = board.find(exclusion.provider());
      if (entry == null || isBarred(reason) || reason.equals(ALREADY_TRIED)) {
        continue;
      }
      long entryAt = entry.availableAtMillis(nowMillis);
      availableAt = Math.min(availableAt, entryAt);
      if (reason.equals(BoardEntry.COOLING_DOWN)) {
        cooledAt = Math.min(cooledAt, entryAt);
      }
    }
    return new Plan.NobodyLeft(false, cooledAt, availableAt, summary(exclusions));
  }

  /** Whether a provider is out of the question, however well it works. */
  private static boolean isBarred(String reason) {
    return reason.equals(NOT_PINNED)
        || reason.equals(FALLBACK_DISABLED)
        || reason.equals(REFUSED_BEFORE);
  }

  /** Whether all who may have the notification have refused it for good. */
  private static boolean isRefusedByAll(List<Exclusion> exclusions) {
    boolean refused = false;
    for (Exclusion exclusion : exclusions) {
      if (!isBarred(exclusion.reason())) {
        return false;
      }
      refused |= exclusion.reason().equals(REFUSED_BEFORE);
    }
    return refused;
  }

  /** The newest ranking of a channel; null if there is none. */
  @Nullable ChannelRanking ranking(Channel channel) {
    return rankings.get(channel);
  }

  /**
   * Says what would be chosen now and changes nothing: no turn, no permit, no token.
   *
   * @param without providers that have been tried already, so to speak
   */
  Foresight preview(
      WorkItem item, EffectivePolicy policy, Channel channel, Set<String> without, long nowMillis) {
    ChannelRanking ranking = rankings.get(channel);
    if (ranking == null) {
      return new Foresight(null, "no_provider", List.of());
    }
    Exclusions against =
        provider ->
            without.contains(provider)
                ? ALREADY_TRIED
                : reasonAgainst(provider, item, policy, channel, nowMillis);
    BoardEntry trial =
        policy.halfOpenTrials() ? trialCandidate(ranking.ranking(), against, nowMillis) : null;
    if (trial != null) {
      return new Foresight(trial.state().provider(), HALF_OPEN_TRIAL, List.of());
    }
    Exclusions open = policy.halfOpenTrials() ? against : sparingHalfOpen(against, nowMillis);
    Choice choice = selection(channel).preview(ranking.ranking(), open);
    return new Foresight(choice.provider(), choice.rule().wireName(), choice.exclusions());
  }

  /**
   * What would be chosen.
   *
   * @param provider null if nobody would
   * @param rule that would choose
   */
  record Foresight(@Nullable String provider, String rule, List<Exclusion> exclusions) {}

  /** Why a provider cannot take a notification on a channel now; null if it can. */
  @Nullable String reasonAgainst(
      String provider, WorkItem item, EffectivePolicy policy, Channel channel, long nowMillis) {
    ChannelRanking ranking = rankings.get(channel);
    String only = ranking == null ? null : onlyProvider(channel, ranking.ranking());
    return reasonAgainst(provider, only, item, policy, channel, nowMillis);
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

  /** The first half-open provider that waits for a trial and may have this notification. */
  private @Nullable BoardEntry trialCandidate(Ranking ranking, Exclusions against, long nowMillis) {
    String only = usablePreferred(ranking);
    for (RankedCandidate candidate : ranking.candidates()) {
      BoardEntry entry = board.find(candidate.provider());
      if (entry != null
          && (only == null || only.equals(candidate.provider()))
          && entry.wantsTrial(nowMillis)
          && against.reasonAgainst(candidate.provider()) == null) {
        return entry;
      }
    }
    return null;
  }

  /**
   * Leaves half-open providers to those who may serve as a trial: others come to them only if there
   * is nobody else.
   */
  private Exclusions sparingHalfOpen(Exclusions against, long nowMillis) {
    return provider -> {
      String reason = against.reasonAgainst(provider);
      BoardEntry entry = reason == null ? board.find(provider) : null;
      return entry != null && entry.wantsTrial(nowMillis) ? HALF_OPEN : reason;
    };
  }

  /** The preferred provider if it is usable: then nobody else is given traffic for a trial. */
  private static @Nullable String usablePreferred(Ranking ranking) {
    String wanted = ranking.preferred();
    RankedCandidate preferred = wanted == null ? null : ranking.find(wanted);
    return preferred != null && preferred.usable() ? wanted : null;
  }

  /**
   * The one provider that may be used where an operator has disabled the fallback to others: the
   * preferred one, else the first that is usable, else the first. Null where all may be used.
   */
  private @Nullable String onlyProvider(Channel channel, Ranking ranking) {
    ChannelPreferences preferred = preferences.of(channel);
    if (preferred.fallbackEnabled() || ranking.candidates().isEmpty()) {
      return null;
    }
    String wanted = preferred.preferredProvider();
    if (wanted != null && ranking.find(wanted) != null) {
      return wanted;
    }
    for (RankedCandidate candidate : ranking.candidates()) {
      if (candidate.usable()) {
        return candidate.provider();
      }
    }
    return ranking.candidates().get(0).provider();
  }

  /**
   * Only a first attempt that may take a little longer, leaves the choice to us, and has another
   * one when this one fails.
   */
  private static boolean mayExplore(WorkItem item, EffectivePolicy policy) {
    return item.attempts().isEmpty()
        && policy.provider() == null
        && policy.halfOpenTrials()
        && policy.maxAttempts() > 1;
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
    if (!drills.isIdle() && pinned == null && drills.withholds(provider, item.id(), nowMillis)) {
      return DrillRules.WITHHELD;
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

  private static Decision decision(
      EffectivePolicy policy, ChannelRanking ranking, String rule, List<Exclusion> exclusions) {
    List<Excluded> excluded = new ArrayList<>(exclusions.size());
    for (Exclusion exclusion : exclusions) {
      excluded.add(new Excluded(exclusion.provider(), exclusion.reason()));
    }
    return new Decision(ranking.snapshot(), rule, excluded, policy.name());
  }

  /** All exclusions in one text. */
  static String summary(List<Exclusion> exclusions) {
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
