package io.signalbox.gateway.callback;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.CallbackMessages.CallbacksDue;
import io.signalbox.gateway.bus.CallbackMessages.EndpointsChanged;
import io.signalbox.gateway.config.CallbackSettings;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackQueue;
import io.signalbox.gateway.ledger.CallbackQueue.Limits;
import io.signalbox.gateway.ledger.CallbackQueue.Roll;
import io.signalbox.gateway.ledger.RetentionLedger.Removed;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.retention.RetentionSweep;
import io.signalbox.gateway.retention.RetentionSweep.Kept;
import io.signalbox.gateway.retention.RetentionSweep.Pace;
import io.signalbox.gateway.tracing.Tracing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events to callback endpoints. What is due stands in the ledger, stored with the change that
 * it tells of; doorbells say that something may be due, and a sweep finds what they missed. Of
 * nodes that share a ledger one sends.
 */
public final class CallbackVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackVerticle.class);
  private static final long SWEEP_MILLIS = 1_000;
  private static final long LONGEST_STOP_MILLIS = 5_000;
  private static final long IDLE_CHECK_MILLIS = 20;

  /**
   * Connections to one host. Endpoints of one host share them, so this must never be what bounds:
   * waiting for a connection would let a slow endpoint delay a fast one. Lanes bound themselves.
   */
  private static final int MAX_CONNECTIONS = 10_000;

  private static final Duration RETENTION_INTERVAL = Duration.ofMinutes(10);

  private final Bus bus;
  private final CallbackQueue queue;
  private final CallbackSettings config;
  private final CallbackMeter meter;
  private final Clock clock;
  private final DoubleSupplier random;
  private final HttpClientOptions http;
  private final @Nullable HostResolver resolver;
  private final Tracing tracing;
  private final Map<Long, EndpointLane> lanes = new HashMap<>();
  private @Nullable Parts parts;
  private boolean reloading;
  private boolean reloadAgain;

  /**
   * Makes the verticle; nothing happens before it is deployed.
   *
   * @param random from 0 to 1, for the jitter of retries
   */
  public CallbackVerticle(
      Bus bus,
      CallbackQueue queue,
      CallbackSettings config,
      CallbackMeter meter,
      Clock clock,
      DoubleSupplier random,
      Tracing tracing) {
    this(bus, queue, config, meter, clock, random, new HttpClientOptions(), null, tracing);
  }

  /** As above, with whom to trust and a resolver of its own. */
  CallbackVerticle(
      Bus bus,
      CallbackQueue queue,
      CallbackSettings config,
      CallbackMeter meter,
      Clock clock,
      DoubleSupplier random,
      HttpClientOptions http,
      @Nullable HostResolver resolver,
      Tracing tracing) {
    this.bus = bus;
    this.queue = queue;
    this.config = config;
    this.meter = meter;
    this.clock = clock;
    this.random = random;
    this.http = http;
    this.resolver = resolver;
    this.tracing = tracing;
  }

  /** What exists from the start on. */
  private record Parts(
      CallbackSender sender,
      RetryPlan plan,
      ResultRecorder recorder,
      RetentionSweep retention,
      long timer) {}

  @Override
  public Future<?> start() {
    PoolOptions pool = new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS);
    CallbackSender sender =
        new CallbackSender(
            vertx,
            vertx.createHttpClient(http, pool),
            resolver == null ? HostResolver.of(vertx) : resolver,
            config,
            clock,
            tracing);
    RetryPlan plan = new RetryPlan(config.retryDelays(), random);
    RetentionSweep retention =
        new RetentionSweep(
            vertx,
            clock,
            Pace.every(RETENTION_INTERVAL),
            List.of(
                new Kept(
                    "events",
                    config.retention(),
                    before -> queue.deleteOld(before).map(Removed::some))));
    parts =
        new Parts(
            sender,
            plan,
            new ResultRecorder(vertx, queue, limits(plan), this::disabled),
            retention,
            vertx.setPeriodic(SWEEP_MILLIS, tick -> reload()));
    bus.listen(Addresses.CALLBACKS_DUE, CallbacksDue.class, this::ring);
    bus.listen(Addresses.CALLBACKS_CHANGED, EndpointsChanged.class, changed -> reload());
    retention.start();
    reload();
    return Future.succeededFuture();
  }

  private Limits limits(RetryPlan plan) {
    return new Limits(config.disableAfter().toMillis(), plan.longestGap().toMillis());
  }

  /** Begins nothing more. What is under way is sent again by the next start, unless it ends now. */
  @Override
  public Future<?> stop() {
    lanes.values().forEach(EndpointLane::close);
    Parts running = parts;
    if (running == null) {
      return Future.succeededFuture();
    }
    vertx.cancelTimer(running.timer());
    running.retention().stop();
    Promise<Void> idle = Promise.promise();
    long deadline = clock.millis() + LONGEST_STOP_MILLIS;
    awaitIdle(idle, deadline);
    return idle.future().onComplete(done -> running.recorder().stop());
  }

  private void awaitIdle(Promise<Void> idle, long deadline) {
    boolean busy = lanes.values().stream().anyMatch(lane -> lane.underWay() > 0);
    if (busy && clock.millis() < deadline) {
      vertx.setTimer(IDLE_CHECK_MILLIS, later -> awaitIdle(idle, deadline));
    } else {
      idle.complete();
    }
  }

  private void ring(CallbacksDue due) {
    if (!queue.isOurs()) {
      return;
    }
    boolean unknown = false;
    for (long endpoint : due.endpoints()) {
      EndpointLane lane = lanes.get(endpoint);
      unknown |= lane == null;
      if (lane != null) {
        lane.ring();
      }
    }
    if (unknown) {
      reload();
    }
  }

  private void disabled(List<NotificationId> endpoints) {
    for (NotificationId endpoint : endpoints) {
      LOG.warn("callback endpoint {} was disabled", endpoint);
      meter.callbackDisabled();
    }
    reload();
  }

  /** Learns which endpoints there are, and rings those at which something is due. */
  private void reload() {
    if (!queue.isOurs()) {
      List.copyOf(lanes.keySet()).forEach(this::close);
      return;
    }
    if (reloading) {
      reloadAgain = true;
      return;
    }
    reloading = true;
    queue
        .enabled(clock.millis())
        .onSuccess(this::update)
        .onFailure(failure -> LOG.warn("callback endpoints: {}", failure.toString()))
        .onComplete(
            done -> {
              reloading = false;
              if (reloadAgain) {
                reloadAgain = false;
                reload();
              }
            });
  }

  private void update(Roll roll) {
    Parts running = parts;
    if (running == null) {
      return;
    }
    Set<Long> gone = new HashSet<>(lanes.keySet());
    for (CallbackEndpoint endpoint : roll.endpoints()) {
      long key = endpoint.id().key();
      gone.remove(key);
      EndpointLane lane = lanes.computeIfAbsent(key, made -> lane(endpoint, running));
      lane.update(endpoint);
      if (roll.due().contains(key)) {
        lane.ring();
      }
    }
    gone.forEach(this::close);
  }

  /** A lane is kept while something is under way, lest that is sent twice after an enabling. */
  private void close(long key) {
    EndpointLane lane = lanes.get(key);
    if (lane != null) {
      lane.close();
      if (lane.underWay() == 0) {
        lanes.remove(key);
      }
    }
  }

  private EndpointLane lane(CallbackEndpoint endpoint, Parts running) {
    return new EndpointLane(
        endpoint,
        queue,
        running.sender(),
        running.plan(),
        running.recorder(),
        meter,
        clock,
        config.concurrency());
  }
}
