package io.signalbox.simulator;

import io.signalbox.simulator.core.ReceivedLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a page of received messages in slices, so that a long one does not hold the event loop.
 */
final class ReceivedPage {
  private static final Logger LOG = LoggerFactory.getLogger(ReceivedPage.class);
  private static final int SLICE = 2000;
  private static final int BYTES_PER_ENTRY = 256;

  private final HttpServerResponse response;
  private final List<byte[]> entries;

  private ReceivedPage(HttpServerResponse response, List<byte[]> entries) {
    this.response = response;
    this.entries = entries;
  }

  static void write(
      Vertx vertx, HttpServerResponse response, ReceivedLog log, long offset, int limit) {
    ReceivedPage page = new ReceivedPage(response, log.page(offset, limit));
    response.putHeader("Content-Type", "application/json").setChunked(true);
    String head = "{\"count\":" + log.count() + ",\"first\":" + log.firstKept() + ",\"received\":[";
    response
        .write(Buffer.buffer(head))
        .compose(written -> page.rest(vertx, 0))
        .onFailure(e -> LOG.debug("the control client left", e));
  }

  private Future<Void> rest(Vertx vertx, int from) {
    if (from >= entries.size()) {
      return response.end("]}");
    }
    int to = Math.min(from + SLICE, entries.size());
    Buffer slice = Buffer.buffer((to - from) * BYTES_PER_ENTRY);
    for (int i = from; i < to; i++) {
      if (i > 0) {
        slice.appendByte((byte) ',');
      }
      slice.appendBytes(entries.get(i));
    }
    return response.write(slice).compose(written -> vertx.timer(1)).compose(t -> rest(vertx, to));
  }
}
