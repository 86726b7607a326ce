package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Backlog;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.Job;
import io.signalbox.gateway.ledger.Leases;
import io.signalbox.gateway.ledger.NotOurJobException;
import io.signalbox.gateway.ledger.sql.WaitingCount.Pace;
import io.signalbox.gateway.model.Lane;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The parts of an open ledger and the order in which they start and end. */
final class Store {
  /** So many notifications are counted in a few milliseconds. */
  private static final long FEW_WAITING = 50_000;

  private final SqlEngine engine;
  private final Contents contents;
  private final ReaderPool readers;
  private final WaitingCount waiting;
  private final Writer writer;
  private final TakeOvers takeOvers;
  private final @Nullable QuotaWriter quotas;
  private final ConcurrentLinkedQueue<Reply<Void>> closers = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  /** Makes a store that owns its engine. */
  Store(SqlEngine engine, SqlLedgerOptions options, Outside outside) {
    this(
        engine,
        options,
        outside,
        new WaitingCount(
            FEW_WAITING,
            engine.leases() == Leases.ALONE ? Pace.ALONE : Pace.SHARED,
            System::nanoTime));
  }

  /** As above, with what counts all that waits. */
  Store(SqlEngine engine, SqlLedgerOptions options, Outside outside, WaitingCount waiting) {
    this.engine = engine;
    this.waiting = waiting;
    this.contents = outside.contents();
    this.readers = new ReaderPool(engine, options, outside.contents());
    this.writer =
        new Writer(
            new Committer(
                engine, outside.contents(), outside.outlet(), waiting, Clock.systemUTC()::millis),
            engine,
            options,
            outside.outlet(),
            System::nanoTime,
            this::afterLast);
    this.quotas = engine.aside().map(QuotaWriter::new).orElse(null);
    this.takeOvers = new TakeOvers(engine, writer, Clock.systemUTC());
  }

  /**
   * What the ledger knows of the rest of the gateway.
   *
   * @param contents reads and writes those of notifications
   * @param outlet where events are told
   */
  record Outside(Contents contents, EventOutlet outlet) {}

  void start() {
    writer.start();
    takeOvers.start();
  }

  SqlEngine engine() {
    return engine;
  }

  Contents contents() {
    return contents;
  }

  Writer writer() {
    return writer;
  }

  /** What takes quotas beside the writer; null where the writer does. */
  @Nullable QuotaWriter quotas() {
    return quotas;
  }

  TakeOvers takeOvers() {
    return takeOvers;
  }

  /**
   * Asks for a change of a job: fails if another node does it, and then nothing was changed.
   *
   * @param weight how many changes it counts for, at least 1
   */
  <T> Future<T> submit(Job job, Change<T> change, int weight) {
    Leases leases = engine.leases();
    if (!leases.holds(job)) {
      return Future.failedFuture(new NotOurJobException(job));
    }
    return writer.submit(leases == Leases.ALONE ? change : new JobChange<>(job, change), weight);
  }

  /** Whether this node deletes what was kept for long enough; of several one does. */
  boolean deletes() {
    return engine.leases().holds(Job.RETENTION);
  }

  /** Asks for a deletion of what was kept for long enough; 0 if another node does that. */
  Future<Integer> delete(Change<Integer> some, int weight) {
    return submit(Job.RETENTION, some, weight)
        .recover(
            failure ->
                failure instanceof NotOurJobException
                    ? Future.succeededFuture(0)
                    : Future.failedFuture(failure));
  }

  /** How much waits in each lane where something does. */
  Future<List<Backlog>> backlog(long nowMillis) {
    return readers.read(session -> waiting.read(counting(session.due(), nowMillis), nowMillis));
  }

  private static WaitingCount.Store counting(DueReader due, long nowMillis) {
    return new WaitingCount.Store() {
      @Override
      public List<Backlog> count() throws SQLException {
        return due.backlog(nowMillis);
      }

      @Override
      public long firstDue(Lane lane) throws SQLException {
        return due.firstDue(lane);
      }
    };
  }

  ReaderPool readers() {
    return readers;
  }

  /** Ends what was asked for, then closes; repeated calls wait for the same end. */
  Future<Void> close() {
    Reply<Void> reply = new Reply<>();
    closers.add(reply);
    writer.close();
    if (closed) {
      answerClosers();
    }
    return reply.future();
  }

  /** Runs on the writer's thread after its last commit. */
  private void afterLast() {
    readers.close();
    if (quotas != null) {
      quotas.close();
    }
    engine.close();
    closed = true;
    answerClosers();
  }

  private void answerClosers() {
    Reply<Void> reply = closers.poll();
    while (reply != null) {
      Replies.deliver(List.of(reply.succeed(null)));
      reply = closers.poll();
    }
  }
}
