package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.AuditVerdict.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The chain of the audit log: whatever is changed in the store past the ledger is found. */
public abstract class BaseAuditChainTest extends LedgerContract {
  private static final Who WHO = new Who(TENANT, "alex", "127.0.0.1", "c1");
  private static final int LINES = 5;
  private static final String COLUMNS =
      "created_at, scope, tenant, actor, origin, action, target, before_value, after_value,"
          + " outcome, detail, correlation_id, previous_hash, hash";

  /** Writes as many lines; with the first one of the chain there is one more. */
  private void write() throws Exception {
    for (int i = 0; i < LINES; i++) {
      await(
          log()
              .audit(
                  new AuditEntry(
                      NOW + i,
                      WHO,
                      "callback.change",
                      "t" + i,
                      "{}",
                      i == 2 ? null : "{}",
                      "done",
                      "")));
    }
  }

  @Test
  void anUntouchedLogIsIntact() throws Exception {
    assertThat(verify().lines()).isZero();
    assertThat(verify().fault()).isNull();
    write();
    reopen();
    await(
        log()
            .audit(
                new AuditEntry(NOW, WHO, "a\0b", "half \ud800", "", null, "", "x".repeat(9_000))));
    AuditVerdict verdict = verify();
    assertThat(verdict.fault()).isNull();
    assertThat(verdict.lines()).isEqualTo(LINES + 2);
    assertThat(verdict.head()).isEqualTo(await(log().auditHead()));
    assertThat(verdict.head().seq()).isEqualTo(LINES + 2);
    assertThat(await(log().verifyAudit(verdict.head())).fault()).isNull();
  }

  @Test
  void aChangeOfAnyColumnIsFound() throws Exception {
    write();
    Map<String, String> tampered = new TreeMap<>();
    for (String column : COLUMNS.split(", ", -1)) {
      tampered.put(column, "'" + "e".repeat(64) + "'");
    }
    tampered.put("created_at", changedTime());
    for (Map.Entry<String, String> each : tampered.entrySet()) {
      for (int seq : new int[] {3, LINES + 1}) {
        String column = each.getKey();
        keep("WHERE seq = " + seq);
        change("UPDATE audit_log SET " + column + " = " + each.getValue() + " WHERE seq = " + seq);
        assertThat(fault()).as(column + " of " + seq).isEqualTo("changed " + seq);
        change("DELETE FROM audit_log WHERE seq = " + seq);
        change("INSERT INTO audit_log SELECT * FROM kept");
        assertThat(verify().fault()).isNull();
      }
    }
    change("UPDATE audit_log SET after_value = 'null' WHERE seq = 4");
    assertThat(fault()).isEqualTo("changed 4");
  }

  @Test
  void removedLinesAreFoundWhereverTheyStood() throws Exception {
    write();
    keep("");
    Map<String, String> faults =
        Map.of(
            "seq = 1",
            "missing 1",
            "seq = 3",
            "missing 3",
            "seq IN (2, 3, 4)",
            "missing 2",
            "seq = " + (LINES + 1),
            "cut_off " + (LINES + 1),
            "seq > 3",
            "cut_off 4",
            "seq > 0",
            "cut_off 1");
    for (Map.Entry<String, String> each : faults.entrySet()) {
      change("DELETE FROM audit_log WHERE " + each.getKey());
      assertThat(fault()).as(each.getKey()).isEqualTo(each.getValue());
      change("DELETE FROM audit_log");
      change("INSERT INTO audit_log SELECT * FROM kept");
      assertThat(verify().fault()).isNull();
    }
  }

  @Test
  void exchangedAndInsertedLinesAreFound() throws Exception {
    write();
    keep("");
    change("UPDATE audit_log SET seq = 1000 WHERE seq = 2");
    change("UPDATE audit_log SET seq = 2 WHERE seq = 4");
    change("UPDATE audit_log SET seq = 4 WHERE seq = 1000");
    assertThat(fault()).isEqualTo("reordered 2");
    change("DELETE FROM audit_log");
    change("INSERT INTO audit_log SELECT * FROM kept");

    int behind = LINES + 2;
    change(
        "INSERT INTO audit_log (seq, "
            + COLUMNS
            + ") SELECT "
            + behind
            + ", "
            + COLUMNS
            + " FROM audit_log WHERE seq = 3");
    assertThat(fault()).isEqualTo("reordered " + behind);
    change("DELETE FROM audit_log WHERE seq = " + behind);
    AuditRow forged = AuditChain.next(await(log().auditHead()), entry("forged"));
    put(forged);
    assertThat(fault()).isEqualTo("inserted " + behind);
  }

  @Test
  void aLineThatFitsItselfIsFoundByItsSuccessorOrTheHead() throws Exception {
    write();
    for (long seq : new long[] {3, LINES + 1}) {
      AuditRow old = row(seq);
      AuditRow forged =
          AuditChain.next(new AuditHead(seq - 1, old.previousHash()), entry("forged"));
      change("DELETE FROM audit_log WHERE seq = " + seq);
      put(forged);
      assertThat(fault()).isEqualTo("changed " + seq);
      change("DELETE FROM audit_log WHERE seq = " + seq);
      put(old);
    }
    assertThat(verify().fault()).isNull();
  }

  @Test
  void aLogThatWasWrittenAnewIsFoundByAHeadThatWasKept() throws Exception {
    write();
    AuditHead kept = await(log().auditHead());
    change("DELETE FROM audit_log");
    change("UPDATE audit_head SET seq = 0, hash = '" + AuditHead.NONE.hash() + "'");
    await(log().audit(entry("other")));
    assertThat(verify().fault()).isNull();
    assertThat(fault(kept)).isEqualTo("cut_off 3");
    for (int i = 0; i < LINES; i++) {
      await(log().audit(entry("other")));
    }
    assertThat(fault(kept)).isEqualTo("rewritten " + kept.seq());
  }

  /** Such a line says of lines that nobody has seen that they were kept for long enough. */
  @Test
  void aLogThatWasWrittenAnewBehindTheKeptHeadIsFound() throws Exception {
    write();
    AuditHead kept = await(log().auditHead());
    String other = "e".repeat(64);
    for (long gone : new long[] {kept.seq(), kept.seq() + 1, 5_000}) {
      AuditHead before = new AuditHead(gone, other);
      AuditRow first = AuditChain.next(before, AuditChain.checkpoint(NOW, before));
      change("DELETE FROM audit_log");
      put(first);
      change("UPDATE audit_head SET seq = " + first.seq() + ", hash = '" + first.hash() + "'");
      assertThat(verify().fault()).isNull();
      assertThat(verify().removed()).isEqualTo(gone);
      assertThat(fault(kept)).isEqualTo("rewritten " + kept.seq());
      assertThat(fault(before)).isEqualTo("none");
      assertThat(fault(AuditHead.NONE)).isEqualTo("none");
    }
  }

  @Test
  void linesWithoutHashesAreNoMoreAndNoFewerThanLine1Says() throws Exception {
    write();
    put(new AuditRow(0, "gateway", entry("forged"), "", ""));
    put(new AuditRow(-7, "gateway", entry("forged"), "", ""));
    assertThat(fault()).isEqualTo("inserted 0");
    change("DELETE FROM audit_log WHERE seq <= 1");
    put(new AuditRow(0, "gateway", entry("forged"), "", ""));
    assertThat(fault()).isEqualTo("inserted 0");
  }

  @Test
  void nothingIsWrittenWithoutTheHead() throws Exception {
    write();
    change("DELETE FROM audit_head");
    assertThat(fault()).isEqualTo("no_head 0");
    assertThatThrownBy(() -> await(log().audit(entry("more"))))
        .hasCauseInstanceOf(LedgerUnavailableException.class);
    // All else goes on.
    assertThat(accept()).isNotNull();
  }

  @Test
  void linesThatWereKeptForLongEnoughGoAndTheChainStaysWhole() throws Exception {
    long day = 24 * 3_600_000;
    write();
    await(log().audit(new AuditEntry(NOW + 9 * day, WHO, "young", "t", null, null, "done", "")));
    AuditHead early = new AuditHead(2, row(2).hash());
    AuditHead last = new AuditHead(LINES + 1, row(LINES + 1).hash());
    AuditHead young = await(log().auditHead());
    // The oldest is not much too old yet.
    assertThat(await(opened.retention().removeAuditLines(NOW + day / 2)).rows()).isZero();
    assertThat(await(opened.retention().removeAuditLines(NOW + 2 * day)).rows())
        .isEqualTo(LINES + 1);
    assertThat(await(opened.retention().removeAuditLines(NOW + 2 * day)).rows()).isZero();
    reopen();
    await(log().audit(entry("later")));
    AuditVerdict verdict = verify();
    assertThat(verdict.fault()).isNull();
    assertThat(verdict.lines()).isEqualTo(3);
    assertThat(verdict.removed()).isEqualTo(LINES + 1);
    // What is gone shows nothing; the last of it and what is younger does.
    assertThat(fault(early)).isEqualTo("rewritten 2");
    assertThat(fault(last)).isEqualTo("none");
    assertThat(fault(young)).isEqualTo("none");
    assertThat(rows()).extracting(row -> row.entry().action()).contains(AuditChain.CHECKPOINT);

    change("DELETE FROM audit_log WHERE action = 'young'");
    assertThat(fault()).isEqualTo("missing 1");
  }

  @Test
  void pagesHaveTheTenantsOwnLinesAndForOneThoseOfAll() throws Exception {
    Who other = new Who("other", "kim", "::1", "c2");
    await(log().audit(new AuditEntry(NOW, WHO, "callback.change", "t", null, null, "done", "")));
    await(
        log()
            .audit(new AuditEntry(NOW + 1, other, "callback.remove", "t", null, null, "done", "")));
    await(
        log().audit(new AuditEntry(NOW + 2, other, "provider.open", "p", null, null, "done", "")));
    await(
        log()
            .audit(
                new AuditEntry(
                    NOW + 3,
                    new Who("", "unknown", "::1", "c"),
                    "sign_in",
                    "api",
                    null,
                    null,
                    "refused",
                    "")));
    assertThat(actions("other", false, null)).containsExactly("provider.open", "callback.remove");
    assertThat(actions(TENANT, true, null))
        .containsExactly("sign_in", "provider.open", "callback.change", "audit.begin");
    assertThat(actions(TENANT, true, "provider")).containsExactly("provider.open");
    assertThat(actions(TENANT, true, "provider.open")).containsExactly("provider.open");
    assertThat(actions(TENANT, true, "prov")).isEmpty();
    AuditFilter span = new AuditFilter("other", false, null, "kim", "p", NOW + 2, NOW + 3);
    assertThat(await(log().auditPage(span, Long.MAX_VALUE, 10))).hasSize(1);
    assertThat(await(log().auditPage(span, await(log().auditHead()).seq() - 1, 10))).isEmpty();
  }

  private List<String> actions(String tenant, boolean all, String action) throws Exception {
    AuditFilter filter = new AuditFilter(tenant, all, action, null, null, 0, Long.MAX_VALUE);
    return await(log().auditPage(filter, Long.MAX_VALUE, 100)).stream()
        .map(row -> row.entry().action())
        .toList();
  }

  private static AuditEntry entry(String target) {
    return new AuditEntry(NOW, WHO, "callback.change", target, null, null, "done", "");
  }

  private List<AuditRow> rows() throws Exception {
    AuditFilter all = new AuditFilter(TENANT, true, null, null, null, 0, Long.MAX_VALUE);
    return await(log().auditPage(all, Long.MAX_VALUE, 1_000));
  }

  private AuditRow row(long seq) throws Exception {
    return rows().stream().filter(row -> row.seq() == seq).findFirst().orElseThrow();
  }

  private void put(AuditRow row) throws Exception {
    AuditEntry entry = row.entry();
    List<String> values = new ArrayList<>();
    values.add(String.valueOf(row.seq()));
    values.add(timeLiteral(entry.atMillis()));
    for (String text :
        new String[] {
          row.scope(),
          entry.who().tenant(),
          entry.who().actor(),
          entry.who().origin(),
          entry.action(),
          entry.target(),
          entry.before(),
          entry.after(),
          entry.outcome(),
          entry.detail(),
          entry.who().correlationId(),
          row.previousHash(),
          row.hash()
        }) {
      values.add(text == null ? "NULL" : "'" + text + "'");
    }
    change(
        "INSERT INTO audit_log (seq, " + COLUMNS + ") VALUES (" + String.join(", ", values) + ")");
  }

  /** Keeps lines to put them back later. */
  private void keep(String which) throws Exception {
    change("DROP TABLE IF EXISTS kept");
    change("CREATE TABLE kept AS SELECT * FROM audit_log " + which);
  }

  @AfterEach
  void forget() throws Exception {
    change("DROP TABLE IF EXISTS kept");
  }

  /** A time as the store's SQL has it. */
  protected abstract String timeLiteral(long millis);

  private String changedTime() {
    return timeLiteral(NOW - 1);
  }

  private void change(String command) throws Exception {
    engine().change(directory, command);
  }

  private AuditVerdict verify() throws Exception {
    return await(log().verifyAudit(null));
  }

  private String fault() throws Exception {
    return fault(null);
  }

  private String fault(AuditHead kept) throws Exception {
    AuditVerdict.Fault fault = await(log().verifyAudit(kept)).fault();
    return fault == null ? "none" : text(fault.kind(), fault.seq());
  }

  private static String text(Kind kind, long seq) {
    return kind.wireName() + " " + seq;
  }

  private AuditLedger log() {
    return opened.auditLog();
  }
}
