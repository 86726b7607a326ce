package io.signalbox.gateway.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.AuditChain;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.AuditHead;
import io.signalbox.gateway.ledger.AuditRow;
import io.signalbox.gateway.ledger.AuditVerdict;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A look at the log goes on in several steps, between which the log changes. */
class AuditWalkTest {
  private static final int LINES = 1_000;
  private static final AuditEntry LINE =
      new AuditEntry(1, new Who("default", "a", "", ""), "x.y", "t", null, null, "done", "");

  private final Lines log = new Lines();

  @Test
  void linesThatComeMeanwhileAreLookedAt() throws SQLException {
    AuditWalk walk = new AuditWalk(null);
    assertThat(walk.step(log)).isEmpty();
    log.add(LINE);
    AuditVerdict verdict = end(walk);
    assertThat(verdict.fault()).isNull();
    assertThat(verdict.lines()).isEqualTo(LINES + 1);
  }

  @Test
  void itBeginsAgainWhenOldLinesGoMeanwhile() throws SQLException {
    AuditWalk walk = new AuditWalk(null);
    assertThat(walk.step(log)).isEmpty();
    log.removeUpTo(600);
    AuditVerdict verdict = end(walk);
    assertThat(verdict.fault()).isNull();
    assertThat(verdict.removed()).isEqualTo(600);
    assertThat(verdict.lines()).isEqualTo(LINES - 600 + 1);
  }

  @Test
  void whoTakesLinesAwayAllTheTimeIsFoundAtLast() throws SQLException {
    AuditWalk walk = new AuditWalk(null);
    Optional<AuditVerdict> verdict = walk.step(log);
    while (verdict.isEmpty()) {
      log.rows.subList(0, Math.min(10, log.rows.size())).clear();
      log.rows.remove(log.rows.size() / 2);
      verdict = walk.step(log);
    }
    assertThat(verdict.orElseThrow().fault()).isNotNull();
  }

  @Test
  void aFaultOnALaterPageIsFoundAndAStepMayBeTakenAgain() throws SQLException {
    AuditRow old = log.rows.get(700);
    log.rows.set(
        700,
        new AuditRow(
            old.seq(), old.scope(), LINE.with("other", null), old.previousHash(), old.hash()));
    AuditWalk walk = new AuditWalk(null);
    AuditVerdict verdict = end(walk);
    assertThat(verdict.fault()).isNotNull();
    assertThat(verdict.fault().seq()).isEqualTo(old.seq());
    assertThat(walk.step(log).orElseThrow().fault()).isEqualTo(verdict.fault());
  }

  private AuditVerdict end(AuditWalk walk) throws SQLException {
    Optional<AuditVerdict> verdict = walk.step(log);
    while (verdict.isEmpty()) {
      verdict = walk.step(log);
    }
    return verdict.get();
  }

  /** A log in memory. */
  private static final class Lines implements AuditWalk.Log {
    private final List<AuditRow> rows = new ArrayList<>();
    private AuditHead head = AuditHead.NONE;

    Lines() {
      for (int i = 0; i < LINES; i++) {
        add(LINE);
      }
    }

    void add(AuditEntry entry) {
      AuditRow row = AuditChain.next(head, entry);
      rows.add(row);
      head = new AuditHead(row.seq(), row.hash());
    }

    void removeUpTo(long seq) {
      AuditRow last = rows.get((int) seq - 1);
      add(AuditChain.checkpoint(2, new AuditHead(last.seq(), last.hash())));
      rows.removeIf(row -> row.seq() <= seq);
    }

    @Override
    public Optional<AuditHead> head() {
      return Optional.of(head);
    }

    @Override
    public long first() {
      return rows.isEmpty() ? 0 : rows.get(0).seq();
    }

    @Override
    public List<AuditRow> following(long seq, int limit) {
      return rows.stream().filter(row -> row.seq() > seq).limit(limit).toList();
    }
  }
}
