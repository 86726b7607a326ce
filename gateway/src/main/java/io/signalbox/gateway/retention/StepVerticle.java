package io.signalbox.gateway.retention;

import io.signalbox.gateway.retention.RetentionSweep.Pace;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Does a work of many small steps, with a pause after each, and looks for more now and then. */
public final class StepVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(StepVerticle.class);
  private static final long LOOK_MILLIS = 1_000;
  private static final long AFTER_FAILURE_MILLIS = 10_000;
  private static final Pace PACE = Pace.every(Duration.ofMillis(LOOK_MILLIS));

  private final String what;
  private final Supplier<Future<Boolean>> step;
  private long timer = -1;
  private boolean stopped;
  private boolean told;

  /**
   * Makes the verticle; nothing is done before it is deployed.
   *
   * @param what is done, for the log
   * @param step does a little, and says whether there is more to do at once
   */
  public StepVerticle(String what, Supplier<Future<Boolean>> step) {
    this.what = what;
    this.step = step;
  }

  @Override
  public Future<?> start() {
    after(LOOK_MILLIS);
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    return Future.succeededFuture();
  }

  private void step() {
    long start = System.nanoTime();
    Future.succeededFuture()
        .compose(go -> step.get())
        .onComplete(
            more -> {
              told = false;
              after(more ? PACE.pauseMillis(System.nanoTime() - start) : LOOK_MILLIS);
            },
            failure -> {
              // Once, not with each trial.
              LOG.atLevel(told ? Level.DEBUG : Level.WARN)
                  .log("{} failed, and is tried again: {}", what, failure.toString());
              told = true;
              after(AFTER_FAILURE_MILLIS);
            });
  }

  private void after(long millis) {
    if (!stopped) {
      timer = vertx.setTimer(millis, due -> step());
    }
  }
}
