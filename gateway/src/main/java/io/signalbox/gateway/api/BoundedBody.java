package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body up to a bound. What is too large is read to its end and thrown away, so that the
 * client sees the answer; far beyond the bound the connection is closed instead.
 */
final class BoundedBody {
  private static final int PATIENCE_BYTES = 16 << 20;

  private final HttpServerRequest request;
  private final int maxBytes;
  private final int patience;
  private final IntPredicate room;
  private final Promise<Buffer> body = Promise.promise();
  private @Nullable Buffer read;
  private boolean owned;
  private boolean refused;
  private long seen;

  private BoundedBody(HttpServerRequest request, int maxBytes, int patience, IntPredicate room) {
    this.request = request;
    this.maxBytes = maxBytes;
    this.patience = patience;
    this.room = room;
  }

  /** Must be called before the request's first chunk arrives, or while it is paused. */
  static Future<Buffer> read(HttpServerRequest request, int maxBytes) {
    return read(request, maxBytes, bytes -> true);
  }

  /**
   * As above, while there is room for all that is read at once.
   *
   * @param room asked with the bytes of each chunk; after its first no the body is thrown away and
   *     the Future fails with a {@link GatewayException} of status 503
   */
  static Future<Buffer> read(HttpServerRequest request, int maxBytes, IntPredicate room) {
    return read(request, maxBytes, PATIENCE_BYTES, room);
  }

  /**
   * As above.
   *
   * @param patience so many bytes more are read and thrown away before the connection is closed
   */
  static Future<Buffer> read(
      HttpServerRequest request, int maxBytes, int patience, IntPredicate room) {
    return new BoundedBody(request, maxBytes, patience, room).start();
  }

  private Future<Buffer> start() {
    request
        .exceptionHandler(failure -> body.tryFail(Refusals.ofBody(failure)))
        .handler(this::add)
        .endHandler(end -> finish());
    return body.future();
  }

  private void add(Buffer chunk) {
    seen += chunk.length();
    refused = refused || (seen <= maxBytes && !room.test(chunk.length()));
    if (refused || seen > maxBytes) {
      read = null;
      if (seen > (long) maxBytes + patience) {
        body.tryFail(tooLarge());
        request.connection().close().onFailure(body::tryFail);
      }
    } else if (read == null) {
      read = chunk;
    } else {
      if (!owned) {
        read = read.copy();
        owned = true;
      }
      read.appendBuffer(chunk);
    }
  }

  private void finish() {
    if (seen > maxBytes) {
      body.tryFail(tooLarge());
    } else if (refused) {
      body.tryFail(new GatewayException(503, "too many large bodies are being taken in"));
    } else {
      body.tryComplete(read == null ? Buffer.buffer() : read);
    }
  }

  private GatewayException tooLarge() {
    return new GatewayException(413, "the body has more than " + maxBytes + " bytes");
  }
}
