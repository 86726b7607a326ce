package io.signalbox.gateway.ledger.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What the database rings for, by LISTEN, on a connection of its own that is made again when it is
 * lost, with the password as it is then. Bells may be missed meanwhile: they ring once more when it
 * is back. Who only listens does not hear that the other side is gone: so it is asked now and then.
 */
final class PgBells {
  /** Rung for whenever preferences were changed, by whatever way. */
  static final String PREFERENCES = "signalbox_preferences";

  /** Rung for whenever templates were changed, by whatever way. */
  static final String TEMPLATES = "signalbox_templates";

  private static final Logger LOG = LoggerFactory.getLogger(PgBells.class);
  private static final long AGAIN_MILLIS = 500;
  private static final long ASK_MILLIS = 5_000;

  private final Vertx vertx;
  private final PostgresOptions options;
  private final Map<String, Runnable> bells = new ConcurrentHashMap<>();
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicLong again = new AtomicLong(-1);
  private final AtomicLong asking = new AtomicLong(-1);
  private final long askMillis;
  private volatile @Nullable PgConnection connection;
  private volatile boolean told;
  private volatile boolean closed;

  PgBells(Vertx vertx, PostgresOptions options) {
    this(vertx, options, ASK_MILLIS);
  }

  /**
   * The same.
   *
   * @param askMillis how often the other side is asked whether it is there, and how long is waited
   *     for its answer
   */
  PgBells(Vertx vertx, PostgresOptions options, long askMillis) {
    this.askMillis = askMillis;
    this.vertx = vertx;
    this.options = options;
  }

  /** Has a bell rung for a channel, whose name is a plain one. */
  void listen(String channel, Runnable bell) {
    bells.put(channel, bell);
    PgConnection now = connection;
    if (begun.compareAndSet(false, true)) {
      connect();
    } else if (now != null) {
      listen(now, channel).onComplete(listening -> bell.run(), failure -> now.close());
    }
  }

  private void connect() {
    if (closed) {
      return;
    }
    AtomicBoolean over = new AtomicBoolean();
    Set<String> heard = ConcurrentHashMap.newKeySet();
    vertx
        .executeBlocking(options::login, false)
        .compose(this::connect)
        .compose(
            made ->
                listenAll(made, heard, over)
                    .timeout(options.connectTimeoutMillis(), TimeUnit.MILLISECONDS)
                    .onFailure(late -> close(made)))
        .onComplete(
            made -> {
              connection = made;
              told = false;
              if (closed) {
                made.close();
              }
              bells.values().forEach(Runnable::run);
              listenToTheRest(made, heard);
              askLater(made, over);
            },
            failure -> ended(over, failure.getMessage()));
  }

  private Future<PgConnection> connect(PgConnectOptions login) {
    Future<PgConnection> made = PgConnection.connect(vertx, login);
    return made.timeout(options.connectTimeoutMillis(), TimeUnit.MILLISECONDS)
        // It may still come, and nobody will want it then.
        .onFailure(late -> made.onSuccess(PgBells::close));
  }

  private void askLater(PgConnection made, AtomicBoolean over) {
    if (closed || over.get()) {
      return;
    }
    asking.set(vertx.setTimer(askMillis, timer -> ask(made, over)));
  }

  private void ask(PgConnection made, AtomicBoolean over) {
    // What it listens to already: that changes nothing, and is to be seen as what it is.
    listen(made, bells.keySet().iterator().next())
        .timeout(askMillis, TimeUnit.MILLISECONDS)
        .onComplete(
            there -> askLater(made, over),
            gone -> {
              ended(over, "it does not answer");
              close(made);
            });
  }

  private static void close(PgConnection of) {
    of.close().onFailure(e -> LOG.debug("bells were not taken down: {}", e.getMessage()));
  }

  /** Bells that were hung up while the connection was made, and that nobody else listens to. */
  private void listenToTheRest(PgConnection made, Set<String> heard) {
    bells.forEach(
        (channel, bell) -> {
          if (heard.add(channel)) {
            listen(made, channel).onComplete(listening -> bell.run(), failure -> made.close());
          }
        });
  }

  private Future<PgConnection> listenAll(PgConnection made, Set<String> heard, AtomicBoolean over) {
    made.notificationHandler(
        rung -> {
          Runnable bell = bells.get(rung.getChannel());
          if (bell != null) {
            bell.run();
          }
        });
    made.closeHandler(gone -> ended(over, "the connection ended"));
    Future<Void> all = Future.succeededFuture();
    for (String channel : bells.keySet()) {
      heard.add(channel);
      all = all.compose(before -> listen(made, channel));
    }
    return all.map(made);
  }

  private static Future<Void> listen(PgConnection on, String channel) {
    return on.query("LISTEN " + channel).execute().mapEmpty();
  }

  /** Of one connection, or trial to make one: another follows. */
  private void ended(AtomicBoolean over, @Nullable String why) {
    if (!over.compareAndSet(false, true) || closed) {
      return;
    }
    connection = null;
    LOG.atLevel(told ? Level.DEBUG : Level.WARN).log("the database rings for nobody: {}", why);
    told = true;
    again.set(vertx.setTimer(AGAIN_MILLIS, timer -> connect()));
  }

  void close() {
    closed = true;
    vertx.cancelTimer(again.get());
    vertx.cancelTimer(asking.get());
    PgConnection last = connection;
    if (last != null) {
      close(last);
    }
  }
}
