package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.Node;
import io.signalbox.gateway.ledger.Nodes;
import io.signalbox.gateway.ledger.postgres.NodeWatch.Sighting;
import io.signalbox.gateway.ledger.postgres.PgRoll.Look;
import io.signalbox.gateway.model.NodeShare;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process among the nodes that share a ledger. It has a number, whose lock it holds on a
 * connection of its own (a kill frees it at once), and tells twice a second that it lives. Whoever
 * is silent for too long loses its number: others raise its epoch, which is checked in every
 * transaction that writes. A node that finds its epoch raised takes another number and goes on.
 * Thread-safe.
 */
final class PgMembership implements Nodes {
  private static final Logger LOG = LoggerFactory.getLogger(PgMembership.class);
  private static final long CLOSE_WAIT_MILLIS = 1_000;
  private static final long LEAST_ANSWER_MILLIS = 1_000;

  private final PgPool pool;
  private final NodeOptions options;
  private final Vertx vertx;
  private final WorkerExecutor thread;
  private final NodeWatch watch;
  private final PgLeases leases = new PgLeases();
  private final ReentrantLock looks = new ReentrantLock();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final List<Runnable> bells = new CopyOnWriteArrayList<>();
  private final List<Runnable> deathBells = new CopyOnWriteArrayList<>();
  private volatile @Nullable Seat seat;
  private volatile NodeShare share = new NodeShare(0, 0, false, 0);
  private volatile List<Node> living = List.of();
  private volatile List<Node> dead = List.of();
  private volatile boolean closed;
  private volatile boolean working;
  private long timer = -1;

  // Of whoever holds the lock on looks.
  private @Nullable PgLink link;
  private boolean locked;
  private boolean lost;
  private long linkedNanos;

  private PgMembership(Vertx vertx, PgPool pool, NodeOptions options) {
    this.vertx = vertx;
    this.pool = pool;
    this.options = options;
    this.thread = vertx.createSharedWorkerExecutor(options.session(), 1);
    this.watch = new NodeWatch(options.timeoutMillis());
  }

  /**
   * Makes this process one of the nodes; blocks.
   *
   * @throws LedgerUnavailableException if there are as many as there can be
   */
  static PgMembership join(Vertx vertx, PgPool pool, NodeOptions options) throws SQLException {
    PgMembership made = new PgMembership(vertx, pool, options);
    try {
      made.look();
    } catch (SQLException | RuntimeException e) {
      made.close();
      throw e;
    }
    made.timer = vertx.setPeriodic(options.intervalMillis(), tick -> made.lookSoon());
    return made;
  }

  /**
   * This node's seat.
   *
   * @throws SQLException if it has none at the moment
   */
  Seat seat() throws SQLException {
    Seat mine = seat;
    if (mine == null) {
      throw new SQLException(
          "this node was taken for dead and has no number yet", PgFailures.NOT_A_NODE);
    }
    return mine;
  }

  /**
   * Compares the epoch that the ledger has with this node's.
   *
   * @throws SQLException if others have taken this node for dead
   */
  void check(Seat mine, long stored) throws SQLException {
    if (stored != mine.epoch()) {
      lookSoon();
      throw new SQLException("others have taken this node for dead", PgFailures.NOT_A_NODE);
    }
  }

  @Override
  public NodeShare share() {
    return share;
  }

  @Override
  public List<Node> living() {
    return living;
  }

  @Override
  public void works(boolean does) {
    working = does;
    lookSoon();
  }

  /** What this node does for all. */
  PgLeases leases() {
    return leases;
  }

  /** The nodes that are dead and whose work nobody has taken over yet. */
  List<Node> dead() {
    return dead;
  }

  @Override
  public Listening onChange(Runnable bell) {
    bells.add(bell);
    return () -> bells.remove(bell);
  }

  /** Has a bell rung again and again while somebody is dead; it must not block. */
  void onDeath(Runnable bell) {
    deathBells.add(bell);
  }

  private void lookSoon() {
    if (!closed && looking.compareAndSet(false, true)) {
      thread
          .executeBlocking(
              () -> {
                look();
                return true;
              },
              false)
          .onComplete(
              done -> looking.set(false),
              failure -> {
                looking.set(false);
                LOG.debug("nodes cannot be looked at: {}", failure.getMessage());
              });
    }
  }

  private void look() throws SQLException {
    looks.lock();
    try {
      if (closed) {
        return;
      }
      PgLink current = link();
      Seat mine = seat;
      Look look = mine == null ? null : PgRoll.beat(current, mine, working);
      if (mine == null || look == null || !look.has(mine)) {
        mine = takeSeat(current, mine);
        current = link();
        look = PgRoll.beat(current, mine, working);
      } else if (!locked) {
        locked = PgRoll.lock(current, mine.number());
      }
      judge(current, mine, look);
      leases.look(current, mine);
    } finally {
      looks.unlock();
    }
    if (!dead.isEmpty()) {
      deathBells.forEach(Runnable::run);
    }
  }

  /** The connection; one that was lost is replaced, and the lock went with it. */
  private PgLink link() throws SQLException {
    PgLink current = link;
    if (current != null && !current.isLost()) {
      return current;
    }
    if (current != null) {
      lost = true;
      drop(current);
    }
    PgLink made = pool.alone();
    // One that has gone silent must be replaced before others take this node for dead.
    made.waitFor(Math.max(LEAST_ANSWER_MILLIS, options.timeoutMillis() / 4));
    // A lost lock is noticed by others within a second.
    made.onLoss(this::lookSoon);
    link = made;
    linkedNanos = System.nanoTime();
    return made;
  }

  private void drop(PgLink current) {
    link = null;
    locked = false;
    pool.discard(current);
  }

  private Seat takeSeat(PgLink current, @Nullable Seat before) throws SQLException {
    PgLink on = current;
    if (before != null) {
      LOG.warn("others have taken node {} for dead: this process takes another number", before);
      seat = null;
      leases.lose();
      share = new NodeShare(before.number(), 0, false, share.after());
      // With the connection goes the lock of the number that is not ours any more.
      drop(current);
      on = link();
    }
    Seat taken = PgRoll.take(on, options);
    if (taken == null) {
      throw new LedgerUnavailableException(
          "the ledger in PostgreSQL is shared by "
              + NodeShare.MAX_NODES
              + " gateways already, which is as many as there can be");
    }
    locked = true;
    long after = PgRoll.greatestKey(on);
    share = new NodeShare(taken.number(), 0, false, after);
    seat = taken;
    LOG.info("this is node {}, epoch {}", taken.number(), taken.epoch());
    return taken;
  }

  private void judge(PgLink current, Seat mine, Look look) throws SQLException {
    long now = System.nanoTime();
    long linkedMillis = TimeUnit.NANOSECONDS.toMillis(now - linkedNanos);
    boolean calm =
        look.serverUpMillis() >= options.timeoutMillis()
            && (!lost || linkedMillis >= options.timeoutMillis());
    List<Node> found = watch.look(now, mine.number(), calm, look.sightings());
    List<Node> before = dead;
    dead = found;
    for (Node node : found) {
      if (!before.contains(node)) {
        LOG.warn("node {} is gone: {}, epoch {}", node.number(), node.name(), node.epoch());
      }
    }
    List<Sighting> there = look.sightings().stream().filter(one -> !one.stopped()).toList();
    List<Node> now2 = there.stream().map(Sighting::node).toList();
    long buckets = NodeShare.split(mine.number(), workers(there));
    NodeShare split = new NodeShare(mine.number(), buckets, false, share.after());
    if (!split.equals(share) || !now2.equals(living)) {
      share = split;
      living = now2;
      bells.forEach(Runnable::run);
    }
    // In each look until they are taken over: one may have failed.
    PgRoll.endSessions(current, found);
  }

  private static List<Integer> workers(List<Sighting> there) {
    List<Sighting> working = there.stream().filter(Sighting::working).toList();
    return (working.isEmpty() ? there : working).stream().map(one -> one.node().number()).toList();
  }

  /** Leaves: says that this node writes no more, so that others need not wait; blocks. */
  void close() {
    closed = true;
    vertx.cancelTimer(timer);
    boolean alone = false;
    try {
      alone = looks.tryLock(CLOSE_WAIT_MILLIS, TimeUnit.MILLISECONDS);
      PgLink current = link;
      Seat mine = seat;
      if (alone && current != null && mine != null && !current.isLost()) {
        PgRoll.stop(current, mine);
      }
    } catch (SQLException e) {
      LOG.debug("this node's end is not told: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      PgLink current = link;
      if (current != null) {
        drop(current);
      }
      if (alone) {
        looks.unlock();
      }
      thread.close();
    }
  }
}
