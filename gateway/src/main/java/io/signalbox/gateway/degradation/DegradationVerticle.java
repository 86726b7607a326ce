package io.signalbox.gateway.degradation;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.DegradationChanged;
import io.signalbox.gateway.bus.HealthMessages.HealthElsewhere;
import io.signalbox.gateway.bus.ProviderMessages.ProviderReset;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.ProvidersLoaded;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.DegradationLedger;
import io.signalbox.gateway.ledger.DegradationLedger.ModeChange;
import io.signalbox.gateway.ledger.FailureMetric;
import io.signalbox.gateway.model.DegradationMode;
import io.signalbox.gateway.model.DegradationReason;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches how providers fail and how much of the gateway works, off the hot path: collects facts,
 * lets them be judged at a fixed beat, shows the result in the {@link DegradationView}, and tells,
 * logs and stores each change.
 */
public final class DegradationVerticle extends VerticleBase {
  /** Short against all times that modes are held for. */
  static final Duration BEAT = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(DegradationVerticle.class);

  private final Bus bus;
  private final DegradationLedger ledger;
  private final GatewayConfig config;
  private final ServiceProbe probe;
  private final DegradationView view;
  private final Clock clock;
  private final FailureWatch failures;
  private final FactBook facts;
  private final DegradationJudge judge;
  private boolean providersLoaded;
  private @Nullable DegradationMode told;

  /**
   * Makes the verticle; nothing happens before it is deployed.
   *
   * @param probe asked at each beat
   * @param view kept up to date
   */
  public DegradationVerticle(
      Bus bus,
      DegradationLedger ledger,
      GatewayConfig config,
      ServiceProbe probe,
      DegradationView view,
      Clock clock) {
    this.bus = bus;
    this.ledger = ledger;
    this.config = config;
    this.probe = probe;
    this.view = view;
    this.clock = clock;
    long now = clock.millis();
    this.failures = new FailureWatch(now);
    this.facts = new FactBook(failures);
    this.judge = new DegradationJudge(config.degradation(), config.intake(), now);
  }

  @Override
  public Future<?> start() {
    bus.listen(Addresses.OUTCOMES, Observed.class, failures::observe);
    bus.listen(Addresses.PROVIDERS, ProviderState.class, facts::update);
    bus.listen(
        Addresses.PROVIDERS_RESET, ProviderReset.class, reset -> failures.reset(reset.provider()));
    bus.listen(
        Addresses.HEALTH_ELSEWHERE,
        HealthElsewhere.class,
        news -> news.slices().forEach(slice -> failures.elsewhere(slice, clock.millis())));
    // Before all providers of the start were heard of, channels would seem to have lost some.
    bus.listen(Addresses.PROVIDERS_LOADED, ProvidersLoaded.class, loaded -> providersLoaded = true);
    return ledger
        .latestModeChange()
        .onSuccess(last -> last.ifPresent(this::takeOver))
        .otherwise(
            failure -> {
              LOG.warn("the last degradation mode is not known: {}", failure.toString());
              return Optional.empty();
            })
        .onSuccess(
            done -> {
              // The timers end with the verticle's context.
              vertx.setPeriodic(BEAT.toMillis(), beat -> look());
              vertx.setPeriodic(
                  config.degradation().metricsInterval().toMillis(), due -> writeMetrics());
            });
  }

  /** The mode in which the gateway was stopped ends with its start: what is so now comes anew. */
  private void takeOver(ModeChange last) {
    if (last.to() != DegradationMode.NORMAL) {
      store(new ModeChange(last.to(), DegradationMode.NORMAL, List.of(), clock.millis()));
    }
  }

  private void look() {
    long now = clock.millis();
    if (providersLoaded) {
      ServiceProbe.Sample sample = probe.sample(now);
      facts.fallbacks(sample.fallbacks(), now);
      DegradationStatus status =
          judge.judge(sample.gateway(), facts.channels(sample.work(), now), now);
      view.update(status, failures.reports(now), failures.lastFailures());
      tell(status, now);
    } else {
      view.update(view.status(), failures.reports(now), failures.lastFailures());
    }
  }

  private void tell(DegradationStatus status, long now) {
    DegradationMode before = told == null ? DegradationMode.NORMAL : told;
    told = status.mode();
    if (before == status.mode()) {
      return;
    }
    String why =
        status.reasons().stream()
            .map(DegradationReason::toString)
            .collect(Collectors.joining("; "));
    if (status.mode() == DegradationMode.NORMAL) {
      LOG.info("degradation mode {} is over: all is normal", before);
    } else {
      LOG.warn("degradation mode moved from {} to {}: {}", before, status.mode(), why);
    }
    bus.publish(
        Addresses.DEGRADATION,
        new DegradationChanged(before, status.mode(), status.reasons(), now));
    store(new ModeChange(before, status.mode(), status.reasons(), now));
  }

  private void store(ModeChange change) {
    ledger
        .recordModeChange(change)
        .onFailure(
            failure ->
                LOG.warn(
                    "a change of the degradation mode was not stored: {}", failure.toString()));
  }

  private void writeMetrics() {
    long now = clock.millis();
    List<FailureMetric> window = failures.takeWindow(now);
    ledger
        .recordFailures(window)
        .onFailure(failure -> failures.giveBack(window))
        .compose(done -> ledger.forgetFailures(now - config.degradation().retention().toMillis()))
        .onFailure(failure -> LOG.warn("failure metrics were not stored: {}", failure.toString()));
  }
}
