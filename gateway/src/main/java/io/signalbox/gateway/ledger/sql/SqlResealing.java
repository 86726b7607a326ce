package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Job;
import io.signalbox.gateway.ledger.NotOurJobException;
import io.signalbox.gateway.ledger.Resealing;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.SealedException;
import io.signalbox.gateway.ledger.sql.ResealReader.Found;
import io.signalbox.gateway.ledger.sql.ResealTable.Result;
import io.signalbox.gateway.ledger.sql.SealKeyTable.Entry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes over all that may be sealed, a page in each call, as long as another key may have sealed any
 * of it. A key that another gateway still uses shows by its uses, which grow; a walk that they have
 * grown under, or a minute before it, is done once more.
 */
final class SqlResealing implements Resealing {
  private static final Logger LOG = LoggerFactory.getLogger(SqlResealing.class);

  /** About as much as a commit may hold: others wait that long. */
  private static final int WEIGHT = 100;

  /** How often a gateway notes that it uses its key, and looks for others. */
  private static final long USE_NANOS = Duration.ofSeconds(20).toNanos();

  /** After so long whoever uses another key has noted that. */
  private static final long SETTLED_NANOS = 3 * USE_NANOS;

  /** When it is tried again after some could not be finished. */
  private static final long AGAIN_NANOS = Duration.ofMinutes(10).toNanos();

  private static final Result NOTHING = new Result(0, 0);

  private final Store store;
  private final Seal seal;
  private final String where;
  private final LongSupplier nanos;
  private volatile @Nullable ResealWalk walk;
  private volatile @Nullable String noted;
  private volatile long notedAt;
  private volatile String warned = "";
  private volatile long lookAt;

  /**
   * Makes what seals anew.
   *
   * @param where the values are, for people
   * @param nanos a clock such as {@link System#nanoTime}
   */
  SqlResealing(Store store, String where, LongSupplier nanos) {
    this.store = store;
    this.seal = store.contents().seal();
    this.where = where;
    this.nanos = nanos;
  }

  @Override
  public Future<Void> begin() {
    return store
        .readers()
        .read(session -> session.resealing().keys().all())
        .compose(
            keys -> {
              SealKeyTable.check(keys, seal, where);
              return noteUse();
            });
  }

  private Future<Void> noteUse() {
    String key = seal.key();
    long now = nanos.getAsLong();
    if (!seal.hasKeys() || (key.equals(noted) && now - notedAt < USE_NANOS)) {
      return Future.succeededFuture();
    }
    return store
        .writer()
        .submit(
            session -> {
              if (noted == null) {
                session.hashes().prepare();
              }
              session.resealer().keys().use(seal);
              return session.resealer().keys().all();
            },
            1)
        .onSuccess(
            keys -> {
              warnOfMissing(keys);
              if (!key.equals(noted)) {
                lookAt = now;
              }
              noted = key;
              notedAt = now;
            })
        .mapEmpty();
  }

  /** Another gateway may seal with a key that this one was not given. */
  private void warnOfMissing(Map<String, Entry> keys) {
    String why = "";
    try {
      SealKeyTable.check(keys, seal, where);
    } catch (SealedException e) {
      why = String.valueOf(e.getMessage());
    }
    if (!why.equals(warned) && !why.isEmpty()) {
      LOG.warn("some of it cannot be read here: {}", why);
    }
    warned = why;
  }

  @Override
  public Future<Boolean> resealSome() {
    if (!seal.hasKeys()) {
      return Future.succeededFuture(false);
    }
    return noteUse()
        .compose(done -> store.deletes() ? next(seal.key()) : Future.succeededFuture(false));
  }

  private Future<Boolean> next(String key) {
    ResealWalk now = walk;
    if (now == null || !now.key().equals(key)) {
      return nanos.getAsLong() - lookAt < 0 ? Future.succeededFuture(false) : look(key);
    }
    if (nanos.getAsLong() - now.sinceNanos() < SETTLED_NANOS) {
      // Whoever sealed with another key a moment ago has noted its use by then.
      return Future.succeededFuture(false);
    }
    if (now.covers()) {
      return cover(now);
    }
    if (!now.isOver()) {
      return store
          .readers()
          .read(session -> session.resealing().page(now.kind(), now.place()))
          .compose(found -> change(now, found));
    }
    return end(now);
  }

  /** Looks whether anything may be sealed with another key. */
  private Future<Boolean> look(String key) {
    long now = nanos.getAsLong();
    return store
        .readers()
        .read(session -> session.resealing().keys().all())
        .map(
            keys -> {
              Map<String, Long> others = new HashMap<>();
              for (Map.Entry<String, Entry> each : keys.entrySet()) {
                others.put(each.getKey(), each.getValue().uses());
              }
              others.remove(key);
              walk = others.isEmpty() ? null : ResealWalk.begin(key, others, now, seal.seals());
              lookAt = now + USE_NANOS;
              return !others.isEmpty();
            });
  }

  /** Entries of the suppression list from before there were keys. */
  private Future<Boolean> cover(ResealWalk now) {
    return asOurJob(
        session -> session.suppressions().sealSome(now.place(), WEIGHT),
        last -> {
          walk = now.covered(last);
          return true;
        });
  }

  private Future<Boolean> change(ResealWalk now, Found found) {
    if (found.others().isEmpty()) {
      walk = now.after(found, NOTHING);
      return Future.succeededFuture(true);
    }
    return asOurJob(
        session -> session.resealer().reseal(now.kind(), found.others()),
        result -> {
          walk = now.after(found, result);
          return true;
        });
  }

  private Future<Boolean> end(ResealWalk now) {
    walk = null;
    lookAt = nanos.getAsLong() + AGAIN_NANOS;
    if (now.unreadable() > 0) {
      LOG.warn(
          "{} values in {} cannot be opened and stay as they are: their keys are needed on",
          now.unreadable(),
          where);
      return Future.succeededFuture(false);
    }
    return asOurJob(
        session -> session.resealer().keys().remove(now.others()),
        removed -> {
          tell(now, removed);
          return false;
        });
  }

  private void tell(ResealWalk now, int removed) {
    if (removed < now.others().size()) {
      LOG.warn("other gateways use other keys still: what they seal in {} is sealed anew", where);
      return;
    }
    store.engine().scrub();
    LOG.info("{} values in {} were sealed anew", now.changed(), where);
    LOG.info(
        now.key().isEmpty()
            ? "nothing in {} is sealed any more: the keys may go"
            : "all of {} is sealed with key {}: others may go",
        where,
        now.key());
  }

  /** Changes something and goes on; if another node does that, the walk is over for this one. */
  private <T> Future<Boolean> asOurJob(Change<T> change, Function<T, Boolean> then) {
    return store
        .submit(Job.RETENTION, change, WEIGHT)
        .map(then)
        .recover(
            failure -> {
              if (failure instanceof NotOurJobException) {
                walk = null;
                return Future.succeededFuture(false);
              }
              return Future.failedFuture(failure);
            });
  }
}
