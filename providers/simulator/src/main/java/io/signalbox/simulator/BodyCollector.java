package io.signalbox.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a request's body whole, within a limit. */
final class BodyCollector {
  private final int limit;
  private final Buffer body = Buffer.buffer();
  private boolean over;

  private BodyCollector(int limit) {
    this.limit = limit;
  }

  /** Calls back once with the body when it is read, or with null if it was longer. */
  static void collect(HttpServerRequest request, int limit, Consumer<@Nullable Buffer> done) {
    BodyCollector collector = new BodyCollector(limit);
    request.handler(collector::add);
    request.endHandler(end -> done.accept(collector.over ? null : collector.body));
  }

  private void add(Buffer chunk) {
    over |= body.length() + chunk.length() > limit;
    if (!over) {
      body.appendBuffer(chunk);
    }
  }
}
