package io.signalbox.loader;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway that runs providers by noting them; some ids can be made to fail or to take long. */
final class FakeGateway implements ProviderLifecycle {
  /** What happened, such as {@code start mail 1.0}, in order. */
  final List<String> events = new CopyOnWriteArrayList<>();

  final List<Refusal> refusals = new CopyOnWriteArrayList<>();
  final Map<String, ProviderDefinition> running = new ConcurrentHashMap<>();

  /** Ids whose start fails. */
  final Map<String, String> failing = new ConcurrentHashMap<>();

  /** Ids whose start fails with what a plugin throws. */
  final Map<String, Throwable> throwing = new ConcurrentHashMap<>();

  /** Ids whose changes wait for their promise. */
  final Map<String, Promise<Void>> held = new ConcurrentHashMap<>();

  /** Whether what is started retains its plugin. */
  final AtomicBoolean retaining = new AtomicBoolean();

  /** Ids whose start under way was not wanted any more. */
  final Set<String> abandoned = ConcurrentHashMap.newKeySet();

  final List<LoadedPlugin> retained = new CopyOnWriteArrayList<>();

  final AtomicInteger mostAtATime = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();

  @Override
  public Future<Void> start(ProviderDefinition definition, LoadedPlugin plugin) {
    begin();
    if (retaining.get()) {
      plugin.retain();
      retained.add(plugin);
    }
    events.add("start " + definition.id() + " " + plugin.version());
    String failure = failing.get(definition.id());
    if (failure != null) {
      underWay.decrementAndGet();
      return Future.failedFuture(failure);
    }
    Throwable thrown = throwing.get(definition.id());
    if (thrown != null) {
      underWay.decrementAndGet();
      return Future.failedFuture(thrown);
    }
    return hold(definition.id()).onSuccess(done -> running.put(definition.id(), definition));
  }

  @Override
  public Future<Void> stop(String providerId) {
    begin();
    events.add("stop " + providerId);
    return hold(providerId).onSuccess(done -> running.remove(providerId));
  }

  @Override
  public void abandon(String providerId) {
    abandoned.add(providerId);
  }

  @Override
  public void refused(Refusal refusal) {
    refusals.add(refusal);
  }

  /** The reasons of the refusals so far. */
  List<String> reasons() {
    return refusals.stream().map(Refusal::reason).toList();
  }

  private void begin() {
    mostAtATime.accumulateAndGet(underWay.incrementAndGet(), Math::max);
  }

  private Future<Void> hold(String id) {
    Promise<Void> promise = held.get(id);
    Future<Void> done = promise == null ? Future.succeededFuture() : promise.future();
    return done.onComplete(result -> underWay.decrementAndGet());
  }
}
