package io.signalbox.gateway.bus;

import io.signalbox.gateway.ledger.DeliveryNews;
import io.signalbox.scoring.AttemptEnd;
import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.FailureKind;
import io.signalbox.spi.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What nodes tell each other of the health of providers, through whoever shares it. Each node tells
 * of its own attempts, and of the receipts that reached it.
 */
public final class HealthMessages {
  private HealthMessages() {}

  /** The sealed family of this conversation. */
  public sealed interface HealthMessage extends LocalMessage {}

  /** Asks for what is new since the last time; answered with {@link HealthNews}. */
  public record TakeHealthNews() implements HealthMessage {}

  /** What is new on this node, one slice for each provider of which something is. */
  public record HealthNews(List<HealthSlice> slices) implements HealthMessage {

    /** Copies the list. */
    public HealthNews {
      slices = List.copyOf(slices);
    }
  }

  /** Published: what is new on another node. */
  public record HealthElsewhere(List<HealthSlice> slices) implements HealthMessage {

    /** Copies the list. */
    public HealthElsewhere {
      slices = List.copyOf(slices);
    }
  }

  /**
   * Published when nodes lose each other, and when they hear of each other again.
   *
   * @param connected whether what other nodes hear reaches this one
   */
  public record HealthConnected(boolean connected) implements HealthMessage {}

  /**
   * What is new of one provider.
   *
   * @param resetAtMillis when an operator has reset it, so that what was before does not count; 0
   *     for not
   * @param attempts ends of attempts, at most as many of the newest as a window holds
   * @param counts ends of all attempts, counted
   * @param accepted the messages that it accepted, counted
   * @param news what receipts say
   */
  public record HealthSlice(
      String provider,
      long resetAtMillis,
      List<AttemptEnd> attempts,
      List<EndCount> counts,
      List<AcceptedCount> accepted,
      List<DeliveryNews> news) {

    /** Copies the lists. */
    public HealthSlice {
      attempts = List.copyOf(attempts);
      counts = List.copyOf(counts);
      accepted = List.copyOf(accepted);
      news = List.copyOf(news);
    }
  }

  /**
   * How many attempts ended alike in one second.
   *
   * @param second epoch seconds
   * @param failure in what way they failed; null if they did not
   */
  public record EndCount(
      long second, AttemptResult result, @Nullable FailureKind failure, int count) {}

  /**
   * How many messages were accepted in one second.
   *
   * @param second epoch seconds
   */
  public record AcceptedCount(Channel channel, long second, int count) {}
}
