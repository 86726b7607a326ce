package io.signalbox.gateway.health;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;

/** How the process and its machine are. Thread-safe. */
public final class SystemChecks {
  /** The names of these checks. */
  public static final List<String> NAMES = List.of("cpu", "memory", "disk", "event_loops");

  private static final Duration DISK_TIMEOUT = Duration.ofMillis(700);

  /** Over a minute, so that a moment of work is no news. */
  private static final double BUSY_LOAD = 3;

  private static final double FULL_HEAP = 0.95;
  private static final double DISK_WARNING = 2;
  private static final double LAG_WARNING = 0.25;
  private static final double DIGITS = 1_000;

  private final Vertx vertx;
  private final Limits limits;
  private final Figures figures;

  /**
   * Makes them.
   *
   * @param limits from where on somebody should look
   * @param figures what is measured elsewhere
   */
  public SystemChecks(Vertx vertx, Limits limits, Figures figures) {
    this.vertx = vertx;
    this.limits = limits;
    this.figures = figures;
  }

  /**
   * From where on somebody should look.
   *
   * @param dataDir its disk is looked at
   * @param minFreeDiskBytes below this much free space intake refuses
   * @param worstLag a lag of event loops that counts as an overload
   */
  public record Limits(Path dataDir, long minFreeDiskBytes, Duration worstLag) {}

  /**
   * What is measured elsewhere; cheap.
   *
   * @param processCpu how busy this process keeps the machine, 0 to 1; negative if not known
   * @param systemCpu how busy the machine is, 0 to 1; negative if not known
   * @param loopLagMillis how late the latest event loop is
   */
  public record Figures(
      DoubleSupplier processCpu, DoubleSupplier systemCpu, DoubleSupplier loopLagMillis) {}

  /** All of them. */
  public List<HealthCheck> all() {
    return List.of(
        HealthCheck.ofMemory("cpu", this::cpu),
        HealthCheck.ofMemory("memory", SystemChecks::memory),
        new HealthCheck(
            "disk",
            DISK_TIMEOUT,
            // A disk that hangs must not keep others who wait for a worker's thread.
            () ->
                vertx.executeBlocking(
                    () -> disk(limits.dataDir().toFile().getUsableSpace()), false)),
        HealthCheck.ofMemory("event_loops", this::eventLoops));
  }

  private CheckReport cpu() {
    int processors = Runtime.getRuntime().availableProcessors();
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    JsonObject json =
        new JsonObject().put("processors", processors).put("load_average", rounded(load));
    share(json, "process", figures.processCpu().getAsDouble());
    share(json, "system", figures.systemCpu().getAsDouble());
    return load > BUSY_LOAD * processors
        ? CheckReport.degraded("three times as much wants to run as can", json)
        : CheckReport.up(json);
  }

  private static void share(JsonObject json, String name, double share) {
    if (share >= 0) {
      json.put(name, rounded(share));
    }
  }

  private static CheckReport memory() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    long most = heap.getMax() > 0 ? heap.getMax() : heap.getCommitted();
    double share = (double) heap.getUsed() / most;
    JsonObject json =
        new JsonObject()
            .put("heap_used_bytes", heap.getUsed())
            .put("heap_max_bytes", most)
            .put("heap_used", rounded(share));
    return share >= FULL_HEAP
        ? CheckReport.degraded("the heap is nearly full", json)
        : CheckReport.up(json);
  }

  private CheckReport disk(long freeBytes) {
    long least = limits.minFreeDiskBytes();
    JsonObject json = new JsonObject().put("free_bytes", freeBytes).put("min_free_bytes", least);
    if (freeBytes < least) {
      return CheckReport.down("nothing is accepted until there is more free space", json);
    }
    return freeBytes < least * DISK_WARNING
        ? CheckReport.degraded("free space is running out", json)
        : CheckReport.up(json);
  }

  private CheckReport eventLoops() {
    double lag = figures.loopLagMillis().getAsDouble();
    JsonObject json = new JsonObject().put("lag_ms", rounded(lag));
    return lag >= limits.worstLag().toMillis() * LAG_WARNING
        ? CheckReport.degraded("event loops come late", json)
        : CheckReport.up(json);
  }

  private static double rounded(double value) {
    return Math.round(value * DIGITS) / DIGITS;
  }
}
