package io.signalbox.gateway.api;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.config.HttpSettings.ClientAuth;
import io.signalbox.gateway.contract.Operation;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Access.Verdict;
import io.signalbox.gateway.security.ApiKeyText;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.Identity;
import io.signalbox.gateway.security.RecentTokens;
import io.signalbox.gateway.security.RequestLimits;
import io.signalbox.gateway.security.RequestLimits.Standing;
import io.signalbox.gateway.security.Scope;
import io.signalbox.gateway.security.SignInAudit;
import io.signalbox.gateway.security.SignInException;
import io.signalbox.gateway.security.SignInFailure;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Lets those through whose credential allows the call. Used on one event loop. */
final class Gate {
  private static final String SCHEME = "Bearer ";

  private static final String NOT_THIS_ROLE = "the token's role does not allow this call";

  /** How long a call that takes long waits for its turn; connections end after 75 s of silence. */
  private static final long LONGEST_TURN_MILLIS = 10_000;

  private static final CharSequence API_KEY = HttpHeaders.createOptimized("x-api-key");

  /** It is refused like every other that is malformed. */
  private static final String FOREIGN = "";

  /** Where a credential that another API's request shows is put. */
  private static final String PRESENTED = "signalbox.credential";

  private final Identity identity;
  private final RecentTokens recent;
  private final SignInAudit signIns;
  private final RequestLimits limits;
  private final RequestCheck check;
  private final BodyBudget bodies;
  private final Idempotency idempotency;
  private final boolean certificates;

  /**
   * Makes a gate.
   *
   * @param bodies what the bodies of all calls behind it may have together, but for those that
   *     receive theirs themselves
   */
  Gate(ApiServices services, RequestLimits limits, RequestCheck check, BodyBudget bodies) {
    this.identity = services.identity();
    this.recent = identity.recent();
    this.signIns = services.signIns();
    this.limits = limits;
    this.check = check;
    this.bodies = bodies;
    this.idempotency = new Idempotency(services);
    this.certificates =
        services.config().http().tls().stream()
            .anyMatch(tls -> tls.clientAuth() != ClientAuth.NONE);
  }

  /**
   * A handler that calls the next one with the caller, or answers 401 or 403. Of a call that
   * changes something the body was received, and the idempotency key is looked after. What the
   * document does not allow is refused before.
   */
  Handler<RoutingContext> allow(Access access, BiConsumer<RoutingContext, Caller> next) {
    return entered(
        access,
        (ctx, caller) -> {
          Operation operation = check.operation(ctx);
          check.head(ctx, operation);
          if (operation.method().equals("GET")) {
            next.accept(ctx, caller);
            return;
          }
          JsonBody.receive(ctx, operation.maxBytes(), bodies)
              .onComplete(
                  body -> Answers.orProblem(ctx, () -> change(ctx, caller, operation, next)),
                  failure -> Problem.send(ctx, failure));
        });
  }

  /**
   * The same for a call that changes something and looks after its idempotency key itself, because
   * more than its answer hangs on it.
   */
  Handler<RoutingContext> keyed(Access access, BiConsumer<RoutingContext, Caller> next) {
    return entered(
        access,
        (ctx, caller) -> {
          Operation operation = check.operation(ctx);
          check.head(ctx, operation);
          JsonBody.receive(ctx, operation.maxBytes(), bodies)
              .onComplete(
                  body ->
                      Answers.orProblem(
                          ctx,
                          () -> {
                            check.body(ctx, operation);
                            next.accept(ctx, caller);
                          }),
                  failure -> Problem.send(ctx, failure));
        });
  }

  private void change(
      RoutingContext ctx,
      Caller caller,
      Operation operation,
      BiConsumer<RoutingContext, Caller> next) {
    check.body(ctx, operation);
    if (operation.keyed()) {
      String fingerprint = Fingerprint.of(ctx.request(), JsonBody.bytes(ctx));
      idempotency.once(ctx, caller, fingerprint, next);
    } else {
      next.accept(ctx, caller);
    }
  }

  /** The same for a call with a large body, which it receives itself. */
  Handler<RoutingContext> large(Access access, BiConsumer<RoutingContext, Caller> next) {
    return entered(
        access,
        (ctx, caller) -> {
          Operation operation = check.operation(ctx);
          check.head(ctx, operation);
          check.mediaType(ctx, operation);
          idempotency.once(ctx, caller, Fingerprint.byDigest(ctx.request()), next);
        });
  }

  /** The same for a call that receives its body and looks after its idempotency key itself. */
  Handler<RoutingContext> stream(Access access, BiConsumer<RoutingContext, Caller> next) {
    return entered(
        access,
        (ctx, caller) -> {
          check.headOfStream(ctx);
          next.accept(ctx, caller);
        });
  }

  /**
   * The same for a request of another provider's API: the document says nothing of it, and its
   * credential was presented.
   */
  Handler<RoutingContext> foreign(Access access, BiConsumer<RoutingContext, Caller> next) {
    return entered(access, next);
  }

  /** Says what credential a request shows, wherever it does; empty if it shows none. */
  static void present(RoutingContext ctx, Optional<String> credential) {
    ctx.put(PRESENTED, credential);
  }

  /** The credential that {@link #present} was told; empty if there was none. */
  static Optional<String> presented(RoutingContext ctx) {
    Optional<String> presented = ctx.get(PRESENTED);
    return presented == null ? Optional.empty() : presented;
  }

  private Handler<RoutingContext> entered(Access access, BiConsumer<RoutingContext, Caller> next) {
    return ctx -> {
      Future<Caller> verified = verified(ctx);
      if (verified == null) {
        refuse(ctx, "Bearer realm=\"signalbox\"", "this call needs a token");
        return;
      }
      if (verified.succeeded()) {
        enter(ctx, access, verified.result(), next);
        return;
      }
      BodyHold hold = BodyHold.of(ctx);
      here(ctx, verified)
          .onComplete(
              caller -> {
                enter(ctx, access, caller, next);
                hold.release();
              },
              failure -> {
                turnAway(ctx, failure);
                hold.release();
              });
    };
  }

  /** Several requests may wait for one answer: each goes on where it was, not where that comes. */
  private static Future<Caller> here(RoutingContext ctx, Future<Caller> verified) {
    Context own = ctx.vertx().getOrCreateContext();
    Promise<Caller> promise = Promise.promise();
    verified.onComplete((AsyncResult<Caller> done) -> own.runOnContext(go -> promise.handle(done)));
    return promise.future();
  }

  /**
   * Looks again whether a call may go on that takes long, and counts that as a request. Waits for
   * its turn where the rate is used up, though not long.
   *
   * @param caller who began it
   * @return fails with a {@link GatewayException} if it may not
   */
  Future<Void> again(RoutingContext ctx, Access access, Caller caller) {
    Future<Caller> shown = verified(ctx);
    Future<Caller> verified =
        shown == null ? identity.of(FOREIGN, () -> Origin.address(ctx), recent) : shown;
    return (verified.isComplete() ? verified : here(ctx, verified))
        .recover(
            failure -> {
              if (!(failure instanceof SignInException refusal)) {
                return Future.failedFuture(failure);
              }
              signIns.refused(refusal, Origin.address(ctx), Correlation.id(ctx));
              return Future.failedFuture(new GatewayException(401, "the token is not valid now"));
            })
        .compose(
            now ->
                access.allows(now) && now.tenant().equals(caller.tenant())
                    ? turn(ctx, now, LONGEST_TURN_MILLIS)
                    : Future.failedFuture(
                        new GatewayException(403, "the token no longer allows this call")));
  }

  private Future<Void> turn(RoutingContext ctx, Caller caller, long patienceMillis) {
    Standing standing = limits.take(caller);
    if (standing == null || standing.allowed()) {
      return Future.succeededFuture();
    }
    long wait = Math.max(1, standing.waitMillis());
    if (wait > patienceMillis || ctx.response().closed()) {
      return Future.failedFuture(new GatewayException(429, tooMany(standing)));
    }
    return ctx.vertx()
        .timer(wait, TimeUnit.MILLISECONDS)
        .compose(due -> turn(ctx, caller, patienceMillis - wait));
  }

  private static String tooMany(Standing standing) {
    return "too many requests of this " + standing.limit() + "; try again soon";
  }

  private void turnAway(RoutingContext ctx, Throwable failure) {
    if (failure instanceof SignInException refusal) {
      signIns.refused(refusal, Origin.address(ctx), Correlation.id(ctx));
      refuse(
          ctx,
          "Bearer realm=\"signalbox\", error=\"invalid_token\"",
          refusal.failure() == SignInFailure.CERTIFICATE
              ? "the certificate is nobody's who is known here, or has ended"
              : "the token is not valid");
      return;
    }
    if (failure instanceof GatewayException refusal && refusal.status() == 429) {
      RateHeaders.refusedSignIns(ctx.response());
    }
    Problem.send(ctx, failure);
  }

  private void enter(
      RoutingContext ctx, Access access, Caller caller, BiConsumer<RoutingContext, Caller> next) {
    AccessLog.by(ctx, caller);
    Standing standing = limits.take(caller);
    if (standing != null) {
      RateHeaders.put(ctx.response(), standing);
      if (!standing.allowed()) {
        Problem.send(ctx, 429, tooMany(standing));
        return;
      }
    }
    Verdict verdict = access.judge(caller);
    if (verdict != Verdict.ALLOWED) {
      forbid(ctx, access, verdict);
      return;
    }
    Answers.orProblem(ctx, () -> next.accept(ctx, caller));
  }

  private static void forbid(RoutingContext ctx, Access access, Verdict verdict) {
    Scope scope = access.scope();
    String detail =
        switch (verdict) {
          case SCOPE ->
              "this call needs the scope "
                  + scope.wireName()
                  + ", which the credential does not have";
          case TENANT ->
              "this call changes things for all tenants: it is for the tenant that operates the"
                  + " gateway";
          default -> NOT_THIS_ROLE + ": it needs the role " + access.enough();
        };
    if (verdict == Verdict.SCOPE) {
      ctx.response()
          .putHeader(
              HttpHeaderNames.WWW_AUTHENTICATE,
              "Bearer realm=\"signalbox\", error=\"insufficient_scope\", scope=\""
                  + scope.wireName()
                  + '"');
    }
    Problem.send(ctx, 403, detail);
  }

  private static void refuse(RoutingContext ctx, String challenge, String detail) {
    ctx.response().putHeader(HttpHeaderNames.WWW_AUTHENTICATE, challenge);
    Problem.send(ctx, 401, detail);
  }

  /**
   * Who calls: by what stands in the request, and only where nothing does by the connection's
   * certificate. Null if neither is there.
   */
  private @Nullable Future<Caller> verified(RoutingContext ctx) {
    Optional<String> presented = ctx.get(PRESENTED);
    String credential = presented == null ? credential(ctx.request()) : presented.orElse(null);
    if (credential != null) {
      return identity.of(credential, () -> Origin.address(ctx), recent);
    }
    X509Certificate certificate = certificates ? certificate(ctx.request()) : null;
    return certificate == null ? null : identity.of(certificate);
  }

  private static @Nullable X509Certificate certificate(HttpServerRequest request) {
    if (!request.isSSL()) {
      return null;
    }
    try {
      List<Certificate> shown = request.connection().peerCertificates();
      return shown.isEmpty() || !(shown.get(0) instanceof X509Certificate first) ? null : first;
    } catch (SSLPeerUnverifiedException none) {
      return null;
    }
  }

  /**
   * What the caller shows; {@code Authorization} counts where both headers are sent. Null if there
   * is neither, and {@link #FOREIGN} for what is no credential of ours.
   */
  private static @Nullable String credential(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      String key = request.getHeader(API_KEY);
      return key == null || ApiKeyText.isOne(key) ? key : FOREIGN;
    }
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? header.substring(SCHEME.length()).trim()
        : FOREIGN;
  }
}
