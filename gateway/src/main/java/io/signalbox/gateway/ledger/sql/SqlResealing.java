package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Resealing;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.sql.ResealReader.Found;
import io.signalbox.gateway.ledger.sql.ResealReader.Stored;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes over all that may be sealed, a page in each call, once for each key. */
final class SqlResealing implements Resealing {
  private static final Logger LOG = LoggerFactory.getLogger(SqlResealing.class);

  /** About as much as a commit may hold: others wait that long. */
  private static final int WEIGHT = 100;

  /** The step before all kinds. */
  private static final int COVER = -1;

  private final Store store;
  private final Seal seal;
  private final AtomicReference<String> done = new AtomicReference<>("");
  private final AtomicReference<String> under = new AtomicReference<>("");
  private final AtomicInteger kind = new AtomicInteger();
  private final AtomicLong place = new AtomicLong(-1);
  private final AtomicLong changed = new AtomicLong();

  SqlResealing(Store store) {
    this.store = store;
    this.seal = store.contents().seal();
  }

  @Override
  public Future<Boolean> resealSome() {
    String key = seal.key();
    if (key.isEmpty() || key.equals(done.get()) || !store.deletes()) {
      return Future.succeededFuture(false);
    }
    if (!key.equals(under.get())) {
      return begin(key);
    }
    int now = kind.get();
    long after = place.get();
    if (now == COVER) {
      return cover(after);
    }
    return store
        .readers()
        .read(session -> session.resealing().page(now, after))
        .compose(found -> change(now, found));
  }

  private Future<Boolean> begin(String key) {
    return store
        .readers()
        .read(session -> session.resealing().isDone(key))
        .map(
            already -> {
              kind.set(COVER);
              place.set(0);
              changed.set(0);
              under.set(key);
              if (already) {
                done.set(key);
              }
              return !already;
            });
  }

  /** Entries of the suppression list from before there were keys. */
  private Future<Boolean> cover(long after) {
    return store
        .delete(session -> (int) session.suppressions().sealSome(after, WEIGHT), WEIGHT)
        .map(
            last -> {
              place.set(last);
              if (last <= 0) {
                kind.set(0);
                place.set(-1);
              }
              return true;
            });
  }

  private Future<Boolean> change(int now, Found found) {
    List<Stored> others = found.others();
    Future<Integer> changing =
        others.isEmpty()
            ? Future.succeededFuture(0)
            : store.delete(session -> session.resealer().reseal(now, others), WEIGHT);
    return changing.compose(
        rows -> {
          changed.addAndGet(rows);
          place.set(found.end() ? -1 : found.last());
          return found.end() && kind.incrementAndGet() == ResealReader.KINDS.size()
              ? end(under.get())
              : Future.succeededFuture(true);
        });
  }

  private Future<Boolean> end(String key) {
    return store
        .delete(session -> session.resealer().done(key), 1)
        .map(
            noted -> {
              done.set(key);
              LOG.info("all that is stored is sealed with key {}: others may go", key);
              LOG.info("{} values were sealed anew with it", changed.get());
              return false;
            });
  }
}
