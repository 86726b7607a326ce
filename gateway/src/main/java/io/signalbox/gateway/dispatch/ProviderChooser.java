package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.ledger.Decision;
import io.signalbox.gateway.ledger.Decision.Excluded;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.scoring.Choice;
import io.signalbox.scoring.Exclusion;
import io.signalbox.scoring.Exclusions;
import io.signalbox.scoring.Selection;
import io.signalbox.spi.Channel;
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
  private final ProviderBoard board;
  private final DrillRules drills;
  private final Eligibility eligibility;
  private final HalfOpenTrials trials;
  private final Shortage shortage;
  private final Map<Channel, Selection> selections = new EnumMap<>(Channel.class);
  private Map<Channel, ChannelRanking> rankings = Map.of();

  ProviderChooser(
      ProviderBoard board,
      DrillRules drills,
      Preferences preferences,
      double exploration,
      RandomGenerator random) {
    this.board = board;
    this.drills = drills;
    this.eligibility = new Eligibility(board, drills, preferences);
    this.trials = new HalfOpenTrials(board);
    this.shortage = new Shortage(board);
    for (Channel channel : Channel.values()) {
      selections.put(channel, new Selection(exploration, random));
    }
  }

  void rankings(Map<Channel, ChannelRanking> newest) {
    this.rankings = newest;
  }

  void preferences(Preferences newest) {
    eligibility.preferences(newest);
  }

  /**
   * What can be done for the notification now: its own channel first, then the fallback channels of
   * its policy. It waits for a provider that is busy, but for one on trial only if no later channel
   * can take it now: a trial may take as long as an attempt, and another may follow.
   */
  Plan plan(WorkItem item, EffectivePolicy policy, long nowMillis) {
    Plan best = plan(item, policy, item.notification().channel(), nowMillis);
    if (isTaken(best, nowMillis)) {
      return best;
    }
    for (Channel fallback : policy.fallbackChannelsOf(item.notification())) {
      best = better(best, plan(item, policy, fallback, nowMillis));
      if (isTaken(best, nowMillis)) {
        return best;
      }
    }
    return best;
  }

  /** Whether a plan is taken without a look at the channels after its own. */
  private static boolean isTaken(Plan plan, long nowMillis) {
    if (plan instanceof Plan.WaitForPermit wait) {
      return wait.provider().readiness(nowMillis) != BoardEntry.Readiness.ON_TRIAL;
    }
    return plan instanceof Plan.Try;
  }

  /** Of a plan that is not taken at once, and that of a later channel, the one to go on with. */
  private static Plan better(Plan before, Plan later) {
    if (before instanceof Plan.NobodyLeft nobody) {
      return later instanceof Plan.NobodyLeft none ? nobody.and(none) : later;
    }
    return later instanceof Plan.Try ? later : before;
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
    Exclusions against = eligibility.against(item, policy, channel, ranking.ranking(), nowMillis);
    BoardEntry steered = drills.isIdle() ? null : drills.steered(item, against, board, nowMillis);
    if (steered != null) {
      return new Plan.Try(
          steered, channel, recipient, decision(policy, ranking, DrillRules.STEERED, List.of()));
    }
    if (policy.halfOpenTrials()) {
      BoardEntry trial = trials.candidate(ranking.ranking(), against, nowMillis);
      if (trial != null) {
        return new Plan.Try(
            trial, channel, recipient, decision(policy, ranking, HalfOpenTrials.TRIAL, List.of()));
      }
    }
    Exclusions open = policy.halfOpenTrials() ? against : trials.sparing(against, nowMillis);
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
    BoardEntry busy = shortage.soonestFree(choice.exclusions());
    if (busy != null) {
      return new Plan.WaitForPermit(busy);
    }
    BoardEntry lastResort = trials.candidate(ranking.ranking(), against, nowMillis);
    if (lastResort != null) {
      return new Plan.Try(
          lastResort,
          channel,
          recipient,
          decision(policy, ranking, HalfOpenTrials.LAST_RESORT, choice.exclusions()));
    }
    return shortage.nobodyLeft(choice.exclusions(), nowMillis);
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
    Exclusions now = eligibility.against(item, policy, channel, ranking.ranking(), nowMillis);
    Exclusions against =
        provider ->
            without.contains(provider) ? Eligibility.ALREADY_TRIED : now.reasonAgainst(provider);
    BoardEntry trial =
        policy.halfOpenTrials() ? trials.candidate(ranking.ranking(), against, nowMillis) : null;
    if (trial != null) {
      return new Foresight(trial.state().provider(), HalfOpenTrials.TRIAL, List.of());
    }
    Exclusions open = policy.halfOpenTrials() ? against : trials.sparing(against, nowMillis);
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
    return ranking == null
        ? "no_provider"
        : eligibility
            .against(item, policy, channel, ranking.ranking(), nowMillis)
            .reasonAgainst(provider);
  }

  private Selection selection(Channel channel) {
    Selection selection = selections.get(channel);
    if (selection == null) {
      throw new IllegalStateException("no selection for " + channel);
    }
    return selection;
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

  private static Decision decision(
      EffectivePolicy policy, ChannelRanking ranking, String rule, List<Exclusion> exclusions) {
    List<Excluded> excluded = new ArrayList<>(exclusions.size());
    for (Exclusion exclusion : exclusions) {
      excluded.add(new Excluded(exclusion.provider(), exclusion.reason()));
    }
    return new Decision(ranking.snapshot(), rule, excluded, policy.name());
  }
}
