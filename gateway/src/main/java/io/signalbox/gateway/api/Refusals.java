package io.signalbox.gateway.api;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.signalbox.gateway.bus.GatewayException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests that reach no route, and ends what they came by. */
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  /** HTTP/2's ENHANCE_YOUR_CALM. */
  private static final long CALM_DOWN = 0xb;

  private Refusals() {}

  /** For what the decoder could not read. */
  static void malformed(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      send(request, 414, "the request's first line is too long");
    } else if (cause instanceof TooLongHttpHeaderException) {
      send(request, 431, "the request's headers are too large");
    } else {
      send(request, 400, "the request is not well formed");
    }
  }

  /**
   * Why a body did not come in.
   *
   * @return the failure if the connection or the stream ended; otherwise a refusal, for the decoder
   *     could not read it
   */
  static Throwable ofBody(Throwable failure) {
    boolean gone =
        failure instanceof HttpClosedException || failure instanceof StreamResetException;
    return gone ? failure : new GatewayException(400, "the body is not well formed");
  }

  /** For a body that comes too slowly. What was answered already is cut off. */
  static void slowBody(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (response.headWritten() || request.version() == HttpVersion.HTTP_2) {
      response.reset(CALM_DOWN);
      if (request.version() != HttpVersion.HTTP_2) {
        close(request);
      }
    } else {
      send(request, 408, "the body comes too slowly");
    }
  }

  /** Answers with a problem; over HTTP/1 the connection ends with it. */
  static void send(HttpServerRequest request, int status, String detail) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    SecureHeaders.put(response.headers(), request.isSSL());
    response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
    if (request.version() != HttpVersion.HTTP_2) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    response
        .end(Problem.json(status, detail, List.of()).toBuffer())
        .onFailure(failure -> LOG.debug("a refusal was not taken: {}", failure.toString()));
    if (request.version() != HttpVersion.HTTP_2) {
      close(request);
    }
  }

  /** After what was written. */
  static void close(HttpServerRequest request) {
    request.connection().close().onFailure(gone -> request.response().reset());
  }
}
