package io.signalbox.gateway.bus;

import io.signalbox.spi.events.EventStream;
import io.signalbox.spi.intake.Intake;

/** Every address of the event bus. */
public final class Addresses {
  /** Notifications of co-located verticles; answered with {@code Accepted}. */
  public static final String INTAKE = Intake.ADDRESS;

  /** Doorbell of the dispatcher: {@link WorkMessage}. */
  public static final String WORK = "signalbox.work";

  /** Ends of attempts, published for scoring and metrics: {@link ScoringMessages.Observed}. */
  public static final String OUTCOMES = "signalbox.outcomes";

  /** What receipts say of providers, published: {@link ScoringMessages.Deliveries}. */
  public static final String DELIVERIES = "signalbox.deliveries";

  /** Rankings, published by scoring: {@link ScoringMessages.Ranked}. */
  public static final String RANKING = "signalbox.ranking";

  /** What is under way, published by the dispatcher: {@link ScoringMessages.Load}. */
  public static final String LOAD = "signalbox.load";

  /** What providers are given, published by the dispatcher: {@link ProviderMessages.Limited}. */
  public static final String LIMITS = "signalbox.limits";

  /** States of providers, published by them: {@link ProviderMessages.ProviderState}. */
  public static final String PROVIDERS = "signalbox.providers";

  /**
   * Tells that the first scan of the plugins folder is over: {@link
   * ProviderMessages.ProvidersLoaded}.
   */
  public static final String PROVIDERS_LOADED = "signalbox.providers.loaded";

  /** An operator has reset a provider, published: {@link ProviderMessages.ProviderReset}. */
  public static final String PROVIDERS_RESET = "signalbox.providers.reset";

  /**
   * An operator wants a provider out of service, or back in it, published: {@link
   * ProviderMessages.DrainWished}.
   */
  public static final String PROVIDERS_DRAIN = "signalbox.providers.drain";

  /** A generation goes on trial, or its trial ends, published: {@link ProviderMessages.Canary}. */
  public static final String PROVIDERS_CANARY = "signalbox.providers.canary";

  /** A provider was to be replaced, published: {@link ProviderMessages.Swap}. */
  public static final String PROVIDERS_SWAPPED = "signalbox.providers.swapped";

  /** What breakers of this node decide, published: {@link BreakerMessages.BreakerDecided}. */
  public static final String BREAKERS_DECIDED = "signalbox.breakers.decided";

  /** What gateways agree on, published: {@link BreakerMessages.BreakerAgreed}. */
  public static final String BREAKERS_AGREED = "signalbox.breakers.agreed";

  /** Breakers shall tell how they are, published: {@link BreakerMessages.BreakersAsked}. */
  public static final String BREAKERS_ASKED = "signalbox.breakers.asked";

  /** What is new of providers' health on this node: {@link HealthMessages.TakeHealthNews}. */
  public static final String HEALTH_NEWS = "signalbox.health.news";

  /** What is new of it on other nodes, published: {@link HealthMessages.HealthElsewhere}. */
  public static final String HEALTH_ELSEWHERE = "signalbox.health.elsewhere";

  /** Nodes hear of each other, or not, published: {@link HealthMessages.HealthConnected}. */
  public static final String HEALTH_CONNECTED = "signalbox.health.connected";

  /** Whether rates are shared, published: {@link RateMessages.RatesShared}. */
  public static final String RATES_SHARED = "signalbox.rates.shared";

  /** Permits of what all nodes share: {@link RateMessages.TakePermits}. */
  public static final String PERMITS = "signalbox.rates.permits";

  /** Who wants no work of this node, published: {@link RateMessages.CoolsDown}. */
  public static final String COOL_DOWNS = "signalbox.cool_downs";

  /** Who wants none of another, published: {@link RateMessages.CoolsDownElsewhere}. */
  public static final String COOL_DOWNS_ELSEWHERE = "signalbox.cool_downs.elsewhere";

  /** Whatever cools down shall be told, published: {@link RateMessages.CoolDownsAsked}. */
  public static final String COOL_DOWNS_ASKED = "signalbox.cool_downs.asked";

  /** How much of the gateway works, published when it changes: {@link DegradationChanged}. */
  public static final String DEGRADATION = "signalbox.degradation";

  /** Webhooks as they come in: {@link WebhookMessages.Arrived}. */
  public static final String WEBHOOK = "signalbox.webhook";

  /** Something is due at callback endpoints: {@link CallbackMessages.CallbacksDue}. */
  public static final String CALLBACKS_DUE = "signalbox.callbacks.due";

  /** Callback endpoints have changed, published: {@link CallbackMessages.EndpointsChanged}. */
  public static final String CALLBACKS_CHANGED = "signalbox.callbacks.changed";

  /** Other routing policies are in force, published: {@link PoliciesChanged}. */
  public static final String POLICIES = "signalbox.policies";

  /** What would happen to a notification now: {@link ExplainMessages.Explain}. */
  public static final String EXPLAIN = "signalbox.explain";

  /** Doorbell of the operations: {@link OperationAccepted}. */
  public static final String OPERATIONS = "signalbox.operations";

  /** Something came in at a rented number, published: {@link RentalHint}. */
  public static final String RENTALS = "signalbox.rentals";

  /** Drills begin and end: {@link DrillMessages.BeginDrill}, {@link DrillMessages.AbortDrill}. */
  public static final String DRILLS = "signalbox.drills";

  /** What drills ask of the dispatcher: {@link DrillMessages.Arrangement}. */
  public static final String DRILL_ARRANGEMENTS = "signalbox.drills.arrangements";

  /**
   * What becomes of attempts while a provider is withheld, published by the dispatcher: {@link
   * DrillMessages.DrillAttempt}, {@link DrillMessages.DrillSpared}.
   */
  public static final String DRILL_ATTEMPTS = "signalbox.drills.attempts";

  /** What became of notifications, published: {@code NotificationEvent}. */
  public static final String EVENTS = EventStream.ADDRESS;

  /** The preferences in force, published: {@link PreferenceMessages.InForce}. */
  public static final String PREFERENCES = "signalbox.preferences";

  /** Asks that the stored preferences be read now: {@link PreferenceMessages.Reread}. */
  public static final String PREFERENCES_REREAD = "signalbox.preferences.reread";

  /**
   * What gateways agree on has changed somewhere, published: {@link BreakerMessages.BreakersLook}.
   */
  public static final String BREAKERS_LOOK = "signalbox.breakers.look";

  /**
   * Calls of operations that were answered after they were given up, published: {@link
   * OperationMessages.AnsweredLate}.
   */
  public static final String OPERATIONS_LATE = "signalbox.operations.late";

  /** What is told to all nodes of a cluster: {@link PeerMessages.Ring}. */
  public static final String NODES = "signalbox.nodes";

  private Addresses() {}

  /** Where a node of a cluster is asked: {@link NodeMessage}. */
  public static String node(String id) {
    return "signalbox.node." + id;
  }

  /** Where one generation of a provider takes its messages. */
  public static String provider(String id, long generation) {
    return "signalbox.provider." + id + "@" + generation;
  }

  /** Where one generation of a provider takes calls of operations: {@link OperationMessages}. */
  public static String operations(String id, long generation) {
    return provider(id, generation) + ".operations";
  }
}
