package io.signalbox.gateway.api;

import io.signalbox.gateway.api.LiveBoard.Section;
import io.signalbox.gateway.security.Caller;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One who listens to what is going on, as server-sent events. Nothing is queued for it but what its
 * socket takes: who reads too slowly misses seconds, and who reads nothing is dropped. Written to
 * on its own event loop; {@link #offer} and {@link #end} may be called on any thread.
 */
final class LiveStream {
  /** Who has not read for as many seconds is dropped. */
  static final int MOST_MISSED = 15;

  /** After as many seconds its credential is looked at again. */
  static final int CHECK_EVERY = 30;

  private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
  private static final int WRITE_QUEUE_BYTES = 256 * 1_024;

  private final Context context;
  private final HttpServerResponse response;
  private final Reader reader;
  private final Set<Section> shown;
  private final Supplier<Future<Void>> check;
  private final Consumer<LiveStream> dropped;
  private int missed;
  private int sinceCheck;

  /** Who reads, of all that may be open for the same caller. */
  record Reader(String tenant, String actor) {
    static Reader of(Caller caller) {
      return new Reader(caller.tenant(), caller.actor());
    }
  }

  /**
   * Makes it.
   *
   * @param context of the response
   * @param shown what its reader may see
   * @param check fails when the reader may see it no more
   * @param dropped told when nothing more is written, because the reader has gone or does not read
   */
  LiveStream(
      Context context,
      HttpServerResponse response,
      Reader reader,
      Set<Section> shown,
      Supplier<Future<Void>> check,
      Consumer<LiveStream> dropped) {
    this.context = context;
    this.response = response;
    this.reader = reader;
    this.shown = Set.copyOf(shown);
    this.check = check;
    this.dropped = dropped;
    response.setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
  }

  /** Who reads it. */
  Reader reader() {
    return reader;
  }

  boolean shows(Section section) {
    return shown.contains(section);
  }

  /** Writes one event now, on the event loop of the response. */
  void write(String event, String json) {
    response
        .write("event: " + event + "\ndata: " + json + "\n\n")
        .onFailure(failure -> LOG.debug("an event was not taken: {}", failure.toString()));
  }

  /** Tells what is new; it may be passed over. */
  void offer(Map<Section, String> events) {
    context.runOnContext(
        go -> {
          if (response.ended() || response.closed()) {
            // Who left before its credential was known of was added after its end.
            dropped.accept(this);
            return;
          }
          checkInTime();
          if (response.writeQueueFull()) {
            miss();
            return;
          }
          missed = 0;
          events.forEach(
              (section, json) -> {
                if (shows(section)) {
                  write(section.wireName(), json);
                }
              });
        });
  }

  private void checkInTime() {
    sinceCheck++;
    if (sinceCheck >= CHECK_EVERY) {
      sinceCheck = 0;
      check.get().onFailure(refused -> end());
    }
  }

  private void miss() {
    missed++;
    if (missed >= MOST_MISSED) {
      LOG.debug("one who listens to events does not read; the stream is dropped");
      // The end waits behind what is not read; a connection that takes nothing is closed as idle.
      dropped.accept(this);
      response.reset();
    }
  }

  /** Ends it in order; a client connects again by itself. */
  void end() {
    context.runOnContext(
        go -> {
          if (!response.ended() && !response.closed()) {
            response
                .end()
                .onFailure(failure -> LOG.debug("a stream had gone: {}", failure.toString()));
          }
        });
  }
}
