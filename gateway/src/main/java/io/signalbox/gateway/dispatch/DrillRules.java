package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.DrillMessages.Arrangement;
import io.signalbox.gateway.bus.DrillMessages.DrillAttempt;
import io.signalbox.gateway.bus.DrillMessages.DrillMessage;
import io.signalbox.gateway.bus.DrillMessages.DrillSpared;
import io.signalbox.gateway.bus.DrillMessages.Release;
import io.signalbox.gateway.bus.DrillMessages.Steer;
import io.signalbox.gateway.bus.DrillMessages.Withhold;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.Decision.Excluded;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.scoring.Exclusions;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.intake.SendNotification;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What drills ask of the choice of providers. Nearly always nothing, which costs one comparison.
 * Each wish ends at its own time, whatever becomes of the drill. Thread-confined.
 */
final class DrillRules {
  /** The reason against a provider that a drill withholds. */
  static final String WITHHELD = "withheld_by_drill";

  /** The rule that chose a provider for a drill's own notifications. */
  static final String STEERED = "drill";

  /** The reason against a provider that may not have a drill's own notifications. */
  static final String NOT_IN_DRILL = "not_in_drill";

  private static final int MOST = 16;
  private static final double MANTISSA = 0x1.0p-53;

  private final List<Withhold> withheld = new ArrayList<>();
  private final List<Steer> steered = new ArrayList<>();
  private final Consumer<DrillMessage> told;
  private boolean idle = true;

  /**
   * Makes rules that ask nothing.
   *
   * @param told hears what becomes of attempts while a provider is withheld
   */
  DrillRules(Consumer<DrillMessage> told) {
    this.told = told;
  }

  /** Whether no drill asks anything. */
  boolean isIdle() {
    return idle;
  }

  /**
   * Takes in a wish.
   *
   * @throws GatewayException of status 409 if too many drills run
   */
  void arrange(Arrangement wish, long nowMillis) {
    expire(nowMillis);
    if (wish instanceof Release release) {
      withheld.removeIf(each -> each.drill().equals(release.drill()));
      steered.removeIf(each -> each.drill().equals(release.drill()));
    } else if (withheld.size() + steered.size() >= MOST) {
      throw new GatewayException(409, "too many drills run");
    } else if (wish instanceof Withhold withhold) {
      withheld.add(withhold);
    } else {
      steered.add((Steer) wish);
    }
    idle = withheld.isEmpty() && steered.isEmpty();
  }

  /** Forgets what is over; called at intervals. */
  void expire(long nowMillis) {
    withheld.removeIf(each -> nowMillis >= each.untilMillis());
    steered.removeIf(each -> nowMillis >= each.untilMillis());
    idle = withheld.isEmpty() && steered.isEmpty();
  }

  /** Whether a drill keeps the notification from the provider; the same for all its attempts. */
  boolean withholds(String provider, NotificationId id, long nowMillis) {
    return withholding(provider, id, nowMillis) != null;
  }

  /** Whether it is a drill's own notification, and the provider none of that drill's. */
  boolean bars(String provider, SendNotification notification, long nowMillis) {
    Steer drill = steering(notification, nowMillis);
    return drill != null && !drill.providers().contains(provider);
  }

  private @Nullable Withhold withholding(String provider, NotificationId id, long nowMillis) {
    for (Withhold each : withheld) {
      if (nowMillis < each.untilMillis()
          && each.provider().equals(provider)
          && draw(id, each.drill()) < each.share()) {
        return each;
      }
    }
    return null;
  }

  /**
   * Where a drill's own notification goes first, if nothing speaks against it; null for anywhere.
   */
  @Nullable BoardEntry steered(
      WorkItem item, Exclusions against, ProviderBoard board, long nowMillis) {
    Steer drill = steering(item.notification(), nowMillis);
    return drill != null && against.reasonAgainst(drill.provider()) == null
        ? board.find(drill.provider())
        : null;
  }

  /** The same exclusions without what a drill withholds; the drill is told. */
  Exclusions sparing(WorkItem item, Exclusions against, ProviderBoard board, long nowMillis) {
    return provider -> {
      String reason = against.reasonAgainst(provider);
      BoardEntry entry = board.find(provider);
      if (entry == null || !WITHHELD.equals(reason)) {
        return reason;
      }
      String other = entry.reasonAgainst(nowMillis);
      if (other == null) {
        spared(provider, item.id(), nowMillis);
      }
      return other;
    };
  }

  private @Nullable Steer steering(SendNotification notification, long nowMillis) {
    for (Steer each : steered) {
      if (nowMillis < each.untilMillis() && each.notificationType().equals(notification.type())) {
        return each;
      }
    }
    return null;
  }

  private void spared(String provider, NotificationId id, long nowMillis) {
    Withhold each = withholding(provider, id, nowMillis);
    if (each != null) {
      told.accept(new DrillSpared(each.drill()));
    }
  }

  /** An attempt has ended. */
  void ended(
      Flight flight, ProviderBoard board, OutcomeKind outcome, long tookMillis, long nowMillis) {
    for (Withhold each : withheld) {
      BoardEntry provider = board.find(each.provider());
      if (nowMillis < each.untilMillis()
          && provider != null
          && provider.state().channels().contains(flight.start().channel())) {
        told.accept(
            new DrillAttempt(
                each.drill(),
                flight
                    .start()
                    .decision()
                    .excluded()
                    .contains(new Excluded(each.provider(), WITHHELD)),
                flight.start().provider(),
                outcome,
                tookMillis));
      }
    }
  }

  /** A number from 0 to 1 that depends on the notification and the drill only. */
  private static double draw(NotificationId id, String drill) {
    long bits = id.key() * 0x9E3779B97F4A7C15L + drill.hashCode();
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return ((bits ^ (bits >>> 31)) >>> 11) * MANTISSA;
  }
}
