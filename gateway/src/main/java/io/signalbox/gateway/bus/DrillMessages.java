package io.signalbox.gateway.bus;

import io.signalbox.gateway.ledger.Drill;
import io.signalbox.spi.OutcomeKind;
import java.util.Set;

/** The conversations about drills. */
public final class DrillMessages {
  private DrillMessages() {}

  /** The sealed family of these conversations. */
  public sealed interface DrillMessage extends LocalMessage {}

  /** Asks the drill verticle to begin a drill; answered with {@link Done}. */
  public record BeginDrill(Drill drill) implements DrillMessage {}

  /** Asks the drill verticle to end a drill early; answered with {@link Done}. */
  public record AbortDrill(String drill, String actor) implements DrillMessage {}

  /** It is done. */
  public record Done() implements DrillMessage {}

  /** What a drill asks of the dispatcher; answered with {@link Done}. */
  public sealed interface Arrangement extends DrillMessage {}

  /**
   * Keep a share of the notifications from a provider, unless nobody else can take them. Ends by
   * itself.
   *
   * @param drill the drill's id
   * @param share over 0 to 1
   * @param untilMillis when it ends, epoch milliseconds
   */
  public record Withhold(String drill, String provider, double share, long untilMillis)
      implements Arrangement {}

  /**
   * Offer a provider the notifications of one type first, and keep them from all who are not of the
   * drill. Ends by itself.
   *
   * @param drill the drill's id
   * @param notificationType the type of the drill's own notifications
   * @param providers who may have them; one that comes later is none of them
   * @param untilMillis when it ends, epoch milliseconds
   */
  public record Steer(
      String drill,
      String provider,
      String notificationType,
      Set<String> providers,
      long untilMillis)
      implements Arrangement {

    /** Copies the set. */
    public Steer {
      providers = Set.copyOf(providers);
    }
  }

  /** Do as if there were no such drill. */
  public record Release(String drill) implements Arrangement {}

  /**
   * Published while a provider is withheld: an attempt on one of its channels has ended.
   *
   * @param drill the drill's id
   * @param withheld whether the withheld provider was left out for the drill's sake
   * @param provider where the attempt went
   */
  public record DrillAttempt(
      String drill, boolean withheld, String provider, OutcomeKind outcome, long tookMillis)
      implements DrillMessage {}

  /** Published when a notification got the withheld provider after all: nobody else could. */
  public record DrillSpared(String drill) implements DrillMessage {}
}
