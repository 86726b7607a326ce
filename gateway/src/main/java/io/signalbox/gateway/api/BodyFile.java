package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Takes a large body into a file, as fast as the disk takes it and no faster. Nothing but a chunk
 * is held in memory; what is not wanted is read and thrown away for a while, so that the client
 * sees the answer. Used on the request's event loop.
 */
final class BodyFile {
  private static final int PATIENCE_BYTES = 16 << 20;

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final long maxBytes;
  private final Promise<Void> body = Promise.promise();
  private final long timer;
  private @Nullable AsyncFile file;
  private @Nullable Buffer first;
  private boolean ended;
  private boolean unwanted;
  private long seen;

  /**
   * Begins to hold the body back. Must be called in the request's handler.
   *
   * @param timeout how long all of it may take
   */
  BodyFile(Vertx vertx, HttpServerRequest request, long maxBytes, Duration timeout) {
    this.vertx = vertx;
    this.request = request;
    this.maxBytes = maxBytes;
    this.timer =
        vertx.setTimer(
            timeout.toMillis(),
            late -> fail(new GatewayException(408, "the body did not come within " + timeout)));
    request
        .exceptionHandler(failure -> fail(Refusals.ofBody(failure)))
        .handler(this::add)
        .endHandler(end -> end());
  }

  /**
   * Writes the body into a file, which is there.
   *
   * @return succeeds when all of it is written; fails with a {@link GatewayException} of status 413
   *     or 408 if it is too large or too slow
   */
  Future<Void> into(Path path) {
    if (!body.future().isComplete()) {
      vertx
          .fileSystem()
          .open(path.toString(), new OpenOptions().setCreate(false).setTruncateExisting(true))
          .onComplete(this::opened, this::fail);
    }
    return body.future();
  }

  /** Throws away what comes: the request was refused. */
  void discard() {
    vertx.cancelTimer(timer);
    unwanted = true;
    first = null;
    close();
    if (!ended) {
      request.resume();
    }
  }

  private void opened(AsyncFile opened) {
    file = opened;
    opened.exceptionHandler(this::fail);
    if (unwanted) {
      close();
      return;
    }
    Buffer held = first;
    first = null;
    if (held != null) {
      write(opened, held);
    }
    if (ended) {
      finish(opened);
    } else {
      request.resume();
    }
  }

  private void add(Buffer chunk) {
    seen += chunk.length();
    AsyncFile target = file;
    if (seen > maxBytes) {
      fail(new GatewayException(413, "the body has more than " + maxBytes + " bytes"));
    }
    if (unwanted) {
      if (seen > maxBytes + PATIENCE_BYTES) {
        request.connection().close();
      }
    } else if (target == null) {
      // The end cannot come while it is paused, and further chunks only if they were on their way.
      request.pause();
      Buffer held = first;
      first = held == null ? chunk : held.copy().appendBuffer(chunk);
    } else {
      write(target, chunk);
    }
  }

  private void write(AsyncFile target, Buffer chunk) {
    target.write(chunk).onFailure(this::fail);
    if (target.writeQueueFull()) {
      request.pause();
      target.drainHandler(drained -> request.resume());
    }
  }

  private void end() {
    ended = true;
    AsyncFile target = file;
    if (target != null && !unwanted) {
      finish(target);
    }
  }

  private void finish(AsyncFile target) {
    vertx.cancelTimer(timer);
    file = null;
    target.close().onComplete(written -> body.tryComplete(), this::fail);
  }

  private void fail(Throwable failure) {
    body.tryFail(failure);
    discard();
  }

  private void close() {
    AsyncFile target = file;
    file = null;
    if (target != null) {
      target.close().onFailure(body::tryFail);
    }
  }
}
