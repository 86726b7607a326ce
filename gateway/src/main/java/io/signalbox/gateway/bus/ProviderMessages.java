package io.signalbox.gateway.bus;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.spi.Channel;
import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.StatusQuery;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The conversation with provider verticles. */
public final class ProviderMessages {
  private ProviderMessages() {}

  /** The sealed family of this conversation. */
  public sealed interface ProviderMessage extends LocalMessage {}

  /**
   * Asks a provider verticle to try a delivery; answered with {@link Delivered}.
   *
   * @param cutShort whether it gets less time than the provider may ask for: a missing answer does
   *     not speak against the provider then
   */
  public record Deliver(AttemptId attempt, DeliveryRequest request, boolean cutShort)
      implements ProviderMessage {}

  /**
   * How the attempt ended.
   *
   * @param tookMillis how long the provider took
   */
  public record Delivered(AttemptId attempt, Outcome outcome, long tookMillis)
      implements ProviderMessage {}

  /** Asks a provider verticle to verify and normalise a webhook; answered with {@link Received}. */
  public record Receive(WebhookRequest request) implements ProviderMessage {}

  /** What the provider made of the webhook. */
  public record Received(WebhookResult result) implements ProviderMessage {}

  /** Asks a provider verticle what became of an attempt; answered with {@link LookedUp}. */
  public record LookUp(StatusQuery query) implements ProviderMessage {}

  /**
   * What came of a question about a status.
   *
   * @param receipt what the provider says; null unless found
   */
  public record LookedUp(LookUpAnswer answer, @Nullable Receipt receipt)
      implements ProviderMessage {

    /** An answer without a receipt. */
    public static LookedUp without(LookUpAnswer answer) {
      return new LookedUp(answer, null);
    }
  }

  /** Kinds of answers to a question about a status. */
  public enum LookUpAnswer {
    /** The provider knows the message. */
    FOUND,
    /** The provider was asked and knows nothing of it, which soon after is no proof. */
    NOT_FOUND,
    /** The provider gave no usable answer. */
    FAILED,
    /** The provider was not asked: it has no look-up, is gone, or too many questions wait. */
    NOT_ASKED
  }

  /** An operator's command; answered with {@link Controlled}. */
  public record Control(Command command, String actor) implements ProviderMessage {}

  /** The answer to a command. */
  public record Controlled(CheckResult result) implements ProviderMessage {}

  /** What an operator can ask of a provider. */
  public enum Command {
    /** Closes its breaker. */
    RESET,
    /** Opens its breaker. */
    OPEN,
    /** Gives it no new work. */
    DRAIN,
    /** Gives it work again. */
    ENABLE,
    /** Asks whether it could work now. */
    CHECK
  }

  /**
   * Published when a provider's generation takes work, changes, or is gone.
   *
   * @param generation grows with each start of any provider; negative if it runs on another node
   * @param priority 1 primary, 2 secondary, and so on
   * @param weight share in load balancing
   * @param limits how much it may be given at a time and per second
   * @param price of one message in the currency of its channels; null if not known
   * @param timeout how long one attempt may take
   * @param statusLookup whether it can be asked what became of an attempt
   * @param abilities what it can do of what not every one can
   * @param stage whether it takes work
   * @param breaker its breaker
   * @param warnings what cannot work in its configuration, though it runs
   * @param account tells accounts at the provider apart, and nothing of their secrets: addresses
   *     before a hyphen, credentials behind it; empty if nothing tells
   */
  public record ProviderState(
      String provider,
      String plugin,
      String pluginVersion,
      long generation,
      Set<Channel> channels,
      int priority,
      int weight,
      ProviderLimits limits,
      @Nullable Double price,
      Duration timeout,
      boolean statusLookup,
      ProviderAbilities abilities,
      Stage stage,
      BreakerView breaker,
      List<String> warnings,
      String account)
      implements ProviderMessage {

    /** Copies what could be changed. */
    public ProviderState {
      channels = Set.copyOf(channels);
      warnings = List.copyOf(warnings);
    }

    /** Whether it runs on another node, and stands here in its place. */
    public boolean isBorrowed() {
      return generation < 0;
    }

    /** The state of a provider that can do what every one can, of no known account. */
    public ProviderState(
        String provider,
        String plugin,
        String pluginVersion,
        long generation,
        Set<Channel> channels,
        int priority,
        int weight,
        ProviderLimits limits,
        @Nullable Double price,
        Duration timeout,
        boolean statusLookup,
        Stage stage,
        BreakerView breaker,
        List<String> warnings) {
      this(
          provider,
          plugin,
          pluginVersion,
          generation,
          channels,
          priority,
          weight,
          limits,
          price,
          timeout,
          statusLookup,
          ProviderAbilities.NONE,
          stage,
          breaker,
          warnings,
          "");
    }

    /** The same, whose price is not known either. */
    public ProviderState(
        String provider,
        String plugin,
        String pluginVersion,
        long generation,
        Set<Channel> channels,
        int priority,
        int weight,
        ProviderLimits limits,
        Duration timeout,
        boolean statusLookup,
        Stage stage,
        BreakerView breaker,
        List<String> warnings) {
      this(
          provider,
          plugin,
          pluginVersion,
          generation,
          channels,
          priority,
          weight,
          limits,
          null,
          timeout,
          statusLookup,
          stage,
          breaker,
          warnings);
    }

    /** Whether new work goes to it, be it as a trial. */
    public boolean isUsable() {
      return stage == Stage.ACTIVE && !"open".equals(breaker.state());
    }
  }

  /**
   * What the dispatcher gives a provider now.
   *
   * @param concurrency attempts that may be under way at a time
   * @param maxConcurrency the most that ever may
   * @param perSecond attempts that may begin in a second; 0 for no limit
   * @param configuredPerSecond what its file allows; 0 for no limit
   */
  public record LimitsNow(
      int concurrency, int maxConcurrency, double perSecond, double configuredPerSecond) {}

  /** Published by the dispatcher when the limits of a provider have changed. */
  public record Limited(Map<String, LimitsNow> providers) implements ProviderMessage {

    /** Copies the map. */
    public Limited {
      providers = Map.copyOf(providers);
    }
  }

  /** Published once at start, when every provider of the plugins folder was started or refused. */
  public record ProvidersLoaded() implements ProviderMessage {}

  /** Published when an operator has reset a provider: what was held against it is forgotten. */
  public record ProviderReset(String provider) implements ProviderMessage {}

  /**
   * Published when an operator's wish to drain a provider, or to enable it again, is stored.
   *
   * @param drained whether it is to get no new work
   */
  public record DrainWished(String provider, boolean drained) implements ProviderMessage {}

  /**
   * Published when a generation was to take over from another.
   *
   * @param fromVersion its plugin's version before
   * @param toVersion the version that was to take over
   * @param reason why it did not; empty if it did
   */
  public record Swap(
      String provider,
      String plugin,
      String fromVersion,
      String toVersion,
      SwapOutcome outcome,
      String reason,
      long atMillis)
      implements ProviderMessage {}

  /**
   * Published when a share of a provider's attempts goes to a generation on trial, and when that
   * ends, be it for a while only.
   *
   * @param share 0 to 1; 0 when the trial ends, and while its own breaker is open
   */
  public record Canary(String provider, long generation, double share) implements ProviderMessage {
    private static final int STEPS = 10_000;

    /** Whether an attempt goes to it: by chance, but the same each time that it is asked. */
    public boolean takes(AttemptId attempt) {
      long bits = attempt.notification().random() + attempt.number();
      // The multiplier of Fibonacci hashing (Knuth, vol. 3, 6.4) spreads neighbours.
      return Math.floorMod((bits * 0x9E3779B97F4A7C15L) >>> 32, STEPS) < share * STEPS;
    }
  }

  /** Tells a generation on trial to take all the work; answered with {@link Controlled}. */
  public record TakeOver() implements ProviderMessage {}

  /** What came of a replacement. */
  public enum SwapOutcome {
    /** The new generation is on trial with a share of the work. */
    CANARY,
    /** The old generation goes on, because the new one did worse on trial. */
    ROLLED_BACK,
    /** The old generation goes on: the trial of the new one is not wanted any more. */
    ABANDONED,
    /** The new generation takes the work. */
    SWAPPED,
    /** The old one goes on, because the new one's self-check failed; it is tried again. */
    KEPT_BACK,
    /** The old one goes on, because the new one could not be started. */
    FAILED
  }

  /** The stages of a generation. */
  public enum Stage {
    /** Takes work. */
    ACTIVE,
    /** Takes no new work: an operator's wish, or a newer generation has taken over. */
    DRAINING,
    /** Gone. */
    STOPPED
  }

  /**
   * What others may know of a breaker.
   *
   * @param state {@code closed}, {@code open} or {@code half_open}
   * @param generation grows with each transition
   * @param openUntilMillis when it may half-open; 0 unless open
   * @param trials how many attempts may be under way while half-open
   * @param fault whether it opened because the provider cannot work at all, and has not closed
   *     since
   * @param reason why it is in its state
   * @param sinceMillis since when
   */
  public record BreakerView(
      String state,
      long generation,
      long openUntilMillis,
      int trials,
      boolean fault,
      String reason,
      long sinceMillis) {

    /** Whether attempts are let through without limit. */
    public boolean isClosed() {
      return "closed".equals(state);
    }
  }
}
