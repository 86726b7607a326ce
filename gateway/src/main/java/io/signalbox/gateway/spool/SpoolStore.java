package io.signalbox.gateway.spool;

import io.signalbox.gateway.ledger.AcceptLedger;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.RepeatedRequest;
import io.signalbox.gateway.ledger.SpoolLedger;
import io.signalbox.gateway.ledger.SpoolLedger.Oldest;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a spool, within its limits. Thread-safe; Futures complete on the caller's context.
 */
final class SpoolStore {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolStore.class);

  /** So long a failed write speaks against the file: nobody may try again while it does. */
  private static final long FAILED_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final AcceptLedger file;
  private final SpoolLedger contents;
  private final SpoolRoom room;

  /** When the file last refused something; null if the last write went well. */
  private volatile @Nullable Long failedNanos;

  SpoolStore(AcceptLedger file, SpoolLedger contents, SpoolRoom room) {
    this.file = file;
    this.contents = contents;
    this.room = room;
  }

  SpoolRoom room() {
    return room;
  }

  /** Whether it takes more, as far as can be told. */
  boolean takes() {
    Long failed = failedNanos;
    return !room.isFull() && (failed == null || System.nanoTime() - failed > FAILED_NANOS);
  }

  /** Stores notifications that the ledger was never asked to store; as below. */
  Future<List<AcceptResult>> add(List<AcceptRequest> requests) {
    return add(requests, false);
  }

  /**
   * Stores notifications durably under their ids. A key that is in the spool already is answered as
   * the ledger would.
   *
   * @param offered whether the ledger was asked to store them, and may have done so
   * @return fails with {@link LedgerUnavailableException} if the spool is full or cannot be written
   */
  Future<List<AcceptResult>> add(List<AcceptRequest> requests, boolean offered) {
    if (!room.take(requests)) {
      return Future.failedFuture(
          new LedgerUnavailableException("the ledger is away and the spool is full"));
    }
    // Both go into one commit, or the note into an earlier one: never the other way round.
    Future<Void> noted = offered ? offering(requests) : Future.succeededFuture();
    return file.acceptAll(requests)
        .compose(results -> noted.map(done -> results))
        .onFailure(
            failure -> {
              room.giveBack(requests);
              failedNanos = System.nanoTime();
            })
        .map(
            results -> {
              failedNanos = null;
              List<AcceptResult> told = new ArrayList<>(results.size());
              List<AcceptRequest> notStored = new ArrayList<>();
              for (int i = 0; i < results.size(); i++) {
                AcceptResult result = results.get(i);
                if (result instanceof AcceptResult.Stored stored) {
                  told.add(new AcceptResult.Spooled(stored.id()));
                } else {
                  told.add(result);
                  notStored.add(requests.get(i));
                }
              }
              room.giveBack(notStored);
              if (offered) {
                unnote(notStored);
              }
              return told;
            });
  }

  /** Of what is not in the spool no note is needed. */
  private void unnote(List<AcceptRequest> notStored) {
    contents
        .forget(notStored.stream().map(AcceptRequest::id).toList())
        .onFailure(failure -> LOG.debug("notes stay in the spool: {}", failure.getMessage()));
  }

  /** What became of requests, as far as it is in the spool; see {@link AcceptLedger#earlier}. */
  Future<List<Optional<AcceptResult>>> earlier(List<RepeatedRequest> requests) {
    return file.earlier(requests);
  }

  /** What was accepted first; see {@link SpoolLedger#oldest}. */
  Future<Oldest> oldest(Set<NotificationId> skip, int limit, long maxBytes) {
    return contents.oldest(skip, limit, maxBytes);
  }

  /** Notes durably that notifications are about to be offered to the ledger. */
  Future<Void> offering(List<AcceptRequest> requests) {
    return contents.offering(requests.stream().map(AcceptRequest::id).toList());
  }

  /** Removes what the ledger has. */
  Future<Void> forget(List<AcceptRequest> moved) {
    return contents
        .forget(moved.stream().map(AcceptRequest::id).toList())
        .onSuccess(done -> room.giveBack(moved));
  }
}
