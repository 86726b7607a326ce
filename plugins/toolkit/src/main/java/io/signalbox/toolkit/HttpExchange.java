package io.signalbox.toolkit;

import io.signalbox.spi.Progress;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way: advances its progress as evidence comes in, and ends once. All of it happens
 * on the context of the caller.
 */
final class HttpExchange {
  private final Vertx vertx;
  private final HttpCall call;
  private final int maxAnswerBytes;
  private final boolean mayHaveToWait;
  private final Promise<HttpAnswer> result = Promise.promise();

  private Progress progress = Progress.NOT_CONNECTED;
  private long timer = -1;
  private @Nullable HttpClientRequest request;

  HttpExchange(Vertx vertx, HttpCall call, int maxAnswerBytes, boolean mayHaveToWait) {
    this.vertx = vertx;
    this.call = call;
    this.maxAnswerBytes = maxAnswerBytes;
    this.mayHaveToWait = mayHaveToWait;
  }

  Future<HttpAnswer> run(Future<HttpClientRequest> connecting) {
    timer = vertx.setTimer(Math.max(1, call.timeout().toMillis()), fired -> timedOut());
    connecting.onComplete(this::connected, e -> fail(Failures.connecting(e, mayHaveToWait)));
    return result.future();
  }

  private void connected(HttpClientRequest obtained) {
    obtained.exceptionHandler(this::broken);
    if (result.future().isComplete()) {
      // The time ran out while the connection was being made: give it back unused.
      discard(obtained);
      return;
    }
    request = obtained;
    progress = Progress.CONNECTED;
    obtained.response().onComplete(this::answerBegun, this::broken);
    // From here on bytes may be on their way, whatever the client reports.
    progress = Progress.HEADERS_WRITTEN;
    try {
      obtained.end(call.body()).onComplete(written -> advance(Progress.BODY_WRITTEN), this::broken);
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  private void answerBegun(HttpClientResponse response) {
    advance(Progress.ANSWER_BEGUN);
    Buffer body = Buffer.buffer();
    response.exceptionHandler(this::broken);
    response.handler(
        chunk -> {
          if (body.length() + chunk.length() > maxAnswerBytes) {
            fail(unanswered(UnansweredCodes.ANSWER_TOO_LARGE, "the answer is too large"));
          } else {
            body.appendBuffer(chunk);
          }
        });
    response.endHandler(ended -> answerEnded(response, body));
  }

  private void answerEnded(HttpClientResponse response, Buffer body) {
    if (!hasVisibleEnd(response.statusCode(), response.headers())) {
      fail(
          unanswered(
              UnansweredCodes.ANSWER_TRUNCATED,
              "the answer ended with its connection, so nobody can tell whether it was whole"));
      return;
    }
    progress = Progress.ANSWERED;
    complete(new HttpAnswer.Answered(response.statusCode(), response.headers(), body));
  }

  /** Whether a whole answer can be told from one that broke off (RFC 9112 section 6.3). */
  private boolean hasVisibleEnd(int status, MultiMap headers) {
    return headers.contains(HttpHeaders.CONTENT_LENGTH)
        || headers.contains(HttpHeaders.TRANSFER_ENCODING)
        || status == 204
        || status == 304;
  }

  private void timedOut() {
    fail(
        unanswered(
            progress == Progress.NOT_CONNECTED && mayHaveToWait
                ? UnansweredCodes.POOL_EXHAUSTED
                : UnansweredCodes.TIMEOUT,
            "no answer within " + call.timeout().toMillis() + " ms"));
  }

  private void broken(Throwable cause) {
    fail(Failures.broken(progress, cause));
  }

  private void fail(HttpAnswer.Unanswered answer) {
    if (result.future().isComplete()) {
      return;
    }
    complete(answer);
    if (request != null) {
      discard(request);
    }
  }

  private void complete(HttpAnswer answer) {
    vertx.cancelTimer(timer);
    result.tryComplete(answer);
  }

  private void advance(Progress reached) {
    if (reached.compareTo(progress) > 0) {
      progress = reached;
    }
  }

  private HttpAnswer.Unanswered unanswered(String code, String message) {
    return new HttpAnswer.Unanswered(progress, code, message);
  }

  /** Frees the connection; that it may be broken already is no news. */
  private static void discard(HttpClientRequest request) {
    request.reset().otherwiseEmpty();
  }
}
