package io.signalbox.gateway.redis;

import io.signalbox.gateway.config.RedisSettings;
import io.signalbox.gateway.config.RereadSecret;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to Redis that heals by itself. The client does neither notice a server that stands
 * still nor connect again once its connection broke, so this does: each command has a time-out, a
 * heartbeat asks each second, and whatever ends the connection has another one made, at growing
 * intervals. Commands of many callers share the connection, one behind the other.
 *
 * <p>While Redis is away every command fails at once with {@link RedisUnavailableException}. May be
 * used by several threads; listeners are called on its own event loop.
 */
public final class RedisLink {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
  private static final long HEARTBEAT_MILLIS = 1_000;
  private static final long FIRST_RETRY_MILLIS = 100;
  private static final long MAX_RETRY_MILLIS = 2_000;

  /** Answers of a server that cannot serve now, or is no longer the one to ask. */
  private static final List<String> CANNOT_SERVE =
      List.of("READONLY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "CONNECTION_CLOSED");

  private final Vertx vertx;
  private final RedisSettings settings;
  private final RedisClients clients;
  private final Context context;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final List<Consumer<Boolean>> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable Session session;

  // The rest is touched on the context alone.
  private long timer = -1;
  private long retryMillis = FIRST_RETRY_MILLIS;
  private boolean closed;
  private boolean told;

  /** A client, and its connection that all commands take. Each is equal to itself alone. */
  private static final class Session {
    private final Redis client;
    private final RedisConnection connection;

    Session(Redis client, RedisConnection connection) {
      this.client = client;
      this.connection = connection;
    }
  }

  private RedisLink(Vertx vertx, RedisSettings settings, Optional<RereadSecret> password) {
    this.vertx = vertx;
    this.settings = settings;
    this.clients = new RedisClients(settings, password);
    this.context = vertx.getOrCreateContext();
  }

  /**
   * Makes a link that is not connected yet.
   *
   * @return fails if a configured file or secret cannot be read, with its key and what would be
   *     right
   */
  public static Future<RedisLink> of(Vertx vertx, RedisSettings settings) {
    return vertx
        .executeBlocking(
            () -> {
              // The client would tell of it at each trial to connect.
              checkAuthorities(settings.caFile());
              return password(settings);
            })
        .map(password -> new RedisLink(vertx, settings, password));
  }

  private static Optional<RereadSecret> password(RedisSettings settings) throws IOException {
    return settings.password().isEmpty()
        ? Optional.empty()
        : Optional.of(RereadSecret.open("redis.password", settings.password().get()));
  }

  private static void checkAuthorities(Optional<Path> file) throws IOException {
    try {
      if (file.isPresent()) {
        Files.readString(file.get());
      }
    } catch (IOException e) {
      throw new IOException(
          "redis.ca_file must be a file with PEM certificates that can be read, " + file.get(), e);
    }
  }

  /**
   * Begins to connect, and goes on until it is closed.
   *
   * @return completes when the first trial is over, whatever its end
   */
  public Future<Void> start() {
    Promise<Void> tried = Promise.promise();
    context.runOnContext(go -> connect().onComplete(done -> tried.complete()));
    return tried.future();
  }

  /** Whether Redis answers, as last seen. */
  public boolean isUp() {
    return session != null;
  }

  /** Has someone told when Redis comes (true) and goes (false). */
  public void onChange(Consumer<Boolean> listener) {
    listeners.add(listener);
  }

  /**
   * Sends a command.
   *
   * @return the answer, of which the client says null where Redis says nil; fails with {@link
   *     RedisUnavailableException} if there was none, and with Redis's own error if it refused the
   *     command
   */
  public Future<Response> send(Request command) {
    Session now = session;
    if (now == null) {
      return Future.failedFuture(new RedisUnavailableException("Redis is not connected"));
    }
    if (inFlight.incrementAndGet() > settings.maxInFlight()) {
      inFlight.decrementAndGet();
      return Future.failedFuture(
          new RedisUnavailableException("too many commands wait for Redis's answers"));
    }
    return answer(now, command).onComplete(answered -> inFlight.decrementAndGet());
  }

  private Future<Response> answer(Session to, Request command) {
    return Future.succeededFuture()
        .compose(now -> to.connection.send(command))
        .timeout(settings.commandTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure -> Future.failedFuture(judged(to, failure)));
  }

  /** What a caller learns of a failure; one that says that the connection is of no use ends it. */
  private Throwable judged(Session of, Throwable failure) {
    if (failure instanceof ErrorType error && CANNOT_SERVE.stream().noneMatch(error::is)) {
      return error;
    }
    String reason =
        failure instanceof TimeoutException
            ? "no answer within " + settings.commandTimeout().toMillis() + " ms"
            : String.valueOf(failure.getMessage());
    lost(of, reason);
    return new RedisUnavailableException("Redis: " + reason, failure);
  }

  private Future<Void> connect() {
    if (closed) {
      return Future.succeededFuture();
    }
    return vertx
        .executeBlocking(clients::options)
        .compose(
            this::connect,
            failure -> {
              connectLater(failure);
              return Future.succeededFuture();
            });
  }

  private Future<Void> connect(RedisOptions options) {
    if (closed) {
      return Future.succeededFuture();
    }
    Redis client = Redis.createClient(vertx, options);
    return Future.succeededFuture()
        .compose(now -> client.connect())
        .timeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .compose(
            connection -> {
              Session made = new Session(client, connection);
              return answer(made, Request.cmd(Command.PING)).map(pong -> made);
            })
        .<Void>transform(
            made -> {
              if (made.succeeded() && !closed) {
                connected(made.result());
              } else {
                close(client);
                connectLater(made.cause());
              }
              return Future.succeededFuture();
            });
  }

  private void connected(Session made) {
    made.connection.endHandler(ended -> lost(made, "the connection ended"));
    made.connection.exceptionHandler(failure -> lost(made, String.valueOf(failure.getMessage())));
    session = made;
    heartbeatLater(made);
    LOG.info("Redis is connected ({})", settings.urls());
    told = false;
    tell(true);
  }

  private void connectLater(@Nullable Throwable failure) {
    if (closed) {
      return;
    }
    if (failure != null && !told) {
      // Once, not with each trial.
      told = true;
      LOG.warn("Redis cannot be reached, and is tried again: {}", failure.getMessage());
    }
    timer = vertx.setTimer(retryMillis, due -> connect());
    retryMillis = Math.min(MAX_RETRY_MILLIS, retryMillis * 2);
  }

  private void heartbeatLater(Session of) {
    timer =
        vertx.setTimer(
            HEARTBEAT_MILLIS,
            due ->
                answer(of, Request.cmd(Command.PING))
                    .onSuccess(pong -> heartbeatAgain(of))
                    // Also after a refusal, which is not its business to judge.
                    .onFailure(
                        failure -> lost(of, "the heartbeat failed: " + failure.getMessage())));
  }

  private void heartbeatAgain(Session of) {
    if (of.equals(session)) {
      // Not before: a server that only answers PING would be tried without a pause.
      retryMillis = FIRST_RETRY_MILLIS;
      heartbeatLater(of);
    }
  }

  private void lost(Session which, String reason) {
    context.runOnContext(
        go -> {
          if (!which.equals(session)) {
            return;
          }
          session = null;
          vertx.cancelTimer(timer);
          LOG.warn("Redis is lost: {}", reason);
          told = true;
          close(which.client);
          tell(false);
          connectLater(null);
        });
  }

  private void tell(boolean up) {
    for (Consumer<Boolean> listener : listeners) {
      try {
        listener.accept(up);
      } catch (RuntimeException e) {
        LOG.error("a listener failed when Redis {}", up ? "came" : "went", e);
      }
    }
  }

  /** Ends the connection for good; commands under way fail. Never fails itself. */
  public Future<Void> close() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        go -> {
          closed = true;
          vertx.cancelTimer(timer);
          Session last = session;
          session = null;
          (last == null ? Future.<Void>succeededFuture() : close(last.client))
              .onComplete(ended -> done.complete());
        });
    return done.future();
  }

  private static Future<Void> close(Redis client) {
    return client
        .close()
        .onFailure(failure -> LOG.debug("a client of Redis did not close", failure))
        .otherwiseEmpty();
  }
}
