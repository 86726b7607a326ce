package io.signalbox.gateway.server;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts all event-loop and worker threads before a plugin is loaded. A thread keeps the class
 * loader of the code that made it start; made later, by a plugin, it would keep the plugin in
 * memory for ever.
 */
final class ThreadWarmUp {
  private static final long RENDEZVOUS_MILLIS = 500;

  private ThreadWarmUp() {}

  static Future<Void> run(Vertx vertx, int eventLoops, int workers, int internalWorkers) {
    List<Future<?>> started = new ArrayList<>();
    CountDownLatch all = new CountDownLatch(workers);
    Callable<Boolean> meet =
        () -> {
          all.countDown();
          return all.await(RENDEZVOUS_MILLIS, TimeUnit.MILLISECONDS);
        };
    for (int i = 0; i < workers; i++) {
      started.add(vertx.executeBlocking(meet, false));
    }
    for (int i = 0; i < internalWorkers; i++) {
      // File access runs on the internal pool, which starts a thread for each task until it is
      // full.
      started.add(vertx.fileSystem().exists("."));
    }
    // Deployed instances take the event loops in turn, so this many touch them all.
    DeploymentOptions onAllLoops = new DeploymentOptions().setInstances(eventLoops);
    started.add(vertx.deployVerticle(Idle::new, onAllLoops).compose(vertx::undeploy));
    return Future.all(started).mapEmpty();
  }

  private static final class Idle extends VerticleBase {}
}
