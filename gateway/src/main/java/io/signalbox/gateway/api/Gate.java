package io.signalbox.gateway.api;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Lets those through whose token allows the call. */
final class Gate {
  private static final String SCHEME = "Bearer ";

  private final TokenVerifier tokens;

  Gate(TokenVerifier tokens) {
    this.tokens = tokens;
  }

  /** A handler that calls the next one with the caller, or answers 401 or 403. */
  Handler<RoutingContext> allow(Access access, BiConsumer<RoutingContext, Caller> next) {
    return ctx -> {
      String token = token(ctx.request().getHeader(HttpHeaders.AUTHORIZATION));
      if (token == null) {
        refuse(ctx, "Bearer realm=\"signalbox\"", "this call needs a token");
        return;
      }
      Future<Caller> verified = tokens.verify(token);
      if (verified.succeeded()) {
        enter(ctx, access, verified.result(), next);
        return;
      }
      ctx.request().pause();
      verified.onComplete(
          caller -> {
            enter(ctx, access, caller, next);
            ctx.request().resume();
          },
          failure -> {
            refuse(
                ctx,
                "Bearer realm=\"signalbox\", error=\"invalid_token\"",
                "the token is not valid");
            ctx.request().resume();
          });
    };
  }

  private static void enter(
      RoutingContext ctx, Access access, Caller caller, BiConsumer<RoutingContext, Caller> next) {
    if (!access.allows(caller)) {
      Problem.send(ctx, 403, "the token's role does not allow this call");
      return;
    }
    try {
      next.accept(ctx, caller);
    } catch (RuntimeException e) {
      Problem.send(ctx, e);
    }
  }

  private static void refuse(RoutingContext ctx, String challenge, String detail) {
    ctx.response().putHeader(HttpHeaderNames.WWW_AUTHENTICATE, challenge);
    Problem.send(ctx, 401, detail);
  }

  private static @Nullable String token(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    String token = header.substring(SCHEME.length()).trim();
    return token.isEmpty() ? null : token;
  }
}
