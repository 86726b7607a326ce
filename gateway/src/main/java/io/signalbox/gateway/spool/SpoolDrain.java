package io.signalbox.gateway.spool;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.RestoreLedger;
import io.signalbox.gateway.ledger.RestoreLedger.Restoration;
import io.signalbox.gateway.ledger.RestoreLedger.Restored;
import io.signalbox.gateway.ledger.SpoolLedger.Oldest;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what is in the spool into the ledger, oldest first, once an empty part has shown that the
 * ledger is back. What the ledger may have, and the spool has not forgotten, is offered again, and
 * recognised; but not if it is so old that the ledger may have let go of it since: nobody could
 * tell then whether it was sent. Used on one context.
 */
final class SpoolDrain {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolDrain.class);
  private static final int PART = 200;
  private static final long PART_BYTES = 4 << 20;

  private final SpoolStore spool;
  private final RestoreLedger ledger;
  private final SpoolSwitch way;
  private final Function<SendNotification, List<Channel>> fallbacks;
  private final Supplier<NotificationId> ids;
  private final SpoolMeter meter;

  private final LongPredicate mayBeGone;

  /**
   * What the ledger will never take, cannot be read, or may have been sent; looked at again by the
   * next start.
   */
  private final Set<NotificationId> setAside = ConcurrentHashMap.newKeySet();

  /** What the ledger has and the spool has not forgotten yet: no more than one part. */
  private final List<AcceptRequest> moved = new ArrayList<>();

  private boolean fileFails;

  private volatile Future<Void> running = Future.succeededFuture();
  private volatile boolean closed;

  /**
   * Makes it; it does nothing by itself.
   *
   * @param fallbacks the channels that a notification may take after its own, by itself or its
   *     policy
   * @param ids makes ids for those whose key was taken
   * @param mayBeGone whether the ledger may have removed, for its age, what was accepted at a time
   *     in epoch milliseconds
   */
  SpoolDrain(
      SpoolStore spool,
      RestoreLedger ledger,
      SpoolSwitch way,
      Function<SendNotification, List<Channel>> fallbacks,
      Supplier<NotificationId> ids,
      SpoolMeter meter,
      LongPredicate mayBeGone) {
    this.spool = spool;
    this.ledger = ledger;
    this.way = way;
    this.fallbacks = fallbacks;
    this.ids = ids;
    this.meter = meter;
    this.mayBeGone = mayBeGone;
  }

  /** Tries to move all, if there is a reason to and no other try is under way. */
  void look() {
    boolean wanted = way.isSpooling() || spool.room().entries() > setAside.size();
    if (wanted && running.isComplete() && !closed) {
      Promise<Void> ended = Promise.promise();
      running = ended.future();
      // Of none: that tells whether the ledger is back, and leaves nothing in doubt.
      ledger
          .restore(List.of())
          .onSuccess(back -> parts(ended))
          .onFailure(
              failure -> {
                waits(failure);
                ended.complete();
              });
    }
  }

  /** How many notifications are set aside; on any thread. */
  int aside() {
    return setAside.size();
  }

  private void waits(Throwable failure) {
    way.learn(failure);
    LOG.debug("the spool waits: {}", failure.getMessage());
  }

  private void parts(Promise<Void> ended) {
    part()
        .onComplete(
            last -> {
              if (last || closed) {
                ended.complete();
              } else {
                parts(ended);
              }
            },
            failure -> {
              waits(failure);
              ended.complete();
            });
  }

  /** Begins no further part; succeeds when none is under way. */
  Future<Void> close() {
    closed = true;
    return running;
  }

  /** Whether there was nothing left to move. */
  private Future<Boolean> part() {
    int asideBefore = setAside.size();
    return oldest()
        .compose(
            requests ->
                move(requests)
                    .compose(done -> forgetMoved())
                    .map(done -> requests.isEmpty() && setAside.size() == asideBefore))
        .onSuccess(
            last -> {
              // What is left then is no more than a part: it need not keep others waiting.
              if (last || spool.room().entries() <= setAside.size() + PART) {
                way.direct();
              }
            });
  }

  /** The next part, noted as offered; none if the file fails: the ledger is back all the same. */
  private Future<List<AcceptRequest>> oldest() {
    return forgetMoved()
        .compose(done -> spool.oldest(setAside, PART, PART_BYTES))
        .map(this::movable)
        .compose(requests -> spool.offering(requests).map(noted -> requests))
        .onSuccess(works -> fileFails = false)
        .recover(
            failure -> {
              if (!fileFails) {
                LOG.error("the file of the spool fails; tried again and again", failure);
              }
              fileFails = true;
              return Future.succeededFuture(List.of());
            });
  }

  private List<AcceptRequest> movable(Oldest oldest) {
    setAside.addAll(oldest.unreadable());
    List<AcceptRequest> movable = new ArrayList<>();
    for (AcceptRequest request : oldest.requests()) {
      if (oldest.offered().contains(request.id()) && mayBeGone.test(request.acceptedAtMillis())) {
        LOG.error(
            "notification {} stays in the spool: PostgreSQL may have taken it over, sent and"
                + " removed it since",
            request.id());
        setAside.add(request.id());
      } else {
        movable.add(request);
      }
    }
    return movable;
  }

  private Future<Void> forgetMoved() {
    return moved.isEmpty()
        ? Future.succeededFuture()
        : spool.forget(List.copyOf(moved)).onSuccess(done -> moved.clear());
  }

  private Future<Void> move(List<AcceptRequest> requests) {
    if (requests.isEmpty()) {
      return Future.succeededFuture();
    }
    return restore(requests)
        .recover(
            failure ->
                failure instanceof LedgerUnavailableException
                    ? Future.failedFuture(failure)
                    : moveApart(requests, failure));
  }

  private Future<Void> restore(List<AcceptRequest> requests) {
    return ledger
        .restore(
            requests.stream()
                .map(
                    request ->
                        new Restoration(
                            request.withFallbacks(fallbacks.apply(request.notification())),
                            ids.get()))
                .toList())
        .compose(
            results -> {
              count(requests, results);
              moved.addAll(requests);
              return Future.succeededFuture();
            });
  }

  /** One of them is not taken: the others must not wait for it. */
  private Future<Void> moveApart(List<AcceptRequest> requests, Throwable failure) {
    if (requests.size() == 1) {
      NotificationId id = requests.get(0).id();
      LOG.error("notification {} stays in the spool: the ledger does not take it", id, failure);
      setAside.add(id);
      return Future.succeededFuture();
    }
    Future<Void> all = Future.succeededFuture();
    for (AcceptRequest request : requests) {
      all = all.compose(done -> move(List.of(request)));
    }
    return all;
  }

  private void count(List<AcceptRequest> requests, List<Restored> results) {
    for (Restored kind : Restored.values()) {
      int count = (int) results.stream().filter(kind::equals).count();
      if (count > 0) {
        meter.moved(kind, count);
      }
    }
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) != Restored.STORED && results.get(i) != Restored.KNOWN) {
        LOG.info("spooled notification {} is not sent: {}", requests.get(i).id(), results.get(i));
      }
    }
  }
}
