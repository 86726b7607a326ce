package io.signalbox.gateway.plugins;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.NothingDoneException;
import io.signalbox.gateway.config.PluginsSettings;
import io.signalbox.gateway.ledger.AuditLedger;
import io.signalbox.gateway.plugins.Change.Done;
import io.signalbox.gateway.plugins.Change.Order;
import io.signalbox.gateway.plugins.Change.Outcome;
import io.signalbox.gateway.plugins.PluginAudit.Trail;
import io.signalbox.gateway.plugins.PluginHistory.Origin;
import io.signalbox.gateway.plugins.PluginVersion.Source;
import io.signalbox.loader.JarKeeper;
import io.signalbox.loader.PluginFolder;
import io.signalbox.loader.PluginStatus.State;
import io.signalbox.loader.check.JarCheck;
import io.signalbox.loader.check.PluginJar;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where administrators look at plugins and change them. Changes of one plugin follow each other;
 * each stands in the audit log, and one that does not come to run is taken back.
 *
 * <p>Refusals are {@link GatewayException}s that say what would be right. Thread-safe; nothing
 * blocks the caller.
 */
public final class PluginDesk {
  // Each holds a file of up to the largest jar, and a worker while that is checked.
  private static final int MOST_UPLOADS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final PluginsSettings config;
  private final Clock clock;
  private final Blocking blocking;
  private final PluginHistory history;
  private final WatchedJars jars;
  private final PluginAudit audit;
  private final FolderWait wait;
  private final OrderBook orders;
  private final AtomicInteger uploads = new AtomicInteger();
  private volatile @Nullable Open open;

  /** What is there once the folder is watched. */
  private record Open(PluginFolder folder, JarCheck check, JarSwap swap) {}

  /**
   * Makes the desk; it refuses all orders until {@link #follow} was called.
   *
   * @param dataDir the data directory, in which previous jars are kept
   */
  public PluginDesk(
      Vertx vertx, PluginsSettings config, Path dataDir, AuditLedger audit, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.blocking = new Blocking(vertx);
    this.history = new PluginHistory(dataDir.resolve("plugins-history"), config.changes(), clock);
    this.jars = new WatchedJars(config.dir());
    this.audit = new PluginAudit(audit, clock);
    this.wait = new FolderWait(vertx, PATIENCE);
    this.orders = new OrderBook(blocking, history, clock);
  }

  /** Reads what is kept; must have succeeded before the folder is started. */
  public Future<Void> open() {
    return blocking.run(
        () -> {
          history.open();
          jars.clear();
        });
  }

  /** Hears of the jars that the folder takes into use. */
  public JarKeeper keeper() {
    return history;
  }

  /** What other nodes may ask for. */
  public KeptJars kept() {
    return new KeptJars(blocking, history, orders);
  }

  /** Takes orders from now on, for this folder. */
  public Future<Void> follow(PluginFolder folder) {
    return blocking
        .call(() -> JarCheck.of(config.trust(), clock))
        .onSuccess(
            check ->
                open = new Open(folder, check, new JarSwap(blocking, jars, history, folder, wait)))
        .mapEmpty();
  }

  /** Takes no more orders, and waits for nothing that the folder does. */
  public void close() {
    open = null;
    wait.close();
  }

  /** All plugins; also those that were removed and can be put back. */
  public List<PluginView> plugins() {
    PluginFolder folder = opened().folder();
    List<String> leaks = PluginViews.texts(folder.leakDetector().leaks());
    return PluginViews.of(folder.plugins(), folder.providerFiles(), history.records(), leaks);
  }

  /** Whether each provider file of this node runs; not while the folder is not watched. */
  public boolean isAllRunning() {
    Open now = open;
    return now != null && PluginViews.isAllRunning(now.folder().providerFiles());
  }

  /**
   * Puts a jar into the folder, in the place of the plugin's present one.
   *
   * @param expected SHA-256 that the jar must have; null for any
   * @param fill writes the jar into a file
   * @return fails with status 422 if the jar cannot be used, or does not come to run: then what was
   *     there before is there again; 409 if it cannot be changed now, 412 if it is not as expected
   */
  public Future<Done> upload(
      Order order, @Nullable String expected, Function<Path, Future<Void>> fill) {
    return take(order, Source.UPLOAD, expected, fill);
  }

  /** The same with a jar that another node has by an upload or a rollback. */
  public Future<Done> take(
      Order order, Source source, @Nullable String expected, Function<Path, Future<Void>> fill) {
    return audit.audited(
        "plugin." + source.wireName(),
        order,
        trail -> {
          Preconditions.requireName(order.plugin());
          orders.requireNewest(order);
          if (uploads.incrementAndGet() > MOST_UPLOADS) {
            uploads.decrementAndGet();
            throw new NothingDoneException("other uploads are under way; try again soon");
          }
          return blocking
              .call(history::incoming)
              .compose(
                  file ->
                      fill.apply(file)
                          .compose(filled -> upload(order, source, expected, file, trail))
                          .eventually(() -> blocking.run(() -> Files.deleteIfExists(file))))
              .onComplete(ended -> uploads.decrementAndGet());
        });
  }

  private Future<Done> upload(
      Order order, Source source, @Nullable String expected, Path file, Trail trail) {
    return orders.carryOut(
        order,
        source,
        () ->
            blocking
                .call(
                    () -> {
                      jars.requireWritable();
                      return new Checked(opened().check())
                          .jar(file, order.plugin(), expected, trail);
                    })
                .compose(jar -> put(order, jar, source, trail)));
  }

  /**
   * Puts a kept jar back.
   *
   * @param sha256 which one; null for the one that was in use last before the present one
   */
  public Future<Done> rollback(Order order, @Nullable String sha256) {
    return audit.audited(
        "plugin.rollback",
        order,
        trail ->
            orders.carryOut(
                order,
                Source.ROLLBACK,
                () ->
                    blocking
                        .call(
                            () -> {
                              jars.requireWritable();
                              Place place = place(order.plugin());
                              PluginVersion target =
                                  RollbackTarget.of(
                                      order.plugin(),
                                      history.record(order.plugin()),
                                      Checked.present(place.target()),
                                      sha256);
                              return new Checked(opened().check())
                                  .jar(
                                      history.jar(target.sha256()),
                                      order.plugin(),
                                      target.sha256(),
                                      trail);
                            })
                        .compose(jar -> put(order, jar, Source.ROLLBACK, trail))));
  }

  private Future<Done> put(Order order, PluginJar jar, Source source, Trail trail) {
    Place place = place(order.plugin());
    return present(order, place, trail)
        .compose(
            present -> {
              if (isInUse(place, present, jar)) {
                return Future.succeededFuture(done(order, Outcome.UNCHANGED, present, jar, ""));
              }
              return trail
                  .begun()
                  .compose(
                      begun ->
                          opened()
                              .swap()
                              .put(jar, place.target(), new Origin(source, order.who().actor())))
                  .map(verdict -> done(order, verdict.outcome(), present, jar, verdict.detail()));
            });
  }

  /** Takes a plugin out of the folder; its jar is kept, so that a rollback brings it back. */
  public Future<Done> remove(Order order) {
    return audit.audited(
        "plugin.remove",
        order,
        trail ->
            orders.carryOut(
                order,
                Source.FOLDER,
                () -> {
                  Place place = place(order.plugin());
                  if (place.files().isEmpty()) {
                    return nothingThere(order);
                  }
                  return present(order, place, trail)
                      .compose(
                          present ->
                              trail
                                  .begun()
                                  .compose(begun -> opened().swap().remove(order.plugin(), place))
                                  .map(gone -> Done.removed(order, present, gone)));
                }));
  }

  /** What another node removed, and is not here, is removed: so an older order for it is known. */
  private static Future<Done> nothingThere(Order order) {
    return order.stamp() == null
        ? Future.failedFuture(new GatewayException(404, "there is no jar of that plugin"))
        : Future.succeededFuture(Done.absent(order));
  }

  /** Notes that a change was made on all nodes. Does not fail. */
  Future<Void> everywhere(Done done) {
    return orders.everywhere(done.plugin(), done.stamp());
  }

  /** What is in the folder, if it is what the order expects. */
  private Future<Optional<String>> present(Order order, Place place, Trail trail) {
    return blocking.call(
        () -> {
          jars.requireWritable();
          Optional<String> present = Checked.present(place.target());
          trail.before(present.orElse(null));
          Preconditions.requireExpected(order, present);
          return present;
        });
  }

  private static boolean isInUse(Place place, Optional<String> present, PluginJar jar) {
    return present.equals(Optional.of(jar.sha256()))
        && !place.files().isEmpty()
        && place.files().get(0).state() == State.ACTIVE;
  }

  private static Done done(
      Order order, Outcome outcome, Optional<String> before, PluginJar jar, String detail) {
    return new Done(order.plugin(), outcome, before, Optional.of(jar.sha256()), detail);
  }

  private Place place(String plugin) {
    return Place.of(plugin, jars.dir(), opened().folder().plugins());
  }

  private Open opened() {
    Open now = open;
    if (now == null) {
      throw new GatewayException(503, "the plugins folder is not watched yet, or not any more");
    }
    return now;
  }
}
