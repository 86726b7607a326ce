package io.signalbox.gateway.ledger;

import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;

/** A store on which the contract of the ledger is tested. */
public interface TestEngine {

  /** Opens the ledger of a test, which is known by its directory; makes it the first time. */
  Future<SqlLedger> open(Vertx vertx, Path directory, EventOutlet outlet, Seal seal)
      throws Exception;

  /**
   * Asks the store itself, past the ledger.
   *
   * @return rows, their columns separated by bars, times in milliseconds
   */
  List<String> ask(Path directory, String query) throws Exception;

  /** Changes rows past the ledger, as a person or a fault of ours could; returns how many. */
  int change(Path directory, String command) throws Exception;
}
