package io.signalbox.gateway.degradation;

import io.signalbox.gateway.config.DegradationSettings;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.Backlog;
import io.signalbox.gateway.model.DegradationCause;
import io.signalbox.gateway.model.DegradationReason;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.spool.SpoolStatus;
import io.signalbox.spi.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says of facts what mode they make, and why. Knows nothing of time: {@link HeldVerdict} decides
 * when a mode is entered and left. Immutable.
 */
final class DegradationRules {
  /** As many failures in a minute make a severity critical: fewer uses of a fallback are noise. */
  private static final int LEAST_FALLBACKS = 4;

  private final DegradationSettings limits;
  private final GatewayConfig.Intake intake;

  DegradationRules(DegradationSettings limits, GatewayConfig.Intake intake) {
    this.limits = limits;
    this.intake = intake;
  }

  /** The verdict on one channel by itself. */
  Verdict channel(ChannelFacts facts) {
    List<DegradationReason> reasons = new ArrayList<>();
    providers(facts, reasons);
    if (facts.attempts() >= limits.minAttempts() && facts.successRate() < limits.minSuccessRate()) {
      int sent = facts.attempts() - facts.failures();
      add(
          reasons,
          DegradationCause.LOW_SUCCESS_RATE,
          facts.channel(),
          sent + " of " + facts.attempts() + " attempts in the last minute succeeded");
    }
    if (facts.fallbacks() >= LEAST_FALLBACKS && facts.fallbackShare() > limits.maxFallbackShare()) {
      add(
          reasons,
          DegradationCause.FALLBACK_IN_USE,
          facts.channel(),
          facts.fallbacks() + " attempts in the last minute went over fallback channels");
    }
    backlog(facts, reasons);
    return Verdict.of(reasons);
  }

  private static void providers(ChannelFacts facts, List<DegradationReason> reasons) {
    if (facts.providers().isEmpty()) {
      add(
          reasons,
          DegradationCause.NO_USABLE_PROVIDER,
          facts.channel(),
          "none is configured, and notifications wait");
      return;
    }
    List<ProviderFacts> lost =
        facts.providers().stream().filter(provider -> provider.trouble() != null).toList();
    if (lost.isEmpty()) {
      return;
    }
    boolean noneUsable = facts.usableProviders() == 0;
    boolean allBad = facts.providers().stream().allMatch(p -> !p.usable() || p.failing());
    DegradationCause cause =
        noneUsable
            ? DegradationCause.NO_USABLE_PROVIDER
            : allBad ? DegradationCause.ALL_PROVIDERS_BAD : DegradationCause.PROVIDER_LOST;
    add(
        reasons,
        cause,
        facts.channel(),
        lost.stream().map(ProviderFacts::described).collect(Collectors.joining(", ")));
  }

  private void backlog(ChannelFacts facts, List<DegradationReason> reasons) {
    for (Backlog backlog : facts.lanes()) {
      long age = facts.ageMillis(backlog);
      Lane lane = backlog.lane();
      if (age > limitOf(lane).toMillis()) {
        String name =
            lane.priority().wireName()
                + (lane.kind().batch() ? ", batches" : "")
                + (lane.kind().retry() ? ", retries" : "");
        add(
            reasons,
            DegradationCause.BACKLOG_AGE,
            facts.channel(),
            name + ": " + backlog.due() + " wait, the oldest for " + age / 1000 + " s");
      }
    }
  }

  /** Who hands in many at once does not expect them to go at once. */
  private Duration limitOf(Lane lane) {
    if (lane.kind().batch()) {
      return limits.maxBacklogAgeLow();
    }
    return switch (lane.priority()) {
      case URGENT -> limits.maxBacklogAgeUrgent();
      case HIGH, NORMAL -> limits.maxBacklogAge();
      case LOW -> limits.maxBacklogAgeLow();
    };
  }

  /**
   * The verdict on what the channels have in common.
   *
   * @param channels all channels that have a provider configured, or work that waits for one
   */
  Verdict gateway(GatewayFacts facts, List<ChannelFacts> channels) {
    List<DegradationReason> reasons = new ArrayList<>();
    if (channels.stream().allMatch(channel -> channel.usableProviders() == 0)) {
      add(
          reasons,
          DegradationCause.NO_CHANNEL_WORKS,
          null,
          channels.stream().allMatch(channel -> channel.providers().isEmpty())
              ? "no provider is configured"
              : "no provider of any channel takes work");
    }
    ledger(facts, reasons);
    if (!facts.redisTrouble().isEmpty()) {
      add(reasons, DegradationCause.REDIS_DOWN, null, facts.redisTrouble());
    }
    disk(facts.freeDiskBytes(), reasons);
    if (facts.waiting() >= intake.backlogLimit()) {
      add(reasons, DegradationCause.BACKLOG_FULL, null, facts.waiting() + " notifications wait");
    }
    if (facts.workStalled()) {
      add(reasons, DegradationCause.WORK_STALLED, null, "work is due and nothing is done");
    }
    if (facts.webhooksStalled()) {
      add(reasons, DegradationCause.WEBHOOKS_STALLED, null, "stored webhooks take no effect");
    }
    return Verdict.of(reasons);
  }

  private void ledger(GatewayFacts facts, List<DegradationReason> reasons) {
    SpoolStatus spool = facts.spool();
    boolean trouble = !facts.ledgerTrouble().isEmpty();
    boolean away = trouble || spool.active();
    if (away && spool.exists()) {
      add(
          reasons,
          spool.takes() ? DegradationCause.SPOOLING : DegradationCause.SPOOL_FULL,
          null,
          (spool.fenced()
                  ? "others have taken this gateway for dead, and it takes a new number"
                  : "PostgreSQL is away")
              + (trouble ? " (" + facts.ledgerTrouble() + ")" : "")
              + (spool.takes() ? ", " : " and the spool takes no more, ")
              + spool.entries()
              + " notifications are in the spool");
    } else if (trouble) {
      add(reasons, DegradationCause.LEDGER_DOWN, null, facts.ledgerTrouble());
    } else if (spool.entries() > 0) {
      add(
          reasons,
          DegradationCause.SPOOLING,
          null,
          "the ledger has not taken over " + spool.entries() + " notifications of the spool yet");
    } else if (facts.commitMillis() > limits.slowCommit().toMillis()) {
      add(
          reasons,
          DegradationCause.LEDGER_SLOW,
          null,
          "a commit takes " + facts.commitMillis() + " ms");
    }
  }

  private void disk(long freeBytes, List<DegradationReason> reasons) {
    if (freeBytes >= Math.max(intake.minFreeDiskBytes(), limits.lowDiskBytes())) {
      return;
    }
    DegradationCause cause =
        freeBytes < intake.minFreeDiskBytes()
            ? DegradationCause.DISK_FULL
            : DegradationCause.DISK_LOW;
    String mebibytes = String.format(Locale.ROOT, "%.1f", freeBytes / (double) (1 << 20));
    add(reasons, cause, null, mebibytes + " MiB are free in the data directory");
  }

  private static void add(
      List<DegradationReason> reasons,
      DegradationCause cause,
      @Nullable Channel channel,
      String detail) {
    reasons.add(new DegradationReason(cause, channel, detail));
  }
}
