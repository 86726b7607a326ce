package io.signalbox.gateway.bus;

import io.signalbox.gateway.ledger.Decision.RankingSnapshot;
import io.signalbox.scoring.Ranking;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import java.util.Map;

/** The conversation with scoring. */
public final class ScoringMessages {
  private ScoringMessages() {}

  /** The sealed family of this conversation. */
  public sealed interface ScoringMessage extends LocalMessage {}

  /** Published after every attempt. */
  public record Observed(String provider, OutcomeKind outcome, long tookMillis, long endedAtMillis)
      implements ScoringMessage {}

  /** Published when rankings have changed: all channels, an immutable snapshot. */
  public record Ranked(Map<Channel, ChannelRanking> channels) implements ScoringMessage {

    /** Copies the map. */
    public Ranked {
      channels = Map.copyOf(channels);
    }
  }

  /** A ranking, with the form in which decisions refer to it. */
  public record ChannelRanking(Ranking ranking, RankingSnapshot snapshot) {}
}
