package io.signalbox.gateway.degradation;

import io.signalbox.gateway.config.NoticeTexts;
import io.signalbox.scoring.FailureKind;
import io.signalbox.scoring.FailureReport;
import io.signalbox.spi.Channel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest status of the whole, for whoever answers requests: immutable snapshots, read by one
 * volatile read. Thread-safe.
 */
public final class DegradationView {
  private final NoticeTexts texts;
  private final Notice refusal;
  private volatile DegradationStatus status;
  private volatile Notices notices = Notices.NONE;
  private volatile Map<String, FailureReport> failures = Map.of();
  private volatile Map<String, Map<FailureKind, LastFailure>> lastFailures = Map.of();

  /** Makes a view of which all is normal. */
  public DegradationView(NoticeTexts texts, long nowMillis) {
    this.texts = texts;
    this.refusal = Notice.of(texts.refused());
    this.status = DegradationStatus.normal(nowMillis);
  }

  /** The latest status. */
  public DegradationStatus status() {
    return status;
  }

  /**
   * What to tell somebody whose notification for a channel was taken; null while all is normal.
   *
   * @param fallbacks channels that it may go over besides, in order
   */
  public @Nullable Notice notice(Channel channel, List<Channel> fallbacks) {
    return notices.of(channel, fallbacks);
  }

  /** What to tell of a channel by itself; null while all is normal. */
  public @Nullable Notice notice(Channel channel) {
    return notices.of(channel);
  }

  /** What to tell somebody whose notification could not be taken. */
  public Notice refusal() {
    return refusal;
  }

  /** How a provider did in the last minute. */
  public FailureReport failures(String provider) {
    return failures.getOrDefault(provider, FailureReport.NONE);
  }

  /** By the way of failing, the last attempt at a provider that failed so. */
  public Map<FailureKind, LastFailure> lastFailures(String provider) {
    return lastFailures.getOrDefault(provider, Map.of());
  }

  void update(
      DegradationStatus newest,
      Map<String, FailureReport> lastMinute,
      Map<String, Map<FailureKind, LastFailure>> last) {
    failures = Map.copyOf(lastMinute);
    lastFailures = Map.copyOf(last);
    notices = Notices.of(newest, texts);
    status = newest;
  }
}
