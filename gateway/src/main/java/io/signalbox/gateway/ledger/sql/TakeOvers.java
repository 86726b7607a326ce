package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Node;
import io.signalbox.gateway.ledger.TakenOver;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over the work of nodes as they die. Thread-safe. */
final class TakeOvers {
  private static final Logger LOG = LoggerFactory.getLogger(TakeOvers.class);

  private final SqlEngine engine;
  private final Writer writer;
  private final Clock clock;
  private final Set<Node> underWay = ConcurrentHashMap.newKeySet();
  private final List<Consumer<TakenOver>> listeners = new CopyOnWriteArrayList<>();

  TakeOvers(SqlEngine engine, Writer writer, Clock clock) {
    this.engine = engine;
    this.writer = writer;
    this.clock = clock;
  }

  /** Begins to take over. */
  void start() {
    engine.onDeath(() -> engine.dead().forEach(this::tell));
  }

  /** Has somebody told of each, on any thread. */
  void listen(Consumer<TakenOver> listener) {
    listeners.add(listener);
  }

  private void tell(Node dead) {
    // The bell rings until it is done.
    if (underWay.add(dead)) {
      take(dead, clock.millis())
          .onComplete(
              taken -> {
                underWay.remove(dead);
                taken.ifPresent(what -> listeners.forEach(each -> each.accept(what)));
              },
              failure -> {
                underWay.remove(dead);
                LOG.warn(
                    "the work of node {} is not taken over yet: {}",
                    dead.number(),
                    failure.getMessage());
              });
    }
  }

  /** Takes over from all that are known to be dead; for a start. */
  Future<List<TakenOver>> takeAll(long nowMillis) {
    List<TakenOver> all = new ArrayList<>();
    Future<?> done = Future.succeededFuture();
    for (Node dead : engine.dead()) {
      done =
          done.compose(before -> take(dead, nowMillis)).onSuccess(one -> one.ifPresent(all::add));
    }
    return done.map(last -> all);
  }

  private Future<Optional<TakenOver>> take(Node dead, long nowMillis) {
    return writer
        .submit(new TakeOverChange(dead, nowMillis), 1)
        .onSuccess(
            taken ->
                taken.ifPresent(
                    what ->
                        LOG.warn(
                            "the work of node {} was taken over: {} attempts were broken off",
                            dead.number(),
                            what.brokenOff())));
  }
}
