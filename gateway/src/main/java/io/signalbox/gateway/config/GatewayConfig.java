package io.signalbox.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The whole configuration, checked. Every value has its key, default, unit and range in {@code
 * docs/configuration.md}.
 */
public record GatewayConfig(
    HttpSettings http,
    CompatSettings compat,
    Data data,
    PluginsSettings plugins,
    Policies policies,
    Sandbox sandbox,
    Intake intake,
    Ledger ledger,
    PostgresSettings postgres,
    SpoolSettings spool,
    RedisSettings redis,
    QueueSettings queue,
    ClusterSettings cluster,
    Dispatch dispatch,
    Unknown unknown,
    Lookup lookup,
    NumbersSettings numbers,
    BookingSettings bookings,
    OperationSettings operations,
    Breaker breaker,
    Scoring scoring,
    DegradationSettings degradation,
    Webhooks webhooks,
    CallbackSettings callbacks,
    RetentionSettings retention,
    SecuritySettings security,
    QuotaSettings quotas,
    Log log,
    TracingSettings tracing) {

  /** Whether notifications wait in Redis, over the ledger. */
  public boolean queuesInRedis() {
    return switch (queue.engine()) {
      case AUTO -> redis.isConfigured() && ledger.engine() == Ledger.Engine.POSTGRES;
      case LEDGER -> false;
      case REDIS -> true;
    };
  }

  /**
   * Where data lives.
   *
   * @param dir the data directory: ledger, keys, staged plugins
   */
  public record Data(Path dir) {}

  /**
   * Routing policies.
   *
   * @param dir one YAML file each
   */
  public record Policies(Path dir) {}

  /**
   * The sandbox.
   *
   * @param enabled whether the sandbox's providers are configured
   * @param port control port of the simulator that is started in this process
   * @param url control URL of a simulator that runs elsewhere; empty to start one in this process
   * @param providersDir provider files for the sandbox
   */
  public record Sandbox(boolean enabled, int port, Optional<String> url, Path providersDir) {}

  /**
   * Intake.
   *
   * @param backlogLimit how many notifications may wait before intake answers 503
   * @param minFreeDiskBytes below this much free space in the data directory intake answers 503,
   *     and so do rents and bookings
   * @param batchLimit how many notifications one batch may hold
   * @param batchBytes how many bytes of batches are held at once before a batch is refused
   * @param maxLoopLag how late event loops may be before only urgent notifications are taken
   */
  public record Intake(
      long backlogLimit,
      long minFreeDiskBytes,
      int batchLimit,
      long batchBytes,
      Duration maxLoopLag) {}

  /**
   * The ledger.
   *
   * @param engine where it lives
   * @param maxCommitBatch how many changes share one commit at most
   * @param maxWaitingChanges how many changes may wait for a commit before callers are refused
   * @param maxWaitingBytes how many bytes of content may wait for a commit before callers are
   *     refused
   */
  public record Ledger(
      Engine engine, int maxCommitBatch, int maxWaitingChanges, long maxWaitingBytes) {

    /** Where a ledger lives. */
    public enum Engine {
      /** In a file of the data directory. */
      SQLITE,
      /** In a PostgreSQL database. */
      POSTGRES
    }
  }

  /**
   * Dispatch and retry.
   *
   * @param laneWindow how many notifications of a lane are held in memory at most
   * @param laneWindowBytes how many bytes of content all lanes together hold in memory at most
   * @param maxInFlight how many attempts may be under way at most, over all providers
   * @param sweepInterval how often the ledger is asked for what the bell missed
   * @param maxAttempts how many attempts one notification may take, throttled ones not counted
   * @param stalledInterval how often the ledger is searched for work that nobody does
   * @param maxRounds how many rounds over all candidates before a notification is a dead letter
   * @param retryBase wait before the second round; doubles with each round, with full jitter
   * @param retryMax longest wait between rounds
   * @param coolDownMin how long a provider without capacity gets no work at least
   * @param coolDownMax how long at most, whatever its Retry-After says
   * @param window how long after its acceptance a notification may still be tried
   */
  public record Dispatch(
      int laneWindow,
      long laneWindowBytes,
      int maxInFlight,
      Duration sweepInterval,
      int maxAttempts,
      Duration stalledInterval,
      int maxRounds,
      Duration retryBase,
      Duration retryMax,
      Duration coolDownMin,
      Duration coolDownMax,
      Duration window) {}

  /**
   * Unknown outcomes.
   *
   * @param failoverAfter how long the policy {@code failover} waits for a receipt
   * @param waitFor how long the policy {@code wait} waits for a receipt before it fails over
   */
  public record Unknown(Duration failoverAfter, Duration waitFor) {}

  /**
   * Look-ups of statuses.
   *
   * @param ratePerSecond how many questions one provider is asked in a second at most
   * @param timeout how long one answer may take
   * @param unknownAfter when a provider is first asked about an unknown outcome
   * @param receiptAfter ages at which a provider is asked about what has no final receipt, growing
   */
  public record Lookup(
      double ratePerSecond, Duration timeout, Duration unknownAfter, List<Duration> receiptAfter) {

    /** Copies the list. */
    public Lookup {
      receiptAfter = List.copyOf(receiptAfter);
    }
  }

  /**
   * Circuit breakers.
   *
   * @param failureThreshold failures in the window that open it
   * @param failureRate share of failures in the window that opens it, from {@code minimumCalls} on
   * @param minimumCalls calls in the window before the rate counts
   * @param window length of the rolling window
   * @param recoveryTimeout how long it stays open; doubles each time a trial fails
   * @param maxRecoveryTimeout longest time it stays open
   * @param successesToClose successful trials that close it
   * @param halfOpenTrials trials under way at a time while half-open
   */
  public record Breaker(
      int failureThreshold,
      double failureRate,
      int minimumCalls,
      Duration window,
      Duration recoveryTimeout,
      Duration maxRecoveryTimeout,
      int successesToClose,
      int halfOpenTrials) {}

  /**
   * Scoring.
   *
   * @param policy {@code weighted}, {@code adjusted} or {@code cheapest}
   * @param strategy {@code best} or {@code weighted}
   * @param window how many attempts a health window holds
   * @param exploration share of choices that try the candidate tried least recently
   * @param maxResponseTime response time that scores 0
   * @param minSuccessRate below it a provider is degraded
   * @param publishInterval how often a changed ranking is published
   * @param maxShiftPerSecond share of a channel's traffic that may move in a second
   * @param shiftMargin points by which another must be better before traffic moves to it
   * @param lateAfterMin a delivery is never late before that
   * @param lateAfterMax a delivery is always late after that
   */
  public record Scoring(
      String policy,
      String strategy,
      int window,
      double exploration,
      Duration maxResponseTime,
      double minSuccessRate,
      Duration publishInterval,
      double maxShiftPerSecond,
      double shiftMargin,
      Duration lateAfterMin,
      Duration lateAfterMax) {}

  /**
   * Webhooks.
   *
   * @param publicUrl how providers reach this gateway from outside; empty: its own address
   * @param maxBodyBytes largest body
   * @param maxBytesUnderWay how many bytes of bodies are held at once before one is refused
   * @param bodyTimeout how long a body may take to come in
   * @param retention how long raw bodies are kept
   * @param retentionInterval how often older ones are looked for
   */
  public record Webhooks(
      Optional<String> publicUrl,
      int maxBodyBytes,
      long maxBytesUnderWay,
      Duration bodyTimeout,
      Duration retention,
      Duration retentionInterval) {}

  /**
   * Logs.
   *
   * @param level {@code auto}, {@code error}, {@code warn}, {@code info} or {@code debug}
   * @param format {@code auto}, {@code json} or {@code text}
   * @param access whether requests have lines
   */
  public record Log(String level, String format, boolean access) {}
}
