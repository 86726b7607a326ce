package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.ProviderAbilities;
import io.signalbox.gateway.bus.ProviderMessages.Canary;
import io.signalbox.gateway.bus.ProviderMessages.Command;
import io.signalbox.gateway.bus.ProviderMessages.Control;
import io.signalbox.gateway.bus.ProviderMessages.Controlled;
import io.signalbox.gateway.bus.ProviderMessages.Limited;
import io.signalbox.gateway.bus.ProviderMessages.LimitsNow;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ProviderMessages.Swap;
import io.signalbox.gateway.bus.ProviderMessages.SwapOutcome;
import io.signalbox.spi.Channel;
import io.signalbox.spi.CheckResult;
import io.signalbox.spi.Feature;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The providers of this node as they last announced themselves: of each id the newest generation.
 * Made before the first provider starts, one for each node. Thread-safe.
 */
public final class ProviderDirectory {
  private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(15);

  /** For so long a provider of another node may come back. */
  private static final long AWAY_NANOS = TimeUnit.HOURS.toNanos(1);

  /** After a start, or a change of files, all providers are there again by then. */
  private static final long SETTLED_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Bus bus;
  private final ConcurrentMap<String, ProviderState> current = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  /** Since when they are; bounded by what other nodes lend. */
  private final ConcurrentMap<String, Long> away = new ConcurrentHashMap<>();

  /** When one last came or went. */
  private volatile long changedNanos;

  private final MessageConsumer<ProviderState> announcements;
  private final ConcurrentMap<String, Swap> failedSwaps = new ConcurrentHashMap<>();
  private final MessageConsumer<Limited> limitNews;
  private final ConcurrentMap<String, Canary> trials = new ConcurrentHashMap<>();
  private final MessageConsumer<Swap> swapNews;
  private final MessageConsumer<Canary> trialNews;
  private volatile Map<String, LimitsNow> limits = Map.of();

  /** Begins to listen. */
  public ProviderDirectory(Bus bus) {
    this(bus, System::nanoTime);
  }

  /**
   * The same.
   *
   * @param nanos monotonic time
   */
  ProviderDirectory(Bus bus, LongSupplier nanos) {
    this.bus = bus;
    this.nanos = nanos;
    this.changedNanos = nanos.getAsLong();
    this.announcements = bus.listen(Addresses.PROVIDERS, ProviderState.class, this::announced);
    this.limitNews = bus.listen(Addresses.LIMITS, Limited.class, news -> limits = news.providers());
    this.swapNews = bus.listen(Addresses.PROVIDERS_SWAPPED, Swap.class, this::swapped);
    this.trialNews = bus.listen(Addresses.PROVIDERS_CANARY, Canary.class, this::tried);
  }

  /** Listens no more. */
  public Future<Void> close() {
    return Future.join(
            announcements.unregister(),
            limitNews.unregister(),
            swapNews.unregister(),
            trialNews.unregister())
        .mapEmpty();
  }

  /** All providers, by priority and id. */
  public List<ProviderState> all() {
    return current.values().stream()
        .sorted(
            Comparator.comparingInt(ProviderState::priority).thenComparing(ProviderState::provider))
        .toList();
  }

  /** A provider; empty if there is none of that id. */
  public Optional<ProviderState> find(String id) {
    return Optional.ofNullable(current.get(id));
  }

  /**
   * Whether a provider is not here because the node that had it went: it may come back, and what is
   * meant for it should be sent again. Known of each provider of other nodes since the start, for
   * an hour: what is away for longer was removed.
   */
  public boolean isAway(String id) {
    Long since = away.get(id);
    return since != null && nanos.getAsLong() - since < AWAY_NANOS;
  }

  /**
   * Whether no provider that is known here may send mails from an address: there are providers of
   * mail, whatever they can do now, for a minute none came or went, and none is away. Not known are
   * providers of other nodes that were not there since the start, or are away for longer than an
   * hour, and those whose file does not run.
   */
  public boolean isNobodysSender(String address) {
    long now = nanos.getAsLong();
    if (now - changedNanos < SETTLED_NANOS
        || away.values().stream().anyMatch(since -> now - since < AWAY_NANOS)) {
      return false;
    }
    List<ProviderAbilities> mailers =
        current.values().stream()
            .filter(state -> state.channels().contains(Channel.EMAIL))
            .map(ProviderState::abilities)
            .toList();
    return !mailers.isEmpty()
        && mailers.stream()
            .noneMatch(
                can -> can.features().contains(Feature.SENDER) && can.senders().allow(address));
  }

  /** What each provider is given now, as the dispatcher said last. */
  public Map<String, LimitsNow> limits() {
    return limits;
  }

  /** What a provider is given now; null if the dispatcher has not said so yet. */
  public @Nullable LimitsNow limits(String id) {
    return limits.get(id);
  }

  /** The last replacement of a provider, if it did not take over; null if it did. */
  public @Nullable Swap failedSwap(String id) {
    return failedSwaps.get(id);
  }

  /** The generation of a provider that is on trial; null if none is. */
  public @Nullable Canary trial(String id) {
    return trials.get(id);
  }

  private void tried(Canary news) {
    trials.compute(
        news.provider(),
        (id, known) -> {
          if (news.share() > 0) {
            return news;
          }
          return known != null && known.generation() == news.generation() ? null : known;
        });
  }

  private void swapped(Swap swap) {
    if (swap.outcome() == SwapOutcome.CANARY || swap.outcome() == SwapOutcome.ABANDONED) {
      return;
    }
    if (swap.outcome() == SwapOutcome.SWAPPED) {
      failedSwaps.remove(swap.provider());
    } else {
      failedSwaps.put(swap.provider(), swap);
    }
  }

  /**
   * Gives a command to a provider.
   *
   * @param actor who commands, for the record
   * @return fails with a {@link GatewayException} of status 404 if there is no such provider
   */
  public Future<CheckResult> command(String id, Command command, String actor) {
    ProviderState state = current.get(id);
    if (state == null) {
      return Future.failedFuture(new GatewayException(404, "there is no provider of that id"));
    }
    return bus.request(
            Addresses.provider(id, state.generation()),
            new Control(command, actor),
            Controlled.class,
            COMMAND_TIMEOUT)
        .map(Controlled::result);
  }

  private void announced(ProviderState state) {
    current.compute(
        state.provider(),
        (id, known) -> {
          if (known != null && known.generation() > state.generation()) {
            return known;
          }
          trials.computeIfPresent(
              id, (same, trial) -> trial.generation() <= state.generation() ? null : trial);
          if (state.stage() == Stage.STOPPED) {
            failedSwaps.remove(id);
            if (state.isBorrowed()) {
              away.put(id, nanos.getAsLong());
            }
            changedNanos = nanos.getAsLong();
            return null;
          }
          if (known == null) {
            changedNanos = nanos.getAsLong();
          }
          away.remove(id);
          return state;
        });
  }
}
