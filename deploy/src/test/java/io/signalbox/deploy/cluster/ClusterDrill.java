package io.signalbox.deploy.cluster;

import io.signalbox.deploy.Report;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole drill, which {@code deploy/drills/cluster} calls with the rate, the folder to work in
 * and the file for its result.
 */
final class ClusterDrill {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterDrill.class);

  private ClusterDrill() {}

  /** Runs it once. */
  public static void main(String[] arguments) throws Exception {
    int perSecond = Integer.parseInt(arguments[0]);
    Path directory = Path.of(arguments[1]);
    Path out = Path.of(arguments[2]);
    Leftovers leftovers = new Leftovers(ProcessHandle.current(), directory.resolve("postgres"));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  leftovers.end();
                  Namespaces.removeOwn();
                }));
    DrillResult result;
    try {
      result = new DrillRun(DrillPlan.of(perSecond), directory).run();
    } catch (Exception | AssertionError e) {
      LOG.error("the drill broke off", e);
      System.exit(1);
      return;
    }
    write(out, result);
    result.lost().stream().limit(10).forEach(id -> Report.print("lost: %s", id));
    result.unfinished().stream().limit(10).forEach(id -> Report.print("unfinished: %s", id));
    result.unexplained().stream().limit(10).forEach(id -> Report.print("unexplained: %s", id));
    // Threads of clients may still linger.
    System.exit(0);
  }

  private static void write(Path out, DrillResult result) throws IOException {
    JsonObject json = result.toJson();
    Report.print("%s", json.encode());
    Files.writeString(out, json.encodePrettily());
  }
}
