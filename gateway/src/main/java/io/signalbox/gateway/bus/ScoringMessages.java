package io.signalbox.gateway.bus;

import io.signalbox.gateway.ledger.Decision.RankingSnapshot;
import io.signalbox.gateway.ledger.DeliveryNews;
import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.FailureKind;
import io.signalbox.scoring.Ranking;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.OutcomeKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conversation with scoring. */
public final class ScoringMessages {
  private ScoringMessages() {}

  /**
   * How health and breakers see an outcome: being throttled, or refused for the recipient's sake,
   * is neither good nor bad news of the provider.
   */
  public static AttemptResult resultOf(OutcomeKind outcome) {
    return switch (outcome) {
      case SENT -> AttemptResult.SUCCESS;
      case TRANSIENT, UNKNOWN, PROVIDER_FAULT -> AttemptResult.FAILURE;
      case THROTTLED, REJECTED -> AttemptResult.NEUTRAL;
    };
  }

  /** The sealed family of this conversation. */
  public sealed interface ScoringMessage extends LocalMessage {}

  /**
   * Published after every attempt.
   *
   * @param channel over which it went
   * @param result what it says of the provider's health
   * @param failure in what way it failed; null if it was sent, or if that was not the provider's
   *     doing
   * @param evidence why it ended so; null if nobody says
   */
  public record Observed(
      String provider,
      Channel channel,
      OutcomeKind outcome,
      AttemptResult result,
      @Nullable FailureKind failure,
      @Nullable Evidence evidence,
      long tookMillis,
      long endedAtMillis)
      implements ScoringMessage {

    /** The end of an attempt that had all the time it may take. */
    public Observed(
        String provider,
        Channel channel,
        OutcomeKind outcome,
        @Nullable FailureKind failure,
        long tookMillis,
        long endedAtMillis) {
      this(provider, channel, outcome, resultOf(outcome), failure, null, tookMillis, endedAtMillis);
    }
  }

  /** Published after a commit: what the receipts in it say of the providers' deliveries. */
  public record Deliveries(List<DeliveryNews> news) implements ScoringMessage {

    /** Copies the list. */
    public Deliveries {
      news = List.copyOf(news);
    }
  }

  /**
   * Published when rankings have changed: all channels, an immutable snapshot.
   *
   * @param complete whether every provider of the start has been heard of
   */
  public record Ranked(Map<Channel, ChannelRanking> channels, boolean complete)
      implements ScoringMessage {

    /** Copies the map. */
    public Ranked {
      channels = Map.copyOf(channels);
    }
  }

  /** A ranking, with the form in which decisions refer to it. */
  public record ChannelRanking(Ranking ranking, RankingSnapshot snapshot) {}

  /** Published by the dispatcher: how many attempts are under way at each provider. */
  public record Load(Map<String, Integer> inFlight) implements ScoringMessage {

    /** Copies the map. */
    public Load {
      inFlight = Map.copyOf(inFlight);
    }
  }
}
