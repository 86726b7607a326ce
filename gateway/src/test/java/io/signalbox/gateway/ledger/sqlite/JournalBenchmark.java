package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.LedgerWork;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the embedded ledger takes for each notification, {@value #IN_FLIGHT} at a time: every change
 * is synced to disk before it counts as done. The file lies in the folder for temporary files.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class JournalBenchmark {
  private static final int IN_FLIGHT = 256;
  private static final int MESSAGE_LENGTH = 200;

  private Path directory;
  private Vertx vertx;
  private SqlLedger ledger;
  private LedgerWork work;
  private long done;

  /** An empty ledger. */
  @Setup
  public void setUp() throws Exception {
    directory = Files.createTempDirectory("journal-benchmark");
    vertx = Vertx.vertx();
    ledger = get(SqliteFiles.open(vertx, directory));
    work = new LedgerWork(ledger, MESSAGE_LENGTH, Clock.systemUTC());
  }

  /** Accepted alone. */
  @Benchmark
  @OperationsPerInvocation(IN_FLIGHT)
  public Object accept() throws Exception {
    return all(work::accept);
  }

  /** Accepted, begun and settled, one change after the other. */
  @Benchmark
  @OperationsPerInvocation(IN_FLIGHT)
  public Object lifecycle() throws Exception {
    return all(work::lifecycle);
  }

  private Object all(Supplier<? extends Future<?>> one) throws Exception {
    List<Future<?>> all = new ArrayList<>(IN_FLIGHT);
    for (int i = 0; i < IN_FLIGHT; i++) {
      all.add(one.get());
    }
    done += IN_FLIGHT;
    return get(Future.all(all));
  }

  /** Every one of them must be there. */
  @TearDown
  public void tearDown() throws Exception {
    get(ledger.close());
    get(vertx.close());
    List<String> stored = SqliteFiles.ENGINE.ask(directory, "SELECT COUNT(*) FROM notifications");
    if (!stored.equals(List.of(String.valueOf(done)))) {
      throw new IllegalStateException(done + " were accepted, stored are " + stored);
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
