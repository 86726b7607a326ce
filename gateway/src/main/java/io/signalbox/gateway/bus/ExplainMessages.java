package io.signalbox.gateway.bus;

import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.scoring.Ranking;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.SendNotification;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The question what would happen to a notification now. Asking changes nothing. */
public final class ExplainMessages {
  private ExplainMessages() {}

  /** The sealed family of this conversation. */
  public sealed interface ExplainMessage extends LocalMessage {}

  /**
   * Asks the dispatcher; answered with {@link Explained}.
   *
   * @param suppressed channels on which its recipient is on the suppression list
   */
  public record Explain(SendNotification notification, Map<Channel, SuppressionReason> suppressed)
      implements ExplainMessage {
    /** Copies the map. */
    public Explain {
      suppressed = Map.copyOf(suppressed);
    }
  }

  /**
   * What would happen.
   *
   * @param what the first step, in a lower-case word
   * @param chosen who would get the first attempt; null if nobody would now
   * @param chosenChannel over which channel; null if nobody would now
   * @param channels the channel asked for, then the others that it may use, in order
   */
  public record Explained(
      String what,
      @Nullable String chosen,
      @Nullable Channel chosenChannel,
      List<ExplainedChannel> channels)
      implements ExplainMessage {
    /** Copies the list. */
    public Explained {
      channels = List.copyOf(channels);
    }
  }

  /**
   * One channel.
   *
   * @param suppressed why its recipient gets nothing there; null if it may
   * @param ranking the ranking of now; null if no provider carries the channel
   * @param rule the rule that would choose, or why nobody can be chosen
   * @param chosen who would be chosen; null for nobody
   * @param then who would follow if it failed, in order
   */
  public record ExplainedChannel(
      Channel channel,
      @Nullable SuppressionReason suppressed,
      @Nullable Ranking ranking,
      List<ExplainedCandidate> candidates,
      String rule,
      @Nullable String chosen,
      List<String> then) {
    /** Copies the lists. */
    public ExplainedChannel {
      candidates = List.copyOf(candidates);
      then = List.copyOf(then);
    }
  }

  /**
   * One candidate.
   *
   * @param ranked its place in the ranking, with score and inputs
   * @param breaker its breaker; null if the provider has just gone
   * @param inFlight attempts under way
   * @param limit how many may be
   * @param reasonAgainst why it cannot take the notification now; null if it can
   */
  public record ExplainedCandidate(
      RankedCandidate ranked,
      @Nullable BreakerView breaker,
      int inFlight,
      int limit,
      @Nullable String reasonAgainst) {}
}
