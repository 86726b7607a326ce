package io.signalbox.gateway.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.gateway.failure.DatabaseErrorKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;

class SqliteFailuresTest {
  @TempDir private Path dir;

  @ParameterizedTest
  @CsvSource({
    "SQLITE_CONSTRAINT_UNIQUE, 23505, CONSTRAINT",
    "SQLITE_CONSTRAINT_PRIMARYKEY, 23505, CONSTRAINT",
    "SQLITE_CONSTRAINT_NOTNULL, 23502, CONSTRAINT",
    "SQLITE_CONSTRAINT_FOREIGNKEY, 23503, CONSTRAINT",
    "SQLITE_CONSTRAINT_CHECK, 23514, CONSTRAINT",
    "SQLITE_CONSTRAINT_TRIGGER, 23000, CONSTRAINT",
    "SQLITE_CONSTRAINT, 23000, CONSTRAINT",
    "SQLITE_TOOBIG, 54000, CONSTRAINT",
    "SQLITE_BUSY, 55P03, TIMEOUT",
    "SQLITE_BUSY_SNAPSHOT, 55P03, TIMEOUT",
    "SQLITE_LOCKED, 40P01, DEADLOCK",
    "SQLITE_INTERRUPT, 57014, TIMEOUT",
    "SQLITE_FULL, 53100, OVERLOADED",
    "SQLITE_NOMEM, 53200, OVERLOADED",
    "SQLITE_READONLY, 25006, CONNECTION_LOST",
    "SQLITE_CANTOPEN, 08001, CONNECTION_LOST",
    "SQLITE_IOERR_FSYNC, 58030, OTHER",
    "SQLITE_CORRUPT, XX001, OTHER",
    "SQLITE_ERROR, HY000, OTHER",
  })
  void everyResultCodeHasAState(SQLiteErrorCode code, String state, DatabaseErrorKind kind) {
    assertThat(SqliteFailures.state(code)).isEqualTo(state);
    assertThat(DatabaseErrorKind.ofState(state)).isEqualTo(kind);
  }

  @Test
  void aRealFileFailsWithTheseStates() throws SQLException {
    String url = "jdbc:sqlite:" + dir.resolve("a.db");
    try (Connection one = DriverManager.getConnection(url);
        Connection two = DriverManager.getConnection(url);
        Statement first = one.createStatement();
        Statement second = two.createStatement()) {
      first.execute("CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT NOT NULL)");
      first.execute("INSERT INTO t VALUES (1, 'a')");
      assertThat(state(first, "INSERT INTO t VALUES (1, 'b')")).isEqualTo("23505");
      assertThat(state(first, "INSERT INTO t VALUES (2, NULL)")).isEqualTo("23502");
      second.execute("PRAGMA busy_timeout = 0");
      first.execute("BEGIN IMMEDIATE");
      assertThat(state(second, "INSERT INTO t VALUES (3, 'c')")).isEqualTo("55P03");
      first.execute("ROLLBACK");
      first.execute("PRAGMA max_page_count = 3");
      assertThat(state(first, "INSERT INTO t VALUES (4, zeroblob(100000))")).isEqualTo("53100");
    }
  }

  private static String state(Statement statement, String sql) {
    SQLException failure = catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
    return SqliteFailures.state(failure);
  }
}
