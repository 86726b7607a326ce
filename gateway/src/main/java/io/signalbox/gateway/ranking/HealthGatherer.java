package io.signalbox.gateway.ranking;

import io.signalbox.gateway.bus.HealthMessages.AcceptedCount;
import io.signalbox.gateway.bus.HealthMessages.EndCount;
import io.signalbox.gateway.bus.HealthMessages.HealthSlice;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.ledger.DeliveryNews;
import io.signalbox.scoring.AttemptEnd;
import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.FailureKind;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What this node learns of one provider, until other nodes are told. While nobody can be told it
 * keeps the newest, within bounds. Thread-confined.
 */
final class HealthGatherer {
  /** More attempts would make a window no truer below thousands in a second. */
  private static final int MOST_ATTEMPTS = 500;

  /** What a failure detector has no use for is let go. */
  private static final int MOST_COUNTS = 600;

  private static final int MOST_ACCEPTED = 4_096;
  private static final int MOST_NEWS = 20_000;
  private static final int NEWS_AT_ONCE = 2_000;

  private record Ended(long second, AttemptResult result, @Nullable FailureKind failure) {}

  private record Accepted(Channel channel, long second) {}

  private final int mostAttempts;
  private final ArrayDeque<AttemptEnd> attempts = new ArrayDeque<>();
  private final Map<Ended, Integer> counts = new LinkedHashMap<>();
  private final Map<Accepted, Integer> accepted = new LinkedHashMap<>();
  private final ArrayDeque<DeliveryNews> news = new ArrayDeque<>();
  private long resetAtMillis;

  /**
   * Makes one that knows nothing.
   *
   * @param window how many attempts a window of health holds
   */
  HealthGatherer(int window) {
    this.mostAttempts = Math.min(window, MOST_ATTEMPTS);
  }

  /**
   * An attempt has ended.
   *
   * @param end how health sees it; null if it says nothing of that
   */
  void ended(Observed observed, @Nullable AttemptEnd end) {
    long second = TimeUnit.MILLISECONDS.toSeconds(observed.endedAtMillis());
    if (end != null) {
      if (attempts.size() >= mostAttempts) {
        attempts.pollFirst();
      }
      attempts.addLast(end);
    }
    if (end != null || observed.failure() != null) {
      add(counts, new Ended(second, observed.result(), observed.failure()), MOST_COUNTS);
    }
    if (observed.outcome() == OutcomeKind.SENT && observed.channel().carriesMessages()) {
      add(accepted, new Accepted(observed.channel(), second), MOST_ACCEPTED);
    }
  }

  private static <K> void add(Map<K, Integer> counts, K key, int most) {
    counts.merge(key, 1, Integer::sum);
    if (counts.size() > most) {
      Iterator<K> oldest = counts.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** A receipt came. */
  void heard(DeliveryNews receipt) {
    if (news.size() >= MOST_NEWS) {
      news.pollFirst();
    }
    news.addLast(receipt);
  }

  /** An operator gave the provider a fresh start. */
  void reset(long atMillis) {
    attempts.clear();
    counts.clear();
    accepted.clear();
    news.clear();
    resetAtMillis = atMillis;
  }

  /** What is new, to be told once; null if nothing is. */
  @Nullable HealthSlice take(String provider) {
    // Every message has an attempt or a receipt, and every attempt is counted unless it is neutral.
    if (counts.isEmpty() && accepted.isEmpty() && news.isEmpty() && resetAtMillis == 0) {
      return null;
    }
    List<EndCount> ended = new ArrayList<>(counts.size());
    counts.forEach(
        (key, count) -> ended.add(new EndCount(key.second, key.result, key.failure, count)));
    List<AcceptedCount> sent = new ArrayList<>(accepted.size());
    accepted.forEach((key, count) -> sent.add(new AcceptedCount(key.channel, key.second, count)));
    List<DeliveryNews> heard = new ArrayList<>(Math.min(news.size(), NEWS_AT_ONCE));
    while (!news.isEmpty() && heard.size() < NEWS_AT_ONCE) {
      heard.add(news.removeFirst());
    }
    HealthSlice slice =
        new HealthSlice(provider, resetAtMillis, List.copyOf(attempts), ended, sent, heard);
    attempts.clear();
    counts.clear();
    accepted.clear();
    resetAtMillis = 0;
    return slice;
  }
}
