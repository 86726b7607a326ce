package io.signalbox.scoring;

import io.signalbox.scoring.breaker.Breaker;
import io.signalbox.scoring.breaker.BreakerSettings;
import io.signalbox.scoring.breaker.Permit;
import io.signalbox.scoring.rate.AdaptiveConcurrency;
import io.signalbox.scoring.rate.RateLimit;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What breaker and limits cost each attempt: asking before it, and learning from how it ended. The
 * clock goes on a tenth of a millisecond each time, as at 10,000 attempts a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AttemptBenchmark {
  private static final long BEGIN = 1_800_000_000_000L;
  private static final int ATTEMPTS_IN_A_MILLISECOND = 10;
  private static final int MAX_CONCURRENT = 64;
  private static final double PER_SECOND = 1_000_000;
  private static final int USUAL_MILLIS = 40;
  private static final int SPREAD_MILLIS = 20;

  private Breaker breaker;
  private RateLimit rate;
  private AdaptiveConcurrency concurrency;
  private HealthWindow window;
  private long attempts;

  /** A provider that works, with a rate that it never reaches. */
  @Setup
  public void setUp() {
    breaker = new Breaker(BreakerSettings.DEFAULT);
    rate = new RateLimit(PER_SECOND, PER_SECOND);
    concurrency = new AdaptiveConcurrency(MAX_CONCURRENT);
    window = new HealthWindow();
  }

  /** The breaker alone: a permit, and the result. */
  @Benchmark
  public boolean breaker() {
    return breaker(now());
  }

  /** The limits alone: a look, a token, and what is learned. */
  @Benchmark
  public int limits() {
    return limits(now());
  }

  /** All that happens at an attempt, the window of its provider's health with it. */
  @Benchmark
  public int attempt() {
    long now = now();
    boolean called = breaker(now);
    window.record(AttemptResult.SUCCESS, tookMillis(), now);
    return limits(now) + (called ? 1 : 0);
  }

  /** A provider that works must be let through to the end, at its full concurrency. */
  @TearDown
  public void tearDown() {
    long now = now();
    if (!breaker(now) || !rate.hasToken(now) || concurrency.limit() < 1) {
      throw new IllegalStateException("a provider that works is kept out");
    }
  }

  private boolean breaker(long now) {
    return breaker.tryAcquire(now) instanceof Permit.Granted permit
        && breaker.onResult(permit, AttemptResult.SUCCESS, now).isEmpty();
  }

  private int limits(long now) {
    if (rate.hasToken(now)) {
      rate.take(now);
      rate.accepted(now);
      concurrency.answered(tookMillis(), 1);
    }
    return concurrency.limit();
  }

  private long now() {
    return BEGIN + ++attempts / ATTEMPTS_IN_A_MILLISECOND;
  }

  private long tookMillis() {
    return USUAL_MILLIS + attempts % SPREAD_MILLIS;
  }
}
