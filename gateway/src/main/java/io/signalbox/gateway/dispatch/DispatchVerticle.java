package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.DrillMessages.Arrangement;
import io.signalbox.gateway.bus.DrillMessages.Done;
import io.signalbox.gateway.bus.ExplainMessages.Explain;
import io.signalbox.gateway.bus.PoliciesChanged;
import io.signalbox.gateway.bus.PreferenceMessages.InForce;
import io.signalbox.gateway.bus.ProviderMessages.Canary;
import io.signalbox.gateway.bus.ProviderMessages.Limited;
import io.signalbox.gateway.bus.ProviderMessages.LimitsNow;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ScoringMessages.Load;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.gateway.bus.WorkMessage;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.ledger.Nodes.Listening;
import io.signalbox.gateway.ledger.PolicyUse;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.lookup.LookupJournal;
import io.signalbox.gateway.lookup.LookupMeter;
import io.signalbox.gateway.lookup.StatusAsker;
import io.signalbox.gateway.policy.DuplicateBudget;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.gateway.queue.DeliveryQueue;
import io.signalbox.gateway.rate.RateSharing;
import io.signalbox.gateway.tracing.Tracing;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The verticle that moves notifications from the lanes to the providers. It begins to work with the
 * first ranking of all providers: with fewer, notifications would be told that nobody is left.
 */
public final class DispatchVerticle extends VerticleBase {
  private static final long WAIT_FOR_PROVIDERS_MILLIS = 30_000;
  private static final long TICK_MILLIS = 250;
  private static final long SHARES_MILLIS = 5_000;
  private static final long DRAIN_CHECK_MILLIS = 20;

  private final Bus bus;
  private final Ledger ledger;
  private final Supplier<DeliveryQueue> queues;
  private final GatewayConfig config;
  private final PolicyBook policies;
  private final DispatchMeter meter;
  private final LookupMeter lookupMeter;
  private final Clock clock;
  private final RandomGenerator random;
  private final Tracing tracing;
  private @Nullable Dispatcher dispatcher;
  private @Nullable Listening listening;
  private Map<String, Integer> lastLoad = Map.of();
  private Map<String, LimitsNow> lastLimits = Map.of();

  /**
   * Makes the verticle; nothing happens before it is deployed.
   *
   * @param queues makes the queue, on the verticle's context
   */
  public DispatchVerticle(
      Bus bus,
      Ledger ledger,
      Supplier<DeliveryQueue> queues,
      GatewayConfig config,
      PolicyBook policies,
      DispatchMeter meter,
      LookupMeter lookupMeter,
      Clock clock,
      RandomGenerator random,
      Tracing tracing) {
    this.bus = bus;
    this.ledger = ledger;
    this.queues = queues;
    this.config = config;
    this.policies = policies;
    this.meter = meter;
    this.lookupMeter = lookupMeter;
    this.clock = clock;
    this.random = random;
    this.tracing = tracing;
  }

  @Override
  public Future<?> start() {
    GatewayConfig.Dispatch settings = config.dispatch();
    RateSharing rates = new RateSharing(vertx, bus, ledger.nodes(), this::pump);
    ProviderBoard board =
        new ProviderBoard(
            Math.max(1, settings.maxInFlight() / 2),
            new CoolDownRange(settings.coolDownMin(), settings.coolDownMax()),
            rates);
    DrillRules drills = new DrillRules(told -> bus.publish(Addresses.DRILL_ATTEMPTS, told));
    ProviderChooser chooser =
        new ProviderChooser(
            board,
            drills,
            Preferences.of(StoredPreferences.NONE, config.scoring(), settings),
            config.scoring().exploration(),
            random);
    StatusAsker asker = new StatusAsker(bus, lookupMeter, clock, config.lookup().timeout());
    LookupJournal journal = new LookupJournal(ledger, meter, clock);
    OutcomePolicy outcomes = new OutcomePolicy(config.lookup().unknownAfter());
    DuplicateBudget duplicates = new DuplicateBudget();
    Dispatcher work =
        new Dispatcher(
            vertx,
            new Courier(bus, clock, tracing),
            ledger,
            queues.get(),
            board,
            new Inquiries(
                new UnknownOutcomes(asker, journal, outcomes, policies),
                new Confirmations(asker, journal, policies)),
            new FollowUpPlanner(
                chooser,
                outcomes,
                new RoundPolicy(random, millis -> millis <= 0 ? 0 : random.nextLong(millis)),
                policies,
                duplicates,
                meter),
            policies,
            drills,
            meter,
            clock,
            settings.maxInFlight());
    dispatcher = work;
    PauseNews.listen(bus, rates, board, clock);
    PolicyWatch watch = new PolicyWatch(board, policies);

    bus.listen(
        Addresses.PROVIDERS,
        ProviderState.class,
        state -> {
          asker.update(state);
          work.update(state);
          watch.look();
        });
    bus.listen(Addresses.PROVIDERS_CANARY, Canary.class, board::canary);
    bus.listen(
        Addresses.RANKING,
        Ranked.class,
        ranked -> {
          chooser.rankings(ranked.channels());
          if (ranked.complete()) {
            watch.complete();
            work.run();
          }
        });
    bus.listen(
        Addresses.POLICIES,
        PoliciesChanged.class,
        news -> {
          watch.look();
          work.tick();
        });
    bus.listen(
        Addresses.PREFERENCES,
        InForce.class,
        newest -> {
          chooser.preferences(newest.preferences());
          policies.preferences(newest.preferences());
          work.tick();
        });
    ChoiceExplainer explainer = new ChoiceExplainer(board, chooser, policies);
    bus.answer(
        Addresses.EXPLAIN,
        Explain.class,
        question -> Future.succeededFuture(explainer.explain(question, clock.millis())));
    bus.answer(
        Addresses.DRILL_ARRANGEMENTS,
        Arrangement.class,
        wish -> {
          drills.arrange(wish, clock.millis());
          return Future.succeededFuture(new Done());
        });
    Context home = context;
    listening =
        ledger
            .nodes()
            .onChange(
                () ->
                    home.runOnContext(
                        changed -> {
                          board.ratesChanged(clock.millis());
                          work.sweep();
                        }));
    bus.listen(Addresses.WORK, WorkMessage.class, message -> work.offer(message.item()));
    // The timers end with the verticle's context.
    vertx.setPeriodic(settings.sweepInterval().toMillis(), tick -> work.sweep());
    vertx.setPeriodic(settings.stalledInterval().toMillis(), tick -> work.sweepStalled());
    vertx.setPeriodic(
        TICK_MILLIS,
        tick -> {
          publishLoad(work);
          publishLimits(work);
          drills.expire(clock.millis());
          work.tick();
        });
    vertx.setPeriodic(
        SHARES_MILLIS, tick -> duplicates.shares(clock.millis(), meter::duplicateShare));
    vertx.setTimer(WAIT_FOR_PROVIDERS_MILLIS, over -> work.run());
    return restore(duplicates);
  }

  private void pump() {
    Dispatcher work = dispatcher;
    if (work != null) {
      work.pump();
    }
  }

  /** A budget that was spent before a restart is spent after it. */
  private Future<Void> restore(DuplicateBudget duplicates) {
    return ledger
        .policyUse(clock.millis() - DuplicateBudget.WINDOW.toMillis())
        .onSuccess(
            uses -> {
              for (PolicyUse use : uses) {
                duplicates.restore(use.policy(), use.minuteMillis(), use.begun(), use.doubled());
              }
            })
        .mapEmpty();
  }

  private void publishLoad(Dispatcher work) {
    Map<String, Integer> load = work.load();
    if (!load.equals(lastLoad)) {
      lastLoad = load;
      bus.publish(Addresses.LOAD, new Load(load));
    }
  }

  private void publishLimits(Dispatcher work) {
    Map<String, LimitsNow> limits = work.limits();
    if (!limits.equals(lastLimits)) {
      lastLimits = limits;
      bus.publish(Addresses.LIMITS, new Limited(limits));
    }
  }

  /** Takes no more work and completes once nothing is under way, or after the drain timeout. */
  @Override
  public Future<?> stop() {
    Listening nodes = listening;
    if (nodes != null) {
      nodes.close();
    }
    Dispatcher work = dispatcher;
    if (work == null) {
      return Future.succeededFuture();
    }
    work.stop();
    Promise<Void> drained = Promise.promise();
    long deadline = clock.millis() + config.http().drainTimeout().toMillis();
    long timer =
        vertx.setPeriodic(
            DRAIN_CHECK_MILLIS,
            tick -> {
              if (work.underWay() == 0 || clock.millis() >= deadline) {
                drained.tryComplete();
              }
            });
    return drained
        .future()
        .onComplete(done -> vertx.cancelTimer(timer))
        .compose(done -> work.close());
  }
}
