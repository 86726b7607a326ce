package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.RepeatedRequest;
import io.signalbox.gateway.model.NotificationId;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of whole requests, among the idempotency keys: each leads to the first notification that
 * was stored of its request, and is forgotten with it. Looked up once for each change. Used by the
 * writer.
 */
final class Claims {
  private final WriteSession session;
  private final Map<RepeatedRequest, State> known = new HashMap<>();

  Claims(WriteSession session) {
    this.session = session;
  }

  /**
   * How a key stands.
   *
   * @param other a notification of another request that has it; null if none does
   * @param written whether there is a row
   * @param ours whether the row is this request's, and leads somewhere
   */
  private record State(@Nullable NotificationId other, boolean written, boolean ours) {
    static final State TAKEN = new State(null, true, true);
  }

  /** A notification of another request that has the key; null if none does, or there is no key. */
  @Nullable NotificationId other(@Nullable RepeatedRequest claim) throws SQLException {
    return claim == null ? null : state(claim).other();
  }

  /** Notes that something of the request is stored; nothing for none. */
  void take(@Nullable RepeatedRequest claim, AcceptRequest stored) throws SQLException {
    if (claim == null || state(claim).ours()) {
      return;
    }
    byte[] digest = claim.digest().getBytes();
    long id = stored.id().key();
    IdempotencyTable keys = session.idempotency();
    if (state(claim).written()) {
      keys.reuse(claim.tenant(), claim.key(), digest, id, stored.acceptedAtMillis());
    } else {
      keys.insert(claim.tenant(), claim.key(), digest, id, stored.acceptedAtMillis());
    }
    known.put(claim, State.TAKEN);
  }

  private State state(RepeatedRequest claim) throws SQLException {
    State state = known.get(claim);
    if (state == null) {
      state = read(claim);
      known.put(claim, state);
    }
    return state;
  }

  private State read(RepeatedRequest claim) throws SQLException {
    IdempotencyTable.Use use =
        session.idempotency().find(claim.tenant(), claim.key(), claim.digest().getBytes());
    NotificationRow row = use == null ? null : session.notifications().find(use.notification());
    if (use == null || row == null) {
      return new State(null, use != null, false);
    }
    return use.sameContent() ? State.TAKEN : new State(row.id(), true, false);
  }
}
