package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt.End;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.ledger.OperationLedger.Written;
import io.signalbox.gateway.ledger.OperationProblem;
import io.signalbox.gateway.ledger.OperationProgress;
import io.signalbox.gateway.ledger.OperationResult;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores what follows for an operation, with all that belongs to it.
 *
 * @param before as the decision has seen it
 * @param after as it is to be
 * @param neighbours the providers that may be at the same account as the result's
 * @param news what is told besides an end; null for nothing
 */
record WriteOperationChange(
    Operation before,
    Operation after,
    Set<String> neighbours,
    long watchMillis,
    @Nullable String news)
    implements Change<Written> {

  @Override
  public Written apply(WriteSession session) throws SQLException {
    long key = after.id().key();
    OperationTable.Stand stand = session.operations().lock(key);
    if (stand == null) {
      return Written.OVERTAKEN;
    }
    if (stand.version() == after.version()
        && stand.updatedAtMillis() == after.progress().updatedAtMillis()) {
      // The answer of this very change was lost.
      return Written.APPLIED;
    }
    if (stand.version() != before.version()) {
      return Written.OVERTAKEN;
    }
    if (!claims(session)) {
      return Written.CLAIMED;
    }
    session.operations().update(after, releasesKey());
    recordAttempt(session);
    watch(session);
    if (before.state().isOpen() && !after.state().isOpen()) {
      session.news().operation(OperationNews.ended(after));
    }
    if (news != null) {
      session.news().operation(OperationNews.moved(after, news));
    }
    return Written.APPLIED;
  }

  /** False if what it names is another's. */
  private boolean claims(WriteSession session) throws SQLException {
    OperationResult result = after.result();
    OperationResult had = before.result();
    if (result == null
        || (had != null
            && had.provider().equals(result.provider())
            && had.providerId().equals(result.providerId()))) {
      return true;
    }
    ClaimTable claims = session.operations().claims();
    ClaimTable.Claim claim = claims.find(result.provider(), result.providerId());
    if (claim != null) {
      return claim.operation() == after.id().key() && claim.state() == ClaimTable.HELD;
    }
    for (String neighbour : neighbours) {
      if (claims.find(neighbour, result.providerId()) != null) {
        return false;
      }
    }
    OperationProgress now = after.progress();
    claims.insert(
        result.provider(),
        result.providerId(),
        after.id().key(),
        now.made(),
        ClaimTable.HELD,
        now.updatedAtMillis(),
        null);
    return true;
  }

  private void recordAttempt(WriteSession session) throws SQLException {
    OperationProgress now = after.progress();
    if (now.made() > before.progress().made()) {
      session.operations().attempts().insert(after, now.newest());
      session.operations().begun(after, now.newest());
      return;
    }
    End brought = OperationAttemptTable.brought(before, after);
    if (brought != null) {
      session.operations().attempts().end(after, now.newest(), brought);
    }
  }

  /** What may have been done, and is not waited for any more. */
  private void watch(WriteSession session) throws SQLException {
    OperationProgress now = after.progress();
    if (watchMillis == 0 || now.made() == 0 || after.result() != null) {
      return;
    }
    End brought = OperationAttemptTable.brought(before, after);
    boolean taken = brought != null && brought.how() == How.NOT_FOUND;
    if (taken || problemKind() == OperationProblem.Kind.OUTCOME_UNKNOWN) {
      long nowMillis = now.updatedAtMillis();
      session
          .operations()
          .watches()
          .insert(after.id().key(), now.newest().number(), nowMillis + watchMillis, nowMillis);
    }
  }

  private boolean releasesKey() {
    OperationProblem.Kind kind = problemKind();
    return kind != null && kind.isRetryable();
  }

  private OperationProblem.@Nullable Kind problemKind() {
    OperationProblem problem = after.problem();
    return problem == null ? null : problem.kind();
  }
}
