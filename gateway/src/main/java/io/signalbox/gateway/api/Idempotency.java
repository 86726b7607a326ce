package io.signalbox.gateway.api;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.KeptAnswer;
import io.signalbox.gateway.ledger.KeyedRequest;
import io.signalbox.gateway.ledger.RequestKeyLedger;
import io.signalbox.gateway.ledger.RequestKeyLedger.RequestKeyUse;
import io.signalbox.gateway.security.Caller;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Does a request with the header {@code Idempotency-Key} once: whoever repeats it gets the first
 * answer again (draft-ietf-httpapi-idempotency-key-header). What was done is answered only after
 * the answer is kept.
 */
final class Idempotency {
  static final String KEPT = "signalbox.kept-answer";

  private static final CharSequence HEADER = HttpHeaders.createOptimized("idempotency-key");
  private static final CharSequence REPLAYED = HttpHeaders.createOptimized("idempotency-replayed");
  private static final int LONGEST_KEY = 200;
  private static final String SECONDS_TO_WAIT = "1";

  private final RequestKeyLedger ledger;
  private final Duration retention;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Idempotency(ApiServices services) {
    this.ledger = services.requestKeys();
    this.retention = services.config().retention().requestKeys();
    this.clock = services.clock();
  }

  /**
   * Goes on with a request, unless it has a key that another had before.
   *
   * @param fingerprint of the request, see {@link Fingerprint}
   * @param next does the request
   * @throws GatewayException of status 400 if the key is not usable
   */
  void once(
      RoutingContext ctx,
      Caller caller,
      String fingerprint,
      BiConsumer<RoutingContext, Caller> next) {
    String key = key(ctx);
    if (key.isEmpty()) {
      next.accept(ctx, caller);
      return;
    }
    KeyedRequest request = new KeyedRequest(caller.tenant(), key, fingerprint, random.nextLong());
    long now = clock.millis();
    BodyHold hold = BodyHold.of(ctx);
    ledger
        .take(request, now, now - retention.toMillis())
        .onComplete(
            use -> {
              if (use instanceof RequestKeyUse.First) {
                ctx.put(KEPT, new AnswerKeeper(ledger, request));
                Answers.orProblem(ctx, () -> next.accept(ctx, caller));
              } else {
                repeated(ctx, use);
              }
            },
            failure -> {
              // It may be stored all the same, for a request that is not done.
              new AnswerKeeper(ledger, request).giveBack();
              Problem.send(ctx, failure);
            })
        .onComplete(done -> hold.release());
  }

  private static void repeated(RoutingContext ctx, RequestKeyUse use) {
    if (use instanceof RequestKeyUse.Answered answered) {
      replay(ctx, answered.answer());
    } else if (use instanceof RequestKeyUse.UnderWay) {
      ctx.response().putHeader(HttpHeaderNames.RETRY_AFTER, SECONDS_TO_WAIT);
      Problem.send(
          ctx,
          ProblemType.IDEMPOTENCY_KEY_IN_USE,
          "the first request with this Idempotency-Key is under way; try again soon");
    } else if (use instanceof RequestKeyUse.Broken) {
      Problem.send(
          ctx,
          ProblemType.IDEMPOTENCY_OUTCOME_UNKNOWN,
          "the first request with this Idempotency-Key broke off, and may have been done: look,"
              + " and use another key to do it again");
    } else {
      Problem.send(
          ctx,
          ProblemType.IDEMPOTENCY_KEY_REUSED,
          "this Idempotency-Key was used with another method, path, query or body");
    }
  }

  private static void replay(RoutingContext ctx, KeptAnswer answer) {
    HttpServerResponse response = ctx.response();
    answer.headers().forEach(response::putHeader);
    response.setStatusCode(answer.status()).putHeader(REPLAYED, "true");
    Answers.end(ctx, answer.body());
  }

  /**
   * The header's value; empty without one.
   *
   * @throws GatewayException of status 400 if it is there and not usable
   */
  static String key(RoutingContext ctx) {
    String key = ctx.request().getHeader(HEADER);
    if (key == null) {
      return "";
    }
    if (ctx.request().headers().getAll(HEADER).size() > 1) {
      throw new GatewayException(400, "the header Idempotency-Key must be there once");
    }
    boolean visible = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (key.isEmpty() || key.length() > LONGEST_KEY || !visible) {
      throw new GatewayException(
          400, "the header Idempotency-Key must have 1 to 200 visible ASCII characters");
    }
    return key;
  }
}
