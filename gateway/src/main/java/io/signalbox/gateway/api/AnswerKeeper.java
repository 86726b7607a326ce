package io.signalbox.gateway.api;

import io.signalbox.gateway.ledger.KeptAnswer;
import io.signalbox.gateway.ledger.KeyedRequest;
import io.signalbox.gateway.ledger.RequestKeyLedger;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the answer of one request with an idempotency key, or gives the key back if the request has
 * surely done nothing. If nobody knows what it has done, the key stays taken, so that it is not
 * done twice. Used on the request's event loop.
 */
final class AnswerKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerKeeper.class);
  private static final long LONGEST_SECONDS = 10;

  /** Answers below 500 that leave a key free: whoever corrects the request may use it again. */
  private static final Set<Integer> REFUSALS =
      Set.of(400, 401, 403, 405, 406, 408, 409, 412, 413, 415, 422, 428, 429);

  private static final List<String> HEADERS =
      List.of("content-type", "location", "etag", "cache-control");

  private final RequestKeyLedger ledger;
  private final KeyedRequest request;
  private boolean nothingDone;

  AnswerKeeper(RequestKeyLedger ledger, KeyedRequest request) {
    this.ledger = ledger;
    this.request = request;
  }

  /** The failure that is answered next came before anything was done. */
  void nothingDone() {
    nothingDone = true;
  }

  /**
   * Does what an answer asks for. Always succeeds: an answer that cannot be kept is given all the
   * same, and then the key answers 409.
   *
   * @param body as it is to be kept
   */
  Future<Void> settle(HttpServerResponse response, Buffer body) {
    int status = response.getStatusCode();
    if (nothingDone || REFUSALS.contains(status)) {
      return giveBack();
    }
    return status >= 500
        ? Future.succeededFuture()
        : noted(ledger.keep(request, new KeptAnswer(status, headers(response), bounded(body))));
  }

  /** Lets the key be used for another try. Always succeeds. */
  Future<Void> giveBack() {
    return noted(ledger.giveBack(request));
  }

  private static Future<Void> noted(Future<Void> settled) {
    return settled
        .timeout(LONGEST_SECONDS, TimeUnit.SECONDS)
        .onFailure(failure -> LOG.warn("what became of an idempotency key was not stored", failure))
        .otherwiseEmpty();
  }

  private static Buffer bounded(Buffer body) {
    return body.length() <= RequestKeyLedger.MAX_BODY_BYTES
        ? body
        : Buffer.buffer("{\"withheld\":\"body\"}");
  }

  private static Map<String, String> headers(HttpServerResponse response) {
    Map<String, String> headers = new HashMap<>();
    for (String name : HEADERS) {
      String value = response.headers().get(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    return headers;
  }
}
