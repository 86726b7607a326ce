package io.signalbox.deploy.operation;

import io.signalbox.deploy.Report;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every fault at every step, which {@code deploy/drills/operations} calls with the kinds of
 * operation, the runs of each fault, a seed, the folder of the sources, the folder to work in and
 * the file for its result. Kinds run beside each other, each with gateway and simulator of its own:
 * most of their time is waiting.
 */
final class OperationDrill {
  private static final Logger LOG = LoggerFactory.getLogger(OperationDrill.class);

  private OperationDrill() {}

  /** Runs it once. */
  public static void main(String[] arguments) throws Exception {
    List<OperationApi> kinds =
        Arrays.stream(arguments[0].split(",", -1)).map(OperationDrill::kind).toList();
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
      result = run(kinds, runs, seed, root, directory);
    } catch (Exception | AssertionError e) {
      LOG.error("the drill broke off", e);
      System.exit(1);
      return;
    }
    Files.writeString(out, result.encodePrettily());
    // Threads of clients may still linger.
    System.exit(0);
  }

  private static OperationApi kind(String name) {
    return name.equals("book") ? new BookingsApi() : new NumbersApi();
  }

  private static JsonObject run(
      List<OperationApi> kinds, int runs, long seed, Path root, Path directory) throws Exception {
    Report.print("seed %d", seed);
    ExecutorService threads = Executors.newFixedThreadPool(kinds.size());
    List<Future<JsonObject>> running = new ArrayList<>();
    for (OperationApi kind : kinds) {
      Path own = Files.createDirectories(directory.resolve(kind.doing()));
      running.add(threads.submit(() -> one(kind, runs, seed, root, own)));
    }
    JsonArray results = new JsonArray();
    boolean right = true;
    for (Future<JsonObject> each : running) {
      JsonObject result = each.get();
      right &= result.getBoolean("right");
      results.add(result);
    }
    return new JsonObject()
        .put("seed", seed)
        .put("runs", runs)
        .put("kinds", results)
        .put("right", right);
  }

  private static JsonObject one(OperationApi kind, int runs, long seed, Path root, Path directory)
      throws Exception {
    try (Stand stand = Stand.start(directory, kind.providers())) {
      if (!LedgerQueries.canAsk(stand.settings())) {
        return new CrashMatrix(kind, runs, seed, Clock.systemUTC(), () -> 0).run(stand);
      }
      LedgerQueries queries = LedgerQueries.of(stand.settings(), root);
      LongSupplier troubled =
          () -> queries.troubledCalls(kind.doing(), kind.finding(), kind.undoing());
      JsonObject outcome =
          new CrashMatrix(kind, runs, seed, Clock.systemUTC(), troubled).run(stand);
      boolean heard = TypedWishes.takeEffect(queries, stand.api());
      stand.endGateway();
      JsonObject ledger =
          new LedgerTruth(queries, kind)
              .of(kind.books(stand.simulator()), outcome.getInteger("done"))
              .put("typed_wishes_in_force", heard);
      boolean right = outcome.getBoolean("right") && heard && ledger.getJsonArray("lies").isEmpty();
      return outcome.put("ledger", ledger).put("right", right);
    }
  }
}
