package io.signalbox.gateway.ranking;

import io.signalbox.gateway.bus.HealthMessages.AcceptedCount;
import io.signalbox.gateway.bus.HealthMessages.HealthSlice;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ScoringMessages;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.DeliveryNews;
import io.signalbox.gateway.ledger.PastResult;
import io.signalbox.scoring.AttemptEnd;
import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.Candidate;
import io.signalbox.scoring.DeliveryRecord;
import io.signalbox.scoring.DeliverySnapshot;
import io.signalbox.scoring.HealthSnapshot;
import io.signalbox.scoring.HealthWindow;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What scoring knows of one provider: its attempts, and for each channel its deliveries, those of
 * other nodes too. Thread-confined.
 */
final class ProviderHealth {
  private final GatewayConfig.Scoring settings;
  private final HealthWindow window;
  private final Map<Channel, DeliveryRecord> deliveries = new EnumMap<>(Channel.class);
  private ProviderState state;
  private final AttemptIds ids;
  private int inFlight;
  private long rememberedUntilMillis;
  private long heardUntilMillis;
  private long resetAtMillis;
  private Counts counts = Counts.NONE;

  /**
   * Attempts that said something of the provider since they were asked for last.
   *
   * @param successes those that succeeded
   * @param failures those that failed
   */
  record Counts(long successes, long failures) {
    static final Counts NONE = new Counts(0, 0);

    Counts plus(long moreSuccesses, long moreFailures) {
      return new Counts(successes + moreSuccesses, failures + moreFailures);
    }
  }

  ProviderHealth(ProviderState state, GatewayConfig.Scoring settings, AttemptIds ids) {
    this.state = state;
    this.settings = settings;
    this.ids = ids;
    this.window = new HealthWindow(settings.window());
    window.forgiveFailures(forgivenUntil(state));
  }

  /**
   * Until when failures do not count: a breaker that has closed found the provider well. Otherwise
   * all that failed while it was open would have to be outweighed by the little traffic that a
   * degraded provider gets.
   */
  private static long forgivenUntil(ProviderState state) {
    return state.breaker().isClosed() ? state.breaker().sinceMillis() : 0;
  }

  ProviderState state() {
    return state;
  }

  void state(ProviderState newer) {
    this.state = newer;
    window.forgiveFailures(forgivenUntil(newer));
  }

  void inFlight(int underWay) {
    this.inFlight = underWay;
  }

  /**
   * An attempt has ended.
   *
   * @return how its window sees it; null if it says nothing of the provider
   */
  @Nullable AttemptEnd ended(Observed observed) {
    AttemptResult result = observed.result();
    if (observed.outcome() == OutcomeKind.SENT && observed.channel().carriesMessages()) {
      deliveries(observed.channel()).accepted(observed.endedAtMillis());
    }
    if (result == AttemptResult.NEUTRAL) {
      return null;
    }
    boolean success = result == AttemptResult.SUCCESS;
    counts = counts.plus(success ? 1 : 0, success ? 0 : 1);
    AttemptEnd end = ids.end(success, observed.tookMillis(), observed.endedAtMillis());
    window.merge(end);
    return end;
  }

  /**
   * What another node learned, which is not counted again for the ledger. What the ledger told at
   * the start changes nothing.
   */
  void elsewhere(HealthSlice slice) {
    if (slice.resetAtMillis() > rememberedUntilMillis) {
      reset(slice.resetAtMillis());
    }
    for (AttemptEnd end : slice.attempts()) {
      if (end.atMillis() > rememberedUntilMillis) {
        window.merge(end);
      }
    }
    long knownUntil = Math.max(rememberedUntilMillis, resetAtMillis);
    for (AcceptedCount accepted : slice.accepted()) {
      long atMillis = TimeUnit.SECONDS.toMillis(accepted.second());
      if (atMillis > knownUntil) {
        deliveries(accepted.channel()).accepted(atMillis, accepted.count());
      }
    }
    for (DeliveryNews news : slice.news()) {
      if (news.heardAtMillis() > heardUntilMillis) {
        heard(news);
      }
    }
  }

  /** A receipt came. */
  void heard(DeliveryNews news) {
    DeliveryRecord record = deliveries(news.channel());
    switch (news.verdict()) {
      case DELIVERED -> record.delivered(news.acceptedAtMillis(), news.atMillis());
      case SEEN -> record.seen(news.acceptedAtMillis());
      case EXCUSED -> record.excused(news.acceptedAtMillis());
      case NONE -> {
        // It shows that receipts reach us, no more.
      }
    }
  }

  /**
   * An attempt of before the start: counted then.
   *
   * @param listenedUntilMillis when the run before ended: what was not reported by then may have
   *     been reported to nobody since
   * @param hearing what could be heard until then
   */
  void remember(PastResult past, long listenedUntilMillis, PastHearing hearing) {
    window.record(
        ScoringMessages.resultOf(past.outcome()), past.tookMillis(), past.endedAtMillis());
    rememberedUntilMillis = Math.max(rememberedUntilMillis, past.endedAtMillis());
    DeliveryNews delivery = past.delivery();
    boolean sent = past.outcome() == OutcomeKind.SENT;
    boolean heard =
        past.endedAtMillis() < listenedUntilMillis - lateAfterMax()
            && !hearing.wasDeaf(past.endedAtMillis());
    if (sent && (delivery != null || heard)) {
      deliveries(past.channel()).accepted(past.endedAtMillis());
    }
    if (sent && delivery != null) {
      heardUntilMillis = Math.max(heardUntilMillis, delivery.heardAtMillis());
      heard(delivery);
    }
  }

  /** Whether it has ever reported a delivery. */
  boolean reportsDeliveries() {
    return deliveries.values().stream().anyMatch(DeliveryRecord::isReported);
  }

  /** Whether a message became overdue within that time of which nothing was heard. */
  boolean misses(long fromMillis, long toMillis) {
    return deliveries.values().stream().anyMatch(record -> record.misses(fromMillis, toMillis));
  }

  /** Nothing could be heard within that time. */
  void unheard(long fromMillis, long toMillis) {
    deliveries.values().forEach(record -> record.unheard(fromMillis, toMillis));
  }

  /** Forgets what came of its work until then. */
  void reset(long atMillis) {
    resetAtMillis = Math.max(resetAtMillis, atMillis);
    window.forget(atMillis);
    deliveries.clear();
  }

  HealthSnapshot snapshot() {
    return window.snapshot();
  }

  Counts counts() {
    return counts;
  }

  /** What was counted, to be counted no more. */
  Counts takeCounts() {
    Counts taken = counts;
    counts = Counts.NONE;
    return taken;
  }

  /** What was taken could not be used. */
  void giveBack(Counts taken) {
    counts = counts.plus(taken.successes(), taken.failures());
  }

  private DeliveryRecord deliveries(Channel channel) {
    return deliveries.computeIfAbsent(
        channel, any -> new DeliveryRecord(settings.lateAfterMin().toMillis(), lateAfterMax()));
  }

  private long lateAfterMax() {
    return Math.max(settings.lateAfterMin().toMillis(), settings.lateAfterMax().toMillis());
  }

  /**
   * It as a candidate of a channel.
   *
   * @param judgedAtMillis as of when its deliveries are judged
   */
  Candidate candidate(Channel channel, long judgedAtMillis) {
    DeliveryRecord record = deliveries.get(channel);
    DeliverySnapshot delivery =
        record == null ? DeliverySnapshot.UNKNOWN : record.snapshot(judgedAtMillis);
    Double price = state.price();
    return new Candidate(
        state.provider(),
        window.snapshot().with(delivery),
        state.priority(),
        state.weight(),
        Math.max(0, inFlight),
        state.limits().maxConcurrent(),
        OptionalInt.empty(),
        price == null ? OptionalDouble.empty() : OptionalDouble.of(price),
        "open".equals(state.breaker().state()),
        state.stage() == Stage.ACTIVE ? null : "draining");
  }
}
