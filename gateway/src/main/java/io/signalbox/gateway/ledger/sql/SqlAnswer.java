package io.signalbox.gateway.ledger.sql;

import java.sql.SQLException;

/** What a question will bring that was asked already. */
@FunctionalInterface
public interface SqlAnswer {

  /** Waits for the rows; to be called once. */
  SqlRows rows() throws SQLException;
}
