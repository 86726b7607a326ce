package io.signalbox.gateway.drill;

import io.signalbox.scoring.retry.Backoff;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what must not stay undone: tries it again, after waits that grow to some seconds, until it
 * succeeds or the node stops. Thread-confined.
 */
final class Insistence {
  private static final Logger LOG = LoggerFactory.getLogger(Insistence.class);

  private final Vertx vertx;
  private final Backoff backoff;
  private final Set<Deed> undone = new LinkedHashSet<>();
  private boolean stopped;

  /**
   * Makes one that has nothing to do.
   *
   * @param backoff how long to wait after each failure
   */
  Insistence(Vertx vertx, Backoff backoff) {
    this.vertx = vertx;
    this.backoff = backoff;
  }

  /**
   * Tries something until it succeeds.
   *
   * @param what it is, for the log
   * @return fails only if the node stops before it is done, with why the last try failed
   */
  Future<Void> on(String what, Supplier<Future<Void>> deed) {
    Deed insisted = new Deed(what, deed);
    undone.add(insisted);
    insisted.attempt();
    return insisted.done.future();
  }

  /** From now on nothing is tried more than once; what waits for its next try fails. */
  void stop() {
    stopped = true;
    List.copyOf(undone).forEach(Deed::giveUpWaiting);
  }

  /** Something to be done. */
  private final class Deed {
    private final String what;
    private final Supplier<Future<Void>> deed;
    private final Promise<Void> done = Promise.promise();
    private Throwable why = new IllegalStateException("not tried yet");
    private int failures;
    private long timer = -1;

    Deed(String what, Supplier<Future<Void>> deed) {
      this.what = what;
      this.deed = deed;
    }

    void attempt() {
      timer = -1;
      deed.get().onComplete(this::succeeded, this::failed);
    }

    private void succeeded(Void nothing) {
      undone.remove(this);
      if (failures > 0) {
        LOG.info("{}: done after {} failures", what, failures);
      }
      done.complete();
    }

    private void failed(Throwable failure) {
      why = failure;
      if (stopped) {
        giveUp();
        return;
      }
      if (failures == 0) {
        LOG.warn("{}: failed, and is tried until it succeeds: {}", what, failure.toString());
      }
      timer = vertx.setTimer(Math.max(1, backoff.delayMillis(failures)), due -> attempt());
      failures++;
    }

    void giveUpWaiting() {
      if (timer >= 0 && vertx.cancelTimer(timer)) {
        giveUp();
      }
    }

    private void giveUp() {
      undone.remove(this);
      done.fail(why);
    }
  }
}
