package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.RetentionLedger.Removed;
import io.signalbox.gateway.ledger.sql.RetentionReader.Slice;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;

/** Goes over a table again and again, a page in each call, and removes what is found. */
final class RetentionWalk<K> {
  /** About as much as a commit may hold: others wait that long. */
  private static final int WEIGHT = 100;

  private final Store store;
  private final K first;
  private final Find<K> find;
  private final AtomicReference<K> place;

  /**
   * Makes a walk.
   *
   * @param first the place before all rows
   */
  RetentionWalk(Store store, K first, Find<K> find) {
    this.store = store;
    this.first = first;
    this.find = find;
    this.place = new AtomicReference<>(first);
  }

  /** Looks for a page behind a place; runs on a reader's thread. */
  @FunctionalInterface
  interface Find<K> {
    Slice<K> page(ReadSession session, K after, long beforeMillis) throws SQLException;
  }

  /**
   * Does the next page, unless another node does this; after the last one the next call begins
   * anew.
   */
  Future<Removed> next(long beforeMillis) {
    if (!store.deletes()) {
      return Future.succeededFuture(new Removed(0, false));
    }
    K after = place.get();
    return store
        .readers()
        .read(session -> find.page(session, after, beforeMillis))
        .compose(
            page ->
                remove(page)
                    .map(
                        rows -> {
                          place.set(page.end() ? first : page.last());
                          return new Removed(rows, !page.end());
                        }));
  }

  private Future<Integer> remove(Slice<K> page) {
    return page.found() == 0 ? Future.succeededFuture(0) : store.delete(page.removal(), WEIGHT);
  }
}
