package io.signalbox.gateway.ledger.sqlite;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What goes wrong at SQLite, told as SQLSTATEs: it has result codes only. Those codes are of <a
 * href="https://sqlite.org/rescode.html">sqlite.org/rescode.html</a>. Pure functions.
 */
final class SqliteFailures {
  private static final int PRIMARY_CODE = 0xff;
  private static final String UNKNOWN = "HY000";

  private SqliteFailures() {}

  /** The SQLSTATE that says the same as a failure's result code. */
  static String state(SQLException failure) {
    return failure instanceof SQLiteException sqlite ? state(sqlite.getResultCode()) : UNKNOWN;
  }

  /** The SQLSTATE that says the same as a result code. */
  static String state(SQLiteErrorCode code) {
    return switch (code) {
      case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID ->
          "23505";
      case SQLITE_CONSTRAINT_FOREIGNKEY -> "23503";
      case SQLITE_CONSTRAINT_NOTNULL -> "23502";
      case SQLITE_CONSTRAINT_CHECK -> "23514";
      default -> ofPrimary(code.code & PRIMARY_CODE);
    };
  }

  private static String ofPrimary(int code) {
    if (code == SQLiteErrorCode.SQLITE_CONSTRAINT.code) {
      return "23000";
    }
    if (code == SQLiteErrorCode.SQLITE_TOOBIG.code) {
      return "54000";
    }
    if (code == SQLiteErrorCode.SQLITE_BUSY.code) {
      // Another process holds the file for longer than we wait.
      return "55P03";
    }
    if (code == SQLiteErrorCode.SQLITE_LOCKED.code) {
      return "40P01";
    }
    if (code == SQLiteErrorCode.SQLITE_INTERRUPT.code) {
      return "57014";
    }
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return "53100";
    }
    if (code == SQLiteErrorCode.SQLITE_NOMEM.code) {
      return "53200";
    }
    if (code == SQLiteErrorCode.SQLITE_READONLY.code) {
      return "25006";
    }
    if (code == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
      return "08001";
    }
    if (code == SQLiteErrorCode.SQLITE_IOERR.code) {
      return "58030";
    }
    return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code
        ? "XX001"
        : UNKNOWN;
  }
}
