package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OrphanLedger;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches and orphans in the ledger. */
final class SqlOrphanLedger implements OrphanLedger {
  private static final String COMPENSATED = "compensated";
  private static final String ORPHANED = "orphaned";

  /** What cannot be read is looked at again so much later, and lets others by. */
  private static final long UNREADABLE_MILLIS = Duration.ofHours(1).toMillis();

  /** So long after its end a watch that cannot be read is over. */
  private static final long GIVEN_UP_MILLIS = Duration.ofDays(1).toMillis();

  private static final Logger LOG = LoggerFactory.getLogger(SqlOrphanLedger.class);

  private final Store store;

  SqlOrphanLedger(Store store) {
    this.store = store;
  }

  @Override
  public Future<List<Watch>> dueWatches(long nowMillis, int limit) {
    return store
        .readers()
        .read(session -> watches(session, nowMillis, limit))
        .compose(
            due -> readable(due, (session, lost) -> later(session.operations(), lost, nowMillis)));
  }

  private static void later(OperationTable table, WatchTable.Due lost, long nowMillis)
      throws SQLException {
    boolean over = nowMillis > lost.untilMillis() + GIVEN_UP_MILLIS;
    LOG.error(
        "a watch of operation {} cannot be read{}", lost.operation(), over ? ": it ends" : "");
    table
        .watches()
        .looked(lost.operation(), lost.attempt(), over ? 0 : nowMillis + UNREADABLE_MILLIS);
  }

  /** What can be read; the rest is put off, else it would stand before all others. */
  private <T, D> Future<List<T>> readable(DueNow<T, D> due, PutOff<D> putOff) {
    return due.lost().isEmpty()
        ? Future.succeededFuture(due.found())
        : submit(
                session -> {
                  for (D lost : due.lost()) {
                    putOff.apply(session, lost);
                  }
                })
            .map(done -> due.found());
  }

  private static DueNow<Watch, WatchTable.Due> watches(
      ReadSession session, long nowMillis, int limit) throws SQLException {
    List<Watch> found = new ArrayList<>();
    List<WatchTable.Due> lost = new ArrayList<>();
    for (WatchTable.Due due : session.watches().due(nowMillis, limit)) {
      Operation operation = session.operations().find(due.operation());
      OperationAttempt attempt = operation == null ? null : attempt(operation, due.attempt());
      if (operation != null && attempt != null) {
        found.add(new Watch(operation, attempt, due.untilMillis(), due.looks()));
      } else {
        lost.add(due);
      }
    }
    return new DueNow<>(found, lost);
  }

  private static @Nullable OperationAttempt attempt(Operation operation, int number) {
    return operation.progress().attempts().stream()
        .filter(attempt -> attempt.number() == number)
        .findFirst()
        .orElse(null);
  }

  @Override
  public Future<Void> looked(Watch watch, long nextMillis) {
    return submit(
        session ->
            session
                .operations()
                .watches()
                .looked(watch.operation().id().key(), watch.attempt().number(), nextMillis));
  }

  @Override
  public Future<Taken> take(
      Found found,
      Set<String> neighbours,
      boolean certain,
      boolean undo,
      long firstSeenMillis,
      long nowMillis) {
    return store
        .writer()
        .submit(
            session -> {
              Taken other =
                  standing(session.operations(), found, neighbours, certain, firstSeenMillis);
              return other == Taken.TAKEN ? take(session, found, undo, nowMillis) : other;
            },
            1);
  }

  /** Whether it is another's; {@link Taken#TAKEN} if it is nobody's. */
  private static Taken standing(
      OperationTable table,
      Found found,
      Set<String> neighbours,
      boolean certain,
      long firstSeenMillis)
      throws SQLException {
    Set<String> providers = new HashSet<>(neighbours);
    providers.add(found.provider());
    boolean making = false;
    for (String provider : providers) {
      // Its own operation counts as well: it may have begun another attempt since.
      making |= !certain && table.mayBeMaking(provider, firstSeenMillis);
    }
    // After that, so that what is made and claimed just now is seen by one of the two.
    for (String provider : providers) {
      if (table.claims().find(provider, found.providerId()) != null) {
        return Taken.KNOWN;
      }
    }
    return making ? Taken.LATER : Taken.TAKEN;
  }

  private static Taken take(WriteSession session, Found found, boolean undo, long nowMillis)
      throws SQLException {
    session
        .operations()
        .claims()
        .insert(
            found.provider(),
            found.providerId(),
            found.operation().id().key(),
            found.attempt(),
            undo ? ClaimTable.ORPHAN : ClaimTable.LEFT,
            nowMillis,
            undo ? (Long) nowMillis : null);
    if (!undo) {
      session.news().operation(OperationNews.orphan(found, ORPHANED, nowMillis));
    }
    return Taken.TAKEN;
  }

  @Override
  public Future<List<Orphan>> dueOrphans(long nowMillis, int limit) {
    return store
        .readers()
        .read(session -> orphans(session, nowMillis, limit))
        .compose(
            due -> readable(due, (session, lost) -> later(session.operations(), lost, nowMillis)));
  }

  private static void later(OperationTable table, ClaimTable.Due lost, long nowMillis)
      throws SQLException {
    LOG.error(
        "{} at {} is nobody's, and its operation {} cannot be read: undo it by hand",
        lost.providerId(),
        lost.provider(),
        lost.operation());
    table
        .claims()
        .update(
            lost.provider(),
            lost.providerId(),
            ClaimTable.ORPHAN,
            (Long) (nowMillis + UNREADABLE_MILLIS));
  }

  private static DueNow<Orphan, ClaimTable.Due> orphans(
      ReadSession session, long nowMillis, int limit) throws SQLException {
    List<Orphan> found = new ArrayList<>();
    List<ClaimTable.Due> lost = new ArrayList<>();
    for (ClaimTable.Due due : session.claims().due(nowMillis, limit)) {
      Operation operation = session.operations().find(due.operation());
      if (operation != null) {
        Found what = new Found(operation, due.attempt(), due.provider(), due.providerId());
        found.add(new Orphan(what, due.tries(), due.claimedAtMillis()));
      } else {
        lost.add(due);
      }
    }
    return new DueNow<>(found, lost);
  }

  @Override
  public Future<Void> notUndone(Orphan orphan, long nextMillis, long nowMillis) {
    return submit(
        session -> {
          boolean left = nextMillis == 0;
          int state = left ? ClaimTable.LEFT : ClaimTable.ORPHAN;
          Long next = left ? null : (Long) nextMillis;
          if (update(session, orphan.found(), state, next) && left) {
            session.news().operation(OperationNews.orphan(orphan.found(), ORPHANED, nowMillis));
          }
        });
  }

  @Override
  public Future<Void> undone(Orphan orphan, long nowMillis) {
    return submit(
        session -> {
          if (update(session, orphan.found(), ClaimTable.UNDONE, null)) {
            session.news().operation(OperationNews.orphan(orphan.found(), COMPENSATED, nowMillis));
          }
        });
  }

  private static boolean update(WriteSession session, Found found, int state, @Nullable Long next)
      throws SQLException {
    return session.operations().claims().update(found.provider(), found.providerId(), state, next);
  }

  private Future<Void> submit(Act act) {
    return store
        .writer()
        .submit(
            session -> {
              act.apply(session);
              return true;
            },
            1)
        .mapEmpty();
  }

  /** What is due: what could be read, and what not. */
  private record DueNow<T, D>(List<T> found, List<D> lost) {}

  /** Makes something due later. */
  @FunctionalInterface
  private interface PutOff<D> {
    void apply(WriteSession session, D lost) throws SQLException;
  }

  /** A change without a result. */
  @FunctionalInterface
  private interface Act {
    void apply(WriteSession session) throws SQLException;
  }
}
