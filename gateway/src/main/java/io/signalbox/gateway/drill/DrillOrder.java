package io.signalbox.gateway.drill;

import io.signalbox.gateway.ledger.Drill;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.OnUnknown;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a drill is asked to do, within its bounds. */
public sealed interface DrillOrder permits DrillOrder.Simulate, DrillOrder.Live {
  /** The provider whose failure is drilled. */
  String provider();

  /** The kind under which it is kept. */
  Drill.Kind kind();

  /** The fault; null where the kind has none. */
  @Nullable String mode();

  /** All other numbers, as they are kept. */
  JsonObject parameters();

  /**
   * The name under which a drill keeps the time, in seconds from its begin, after which it does
   * nothing more, whatever happens.
   */
  String ENDS_WITHIN = "ends_within_seconds";

  /**
   * A fault in the simulator.
   *
   * @param channel the channel of the test notifications; null for the first that the provider has
   * @param mode the simulator's mode
   * @param count how many test notifications meet the fault, 1 to 2,000
   * @param ratePerSecond how many are sent in a second, 1 to 100
   * @param recovery how long recovery is waited for once the fault is gone; zero to leave it out
   * @param onUnknown what follows unknown outcomes; null for the gateway's own policy
   */
  record Simulate(
      String provider,
      @Nullable Channel channel,
      String mode,
      int count,
      int ratePerSecond,
      Duration recovery,
      @Nullable OnUnknown onUnknown)
      implements DrillOrder {
    /** Most test notifications. */
    public static final int MOST = 2_000;

    /** Most in a second. */
    public static final int FASTEST = 100;

    /** Longest wait for recovery. */
    public static final Duration LONGEST_RECOVERY = Duration.ofMinutes(15);

    /** So many test notifications are sent before the fault. */
    static final int BEFORE = 10;

    /** How long what was sent before, during and after the fault may take to come to an end. */
    static final Duration SETTLE = Duration.ofMinutes(1);

    /** For all else: looking at what was received, talking to the simulator, a slow ledger. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    @Override
    public Drill.Kind kind() {
      return Drill.Kind.SIMULATE;
    }

    @Override
    public JsonObject parameters() {
      JsonObject json =
          new JsonObject()
              .put("count", count)
              .put("rate_per_second", ratePerSecond)
              .put("recovery_seconds", recovery.toMillis() / 1000.0)
              .put(ENDS_WITHIN, endsWithin().toSeconds());
      if (channel != null) {
        json.put("channel", channel.wireName());
      }
      if (onUnknown != null) {
        json.put("on_unknown", onUnknown.name().toLowerCase(Locale.ROOT));
      }
      return json;
    }

    private Duration endsWithin() {
      return Duration.ofSeconds((BEFORE + count) / ratePerSecond + 1)
          .plus(recovery)
          .plus(SETTLE.multipliedBy(3))
          .plus(SLACK);
    }
  }

  /**
   * A provider withheld from real traffic.
   *
   * @param share of the notifications it is withheld from, over 0 to 0.5
   * @param duration for how long, 1 s to 1 h
   * @param maxErrorIncrease the drill ends itself when the share of failed attempts rises by more
   *     than this, over 0 to 1
   */
  record Live(String provider, double share, Duration duration, double maxErrorIncrease)
      implements DrillOrder {
    /** Largest share. */
    public static final double LARGEST_SHARE = 0.5;

    /** Longest duration. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** For beginning and ending. */
    private static final Duration SLACK = Duration.ofSeconds(15);

    @Override
    public Drill.Kind kind() {
      return Drill.Kind.LIVE;
    }

    @Override
    public @Nullable String mode() {
      return null;
    }

    @Override
    public JsonObject parameters() {
      return new JsonObject()
          .put("percent", share * 100)
          .put("duration_seconds", duration.toMillis() / 1000.0)
          .put("max_error_increase", maxErrorIncrease)
          .put(ENDS_WITHIN, duration.plus(SLACK).toSeconds());
    }
  }
}
