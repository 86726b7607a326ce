package io.signalbox.gateway.callback;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.signalbox.gateway.callback.CallbackAnswer.Answered;
import io.signalbox.gateway.callback.CallbackAnswer.Unanswered;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt with its deadline, from the question for the address to the end of the answer. Of the
 * answer only the head counts; its body is thrown away, and cut off where it is long. Used on one
 * event loop.
 */
final class CallbackExchange {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackExchange.class);

  /** As much is read so that the connection can be used again. */
  private static final int MAX_BODY_BYTES = 64 << 10;

  private static final String TIMEOUT = "timeout";

  private final Vertx vertx;
  private final Clock clock;
  private final long timer;
  private final Promise<CallbackAnswer> ended = Promise.promise();
  private @Nullable HttpClientRequest request;
  private @Nullable CallbackAnswer head;
  private boolean over;
  private long bytes;

  CallbackExchange(Vertx vertx, Clock clock, Duration timeout) {
    this.vertx = vertx;
    this.clock = clock;
    this.timer = vertx.setTimer(timeout.toMillis(), late -> abort(TIMEOUT));
  }

  /** Fails only because of a bug, by {@link #fail}. */
  Future<CallbackAnswer> ended() {
    return ended.future();
  }

  /** Ends without a request. */
  void end(CallbackAnswer answer) {
    if (!over) {
      over = true;
      vertx.cancelTimer(timer);
      ended.complete(answer);
    }
  }

  /** Ends because of a bug. */
  void fail(Throwable bug) {
    if (!over) {
      over = true;
      vertx.cancelTimer(timer);
      ended.fail(bug);
    }
  }

  /** Sends to the first of these addresses that can be connected to. */
  void send(HttpClient client, List<RequestOptions> tries, Buffer body) {
    connect(client, tries.iterator(), body);
  }

  private void connect(HttpClient client, Iterator<RequestOptions> tries, Buffer body) {
    if (!over) {
      client
          .request(tries.next())
          .onComplete(
              made -> send(made, body),
              failure -> {
                // Nothing was sent, so another address may have it.
                if (tries.hasNext()) {
                  connect(client, tries, body);
                } else {
                  failed(failure);
                }
              });
    }
  }

  private void send(HttpClientRequest made, Buffer body) {
    request = made;
    if (over) {
      reset(made);
    } else {
      made.send(body).onComplete(this::answered, this::failed);
    }
  }

  private void answered(HttpClientResponse response) {
    CallbackAnswer told =
        new Answered(
            response.statusCode(),
            RetryAfterHeader.parse(
                response.getHeader(HttpHeaderNames.RETRY_AFTER), clock.instant()));
    head = told;
    response
        .exceptionHandler(cut -> end(told))
        .handler(this::throwAway)
        .endHandler(done -> end(told));
  }

  private void throwAway(Buffer chunk) {
    bytes += chunk.length();
    if (bytes > MAX_BODY_BYTES) {
      abort(TIMEOUT);
    }
  }

  private void failed(Throwable failure) {
    CallbackAnswer known = head;
    end(known == null ? new Unanswered(word(failure)) : known);
  }

  private void abort(String error) {
    CallbackAnswer known = head;
    end(known == null ? new Unanswered(error) : known);
    HttpClientRequest made = request;
    if (made != null) {
      reset(made);
    }
  }

  private static void reset(HttpClientRequest made) {
    made.reset()
        .onFailure(failure -> LOG.debug("a callback was over already: {}", failure.toString()));
  }

  private static String word(Throwable failure) {
    if (failure instanceof ConnectTimeoutException) {
      return TIMEOUT;
    }
    if (failure instanceof SSLException || failure.getCause() instanceof SSLException) {
      return "tls_failed";
    }
    if (failure instanceof HttpClosedException) {
      return "connection_closed";
    }
    return failure instanceof ConnectException ? "connection_refused" : "connection_failed";
  }
}
