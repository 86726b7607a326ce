package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.ExplainMessages.Explain;
import io.signalbox.gateway.bus.ExplainMessages.Explained;
import io.signalbox.gateway.bus.ExplainMessages.ExplainedCandidate;
import io.signalbox.gateway.bus.ExplainMessages.ExplainedChannel;
import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.dispatch.ProviderChooser.Foresight;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.spi.Channel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what would happen to a notification that came now, and changes nothing. Thread-confined, as
 * the board and the chooser are that it reads.
 */
final class ChoiceExplainer {
  /** Stands for the id that the notification does not have. */
  private static final NotificationId NO_ID = new NotificationId(0, 0);

  private final ProviderBoard board;
  private final ProviderChooser chooser;
  private final PolicyBook policies;

  ChoiceExplainer(ProviderBoard board, ProviderChooser chooser, PolicyBook policies) {
    this.board = board;
    this.chooser = chooser;
    this.policies = policies;
  }

  Explained explain(Explain question, long nowMillis) {
    EffectivePolicy policy = policies.resolve(question.notification());
    WorkItem item =
        new WorkItem(
            NO_ID,
            question.notification(),
            nowMillis,
            false,
            NotificationState.QUEUED,
            0,
            List.of(),
            question.suppressed(),
            0,
            TraceContext.of(NO_ID));
    List<Channel> order = new ArrayList<>();
    order.add(question.notification().channel());
    order.addAll(policy.fallbackChannelsOf(question.notification()));
    List<ExplainedChannel> channels = new ArrayList<>();
    for (Channel channel : order) {
      channels.add(channel(item, policy, channel, nowMillis));
    }
    return told(channels);
  }

  private static Explained told(List<ExplainedChannel> channels) {
    boolean suppressed = true;
    boolean busy = false;
    for (ExplainedChannel each : channels) {
      if (each.chosen() != null) {
        return new Explained("attempt", each.chosen(), each.channel(), channels);
      }
      suppressed &= each.suppressed() != null;
      busy |=
          each.candidates().stream()
              .map(ExplainedCandidate::reasonAgainst)
              .anyMatch(reason -> reason != null && BoardEntry.isWorthWaiting(reason));
    }
    String nobody = busy ? "wait_for_permit" : "nobody_left";
    return new Explained(suppressed ? "suppressed" : nobody, null, null, channels);
  }

  private ExplainedChannel channel(
      WorkItem item, EffectivePolicy policy, Channel channel, long nowMillis) {
    SuppressionReason suppressed = item.suppressed().get(channel);
    ChannelRanking ranking = chooser.ranking(channel);
    if (ranking == null) {
      return new ExplainedChannel(
          channel, suppressed, null, List.of(), "no_provider", null, List.of());
    }
    List<ExplainedCandidate> candidates = new ArrayList<>();
    for (RankedCandidate ranked : ranking.ranking().candidates()) {
      candidates.add(candidate(ranked, item, policy, channel, nowMillis));
    }
    if (suppressed != null) {
      return new ExplainedChannel(
          channel,
          suppressed,
          ranking.ranking(),
          candidates,
          suppressed.failure(),
          null,
          List.of());
    }
    Foresight first = chooser.preview(item, policy, channel, Set.of(), nowMillis);
    return new ExplainedChannel(
        channel,
        null,
        ranking.ranking(),
        candidates,
        first.provider() == null ? Shortage.summary(first.exclusions()) : first.rule(),
        first.provider(),
        followers(item, policy, channel, first.provider(), nowMillis));
  }

  private ExplainedCandidate candidate(
      RankedCandidate ranked,
      WorkItem item,
      EffectivePolicy policy,
      Channel channel,
      long nowMillis) {
    BoardEntry entry = board.find(ranked.provider());
    String out = ranked.outOfServiceReason();
    return new ExplainedCandidate(
        ranked,
        entry == null ? null : entry.state().breaker(),
        entry == null ? 0 : entry.inFlight(),
        entry == null ? 0 : entry.concurrencyNow(),
        out != null
            ? out
            : chooser.reasonAgainst(ranked.provider(), item, policy, channel, nowMillis));
  }

  /** Who follows if the first fails, then if that one fails too, and so on. */
  private List<String> followers(
      WorkItem item,
      EffectivePolicy policy,
      Channel channel,
      @Nullable String first,
      long nowMillis) {
    List<String> followers = new ArrayList<>();
    Set<String> tried = new HashSet<>();
    String last = first;
    while (last != null && tried.add(last)) {
      last = chooser.preview(item, policy, channel, tried, nowMillis).provider();
      if (last != null) {
        followers.add(last);
      }
    }
    return followers;
  }
}
