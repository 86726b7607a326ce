package io.signalbox.gateway.guard;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.loader.LeakDetector;
import io.signalbox.loader.PluginFolder;
import io.signalbox.loader.PluginFolderSettings;
import io.signalbox.spi.Outcome;
import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred swaps of a plugin under load leave memory where it was. */
@Timeout(600)
class ManySwapsTest {
  private static final int FIRST = 20;
  private static final int ALL = 200;
  private static final int UNDER_WAY = 16;

  // A leaked plugin of this test costs some 60 KiB of metaspace and 6 classes; 180 of them would be
  // 10 MiB and
  // 1,000 classes. The noise of a warm JVM stays far below.
  private static final long METASPACE_NOISE = 3 << 20;
  private static final long CLASSES_NOISE = 300;
  private static final long HEAP_NOISE = 16 << 20;

  @TempDir Path temp;

  private record Usage(long metaspace, long heap, long classes, int threads) {
    /** Of two measurements under load what was surely used. */
    Usage least(Usage other) {
      return new Usage(
          Math.min(metaspace, other.metaspace),
          Math.min(heap, other.heap),
          Math.min(classes, other.classes),
          Math.min(threads, other.threads));
    }
  }

  @Test
  void leaveMemoryWhereItWas() throws Exception {
    Path dir = Files.createDirectories(temp.resolve("plugins"));
    Path jar = dir.resolve("mail.jar");
    Path[] versions = new Path[2];
    for (int i = 0; i < 2; i++) {
      versions[i] = TidyPlugin.source((i + 1) + ".0").writeTo(temp.resolve("mail-" + i));
    }
    Files.copy(versions[1], jar);
    Files.writeString(dir.resolve("mail-eu.yaml"), "plugin: mail\n");
    GuardLifecycle gateway = new GuardLifecycle();
    PluginFolder folder =
        new PluginFolder(
            PluginFolderSettings.of(dir, temp.resolve("data"))
                .withTimes(Duration.ofMillis(50), Duration.ZERO, Duration.ofSeconds(30)),
            gateway);
    BaseGuardTest.done(folder.start());
    Load load = new Load(gateway);
    load.thread.start();
    try {
      Usage first = null;
      for (int swap = 1; swap <= ALL; swap++) {
        swap(folder, versions[(swap + 1) % 2], jar, swap);
        if (swap == FIRST) {
          first = settled(folder.leakDetector());
        }
      }
      Usage last = settled(folder.leakDetector());
      System.getLogger("swaps")
          .log(
              System.Logger.Level.WARNING,
              "after {0}: {1}; after {2}: {3}; {4} delivered",
              FIRST,
              first,
              ALL,
              last,
              load.delivered);
      assertThat(folder.leakDetector().unloads()).isEqualTo(ALL);
      assertThat(last.metaspace() - first.metaspace()).isLessThan(METASPACE_NOISE);
      assertThat(last.classes() - first.classes()).isLessThan(CLASSES_NOISE);
      assertThat(last.heap() - first.heap()).isLessThan(HEAP_NOISE);
      assertThat(load.delivered.get()).isGreaterThan(ALL);
    } finally {
      load.goOn.set(false);
      load.thread.join();
      BaseGuardTest.done(folder.unload());
      gateway.stop("mail-eu");
    }
  }

  private static void swap(PluginFolder folder, Path version, Path jar, int number)
      throws Exception {
    Path temporary = Files.copy(version, jar.resolveSibling("mail.jar.tmp"));
    Files.move(temporary, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    folder.rescan();
    await()
        // A Vert.x that closes may refuse a task of its own worker, on the worker's thread.
        .dontCatchUncaughtExceptions()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(60))
        .until(() -> folder.leakDetector().unloads() == number);
  }

  /** What is used once every unloaded plugin is collected. */
  private static Usage settled(LeakDetector leaks) {
    await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              System.gc();
              return leaks.uncollected() == 0;
            });
    return Stream.generate(ManySwapsTest::usage).limit(5).reduce(Usage::least).orElseThrow();
  }

  private static Usage usage() {
    System.gc();
    long metaspace = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().equals("Metaspace")) {
        metaspace = pool.getUsage().getUsed();
      }
    }
    return new Usage(
        metaspace,
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
        ManagementFactory.getThreadMXBean().getThreadCount());
  }

  /** Deliveries without a pause, through whatever provider runs. */
  private static final class Load {
    private static final String[] DEEDS = {
      "good", "worker", "codec", "local", "fast_local", "map", "timer", "client"
    };
    private final AtomicBoolean goOn = new AtomicBoolean(true);
    private final AtomicLong delivered = new AtomicLong();
    private final Semaphore underWay = new Semaphore(UNDER_WAY);
    private final Thread thread;

    private Load(GuardLifecycle gateway) {
      thread = new Thread(() -> run(gateway), "load");
    }

    private void run(GuardLifecycle gateway) {
      for (int i = 0; goOn.get(); i++) {
        if (!isPermitted()) {
          continue;
        }
        // One of each in a while; the second codec of a provider fails, which is told by text.
        String deed = i % 50 < DEEDS.length ? DEEDS[i % 50] : "good";
        Future<Outcome> answer =
            gateway.running.get("mail-eu").deliver(BaseGuardTest.delivery(deed));
        answer.onComplete(
            done -> {
              if (done.succeeded() && done.result() instanceof Outcome.Sent) {
                delivered.incrementAndGet();
              }
              underWay.release();
            });
      }
    }

    /** What a closed provider never answers, the time-out of a gateway would end; here is none. */
    private boolean isPermitted() {
      try {
        return underWay.tryAcquire(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        goOn.set(false);
        return false;
      }
    }
  }
}
