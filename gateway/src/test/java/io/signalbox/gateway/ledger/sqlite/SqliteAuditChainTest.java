package io.signalbox.gateway.ledger.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.AuditVerdict;
import io.signalbox.gateway.ledger.BaseAuditChainTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The embedded ledger keeps the contract; a ledger from before there was a chain gets one. */
class SqliteAuditChainTest extends BaseAuditChainTest {
  @Override
  protected String timeLiteral(long millis) {
    return String.valueOf(millis);
  }

  @Test
  void linesFromBeforeTheChainStayAndAreCounted() throws Exception {
    await(ledger().close());
    for (String end : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(Path.of(SqliteFiles.file(directory) + end));
    }
    // As a gateway of schema 17 left it.
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + SqliteFiles.file(directory) + "?busy_timeout=30000");
        Statement statement = connection.createStatement()) {
      for (int script = 1; script <= 17; script++) {
        for (String command : commands(script)) {
          if (!command.isBlank()) {
            statement.executeUpdate(command);
          }
        }
      }
      for (int i = 1; i <= 3; i++) {
        statement.executeUpdate(
            "INSERT INTO audit_log VALUES ("
                + i
                + ", 1, 'default', 'alex', '::1', 'plugin.upload',"
                + " 'acme', NULL, 'x', 'begun', '', 'c')");
      }
      statement.executeUpdate("PRAGMA user_version = 17");
    }
    opened = open();
    assertThat(await(opened.auditLog().auditTrail(10))).hasSize(3);
    await(
        opened
            .auditLog()
            .audit(
                new AuditEntry(
                    NOW, new Who(TENANT, "a", "", ""), "x", "y", null, null, "done", "")));
    AuditVerdict verdict = await(opened.auditLog().verifyAudit(null));
    assertThat(verdict.fault()).isNull();
    assertThat(verdict.unchained()).isEqualTo(3);
    assertThat(verdict.lines()).isEqualTo(2);
    assertThat(askStore("SELECT after_value FROM audit_log WHERE seq = 1"))
        .containsExactly("{\"lines_before\":3}");
    engine().change(directory, "DELETE FROM audit_log WHERE seq = 0");
    AuditVerdict.Fault fault = await(opened.auditLog().verifyAudit(null)).fault();
    assertThat(fault).extracting(AuditVerdict.Fault::kind).isEqualTo(AuditVerdict.Kind.MISSING);
  }

  private static String[] commands(int script) throws IOException {
    String name = "0" + (script < 10 ? "0" : "") + script + ".sql";
    try (InputStream in = SqliteLedger.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8).split(";\\s*\n", -1);
    }
  }
}
