package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch of any length as lines: each chunk that arrives is stored and answered before the next is
 * read, so that neither side can flood the other. For each the credential is looked at again: a
 * batch may take longer than it is good. Used once, on one event loop.
 */
final class BatchStream {
  private static final Logger LOG = LoggerFactory.getLogger(BatchStream.class);

  private final RoutingContext ctx;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final BatchIntake intake;
  private final LineSplitter lines;
  private final Supplier<Future<Void>> permit;
  private boolean begun;

  /**
   * Makes it.
   *
   * @param permit whether the caller may go on, asked before each group but the first; fails with a
   *     {@link GatewayException} if not
   */
  BatchStream(
      RoutingContext ctx, BatchIntake intake, LineSplitter lines, Supplier<Future<Void>> permit) {
    this.permit = permit;
    this.ctx = ctx;
    this.request = ctx.request();
    this.response = ctx.response();
    this.intake = intake;
    this.lines = lines;
  }

  void start() {
    response
        .setStatusCode(202)
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.NDJSON);
    request
        .exceptionHandler(failure -> LOG.debug("a batch broke off: {}", failure.toString()))
        .handler(this::chunk)
        .endHandler(end -> finish());
  }

  private void chunk(Buffer chunk) {
    List<Buffer> complete = lines.feed(chunk);
    if (complete.isEmpty()) {
      return;
    }
    request.pause();
    take(complete).onComplete(written -> request.resume(), this::giveUp);
  }

  private void finish() {
    take(lines.finish()).compose(written -> response.end()).onFailure(this::giveUp);
  }

  private Future<Void> take(List<Buffer> group) {
    if (group.isEmpty()) {
      return Future.succeededFuture();
    }
    int first = intake.nextIndex();
    Future<Void> allowed = begun ? permit.get() : Future.succeededFuture();
    begun = true;
    return allowed
        .compose(
            yes -> intake.take(group),
            no -> {
              intake.pass(group.size());
              return Future.failedFuture(no);
            })
        .recover(
            failure ->
                failure instanceof GatewayException refusal
                    ? Future.succeededFuture(intake.allRefused(first, group.size(), refusal))
                    : Future.failedFuture(failure))
        .compose(this::write);
  }

  private Future<Void> write(List<JsonObject> results) {
    Buffer text = Buffer.buffer();
    for (JsonObject result : results) {
      text.appendBuffer(result.toBuffer()).appendByte((byte) '\n');
    }
    return response.write(text);
  }

  private void giveUp(Throwable failure) {
    if (!response.closed()) {
      Problem.send(ctx, failure);
    }
  }
}
