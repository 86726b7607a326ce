package io.signalbox.deploy.operation;

import io.signalbox.deploy.Report;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every fault at every step, which {@code deploy/drills/operations} calls with the kind of
 * operation, the runs of each fault, a seed, the folder of the sources, the folder to work in and
 * the file for its result.
 */
final class OperationDrill {
  private static final Logger LOG = LoggerFactory.getLogger(OperationDrill.class);

  private OperationDrill() {}

  /** Runs it once. */
  public static void main(String[] arguments) throws Exception {
    OperationApi kind = arguments[0].equals("book") ? new BookingsApi() : new NumbersApi();
    int runs = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    Path root = Path.of(arguments[3]);
    Path directory = Path.of(arguments[4]);
    Path out = Path.of(arguments[5]);
    // A drill that is broken off leaves no process.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () ->
                    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
    JsonObject result;
    try {
      result = run(kind, runs, seed, root, directory);
    } catch (Exception | AssertionError e) {
      LOG.error("the drill broke off", e);
      System.exit(1);
      return;
    }
    Report.print("%s", result.encode());
    Files.writeString(out, result.encodePrettily());
    // Threads of clients may still linger.
    System.exit(0);
  }

  private static JsonObject run(OperationApi kind, int runs, long seed, Path root, Path directory)
      throws Exception {
    Report.print("seed %d", seed);
    Files.createDirectories(directory);
    try (Stand stand = Stand.start(directory, kind.providers())) {
      JsonObject outcome = new CrashMatrix(kind, runs, seed).run(stand);
      boolean right = outcome.getBoolean("right");
      if (kind instanceof NumbersApi && LedgerQueries.canAsk(stand.settings())) {
        stand.endGateway();
        JsonObject ledger =
            new LedgerTruth(LedgerQueries.of(stand.settings(), root))
                .of(kind.books(stand.simulator()), outcome.getInteger("done"));
        outcome.put("ledger", ledger);
        right &= ledger.getJsonArray("lies").isEmpty();
      }
      return outcome.put("seed", seed).put("runs", runs).put("right", right);
    }
  }
}
